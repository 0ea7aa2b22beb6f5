"""Wherever a letter is drawn it is the same letter, and whatever becomes of a worker, it is drawn."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.errors import LetterError
from engine.letters import drawing
from engine.letters.drawing import DrawingOrder, DrawingRoom
from tests.letters.samples import CASE_ID, CONTENT_ROOT, DECISION, DECISION_LETTER, LATE_VALUES, SENT_ON, organisation

pytestmark = pytest.mark.long


def order(number: int, name: str = "Familie") -> DrawingOrder:
    """A letter to somebody."""
    fields = {**DECISION_LETTER.fields, **LATE_VALUES}
    return DrawingOrder(
        letter=replace(DECISION_LETTER, addressee_name=f"{name} {number}", fields=fields, late_fields={}),
        template=DECISION,
        organisation=organisation(),
        sent_on=SENT_ON,
        case_id=CASE_ID,
    )


@pytest.fixture
def room() -> Iterator[DrawingRoom]:
    """Two workers, whatever the machine has, from the second letter on."""
    made = DrawingRoom(CONTENT_ROOT, workers=2, worthwhile=2)
    yield made
    made.close()
    assert multiprocessing.active_children() == []


def test_workers_and_this_process_draw_the_same_bytes(room: DrawingRoom) -> None:
    orders = [order(number) for number in range(4)]
    drawn = [get() for get in room.begin(orders)]
    assert multiprocessing.active_children(), "nothing was drawn beside this process"
    assert drawn == [DrawingRoom(CONTENT_ROOT).draw(one) for one in orders]


def test_workers_begin_when_enough_letters_were_ordered_and_not_on_one_core() -> None:
    room = DrawingRoom(CONTENT_ROOT, workers=2, worthwhile=3)
    alone = DrawingRoom(CONTENT_ROOT, workers=1, worthwhile=0)
    room.begin([order(1), order(2)])
    alone.begin([order(1)])
    assert multiprocessing.active_children() == []
    room.begin([order(3)])
    assert len(multiprocessing.active_children()) == 1
    room.close()


def test_a_letter_that_cannot_be_made_says_why_and_the_workers_go_on(room: DrawingRoom) -> None:
    first, bad, last = room.begin([order(1), order(2, "\ue123"), order(3)])
    assert first().pdf
    with pytest.raises(LetterError, match="E123"):
        bad()
    assert last().pdf
    assert multiprocessing.active_children()


def test_when_a_worker_dies_the_letters_are_drawn_here_and_it_is_told_once(
    room: DrawingRoom, caplog: pytest.LogCaptureFixture
) -> None:
    orders = [order(number) for number in range(3)]
    for get in room.begin(orders):
        get()
    for worker in multiprocessing.active_children():
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
    with caplog.at_level(logging.WARNING, logger="trede.letters"):
        drawn = [get() for get in room.begin(orders)]
    assert drawn == [room.draw(one) for one in orders]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "in één proces" in caplog.text


def test_when_no_worker_can_be_started_the_letters_are_drawn_here(
    room: DrawingRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_: int) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(drawing, "_start", refuse)
    assert [get() for get in room.begin([order(1), order(2)])] == [room.draw(order(1)), room.draw(order(2))]
    assert "no more processes" in caplog.text


PARENT = """
import multiprocessing, os, signal
from tests.letters.test_drawing import CONTENT_ROOT, DrawingRoom, order
if __name__ == "__main__":
    for get in DrawingRoom(CONTENT_ROOT, workers=2, worthwhile=0).begin([order(1), order(2)]):
        get()
    print(*(worker.pid for worker in multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_worker_outlives_a_parent_that_is_killed() -> None:
    words, root = [sys.executable, "-c", PARENT], Path(__file__).parents[2]
    # The workers hold what the parent writes to: it ends when the last of them has gone, else the time runs out.
    parent = subprocess.run(words, cwd=root, capture_output=True, timeout=60, check=False)
    assert parent.returncode == -signal.SIGKILL
    assert parent.stdout.split(), "there were no workers"
