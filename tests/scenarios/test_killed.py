"""Kill -9 in the middle of a sweep, at random moments, many times: nothing twice, nothing lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest

from engine.core.deciding.case import Case
from engine.core.deciding.step import EntryKind, Step
from engine.store.letters import LEASE
from tests.core.decisions.garden import BOARD, KEEPER
from tests.usecases.workplace import REAL, Office, ask_gardens, at, day, make_office, member

CASES = 200
KILLS = 30
LATE = "2026-05-18 00:10"
FIRED = (EntryKind.TERM_PASSED, EntryKind.TERM_REMINDED)


def fill(folder: Path, world: Path) -> Office:
    """Many cases with several deadlines each, and letters that wait; then the scheduler is down for weeks."""
    office = make_office(folder, "2026-03-02", world)
    asked = ask_gardens(office, CASES)
    for case_id in asked[: CASES // 4]:
        assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    for case_id in asked[CASES // 4 : CASES // 2]:
        assert isinstance(office.act(case_id, "vragen", KEEPER, reason="onleesbaar"), Step)
    for number in range(CASES // 4):
        office.open("tuin", {**member(1000 + number), "pacht_tot": day("2026-04-30")}, KEEPER, entry="overname")
    office.put_clock(LATE)
    return office


def run(folder: Path, order: str, seconds: float | None = None) -> bool:
    """Sweep in another process; killed after so many seconds when given. Whether it was killed."""
    command = [sys.executable, "-m", "tests.scenarios.sweep_worker", str(folder), order]
    with subprocess.Popen(command, cwd=REAL, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"begin\n"
        if seconds is not None:
            sleep(seconds)
            os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert worker.returncode in (0, -signal.SIGKILL)
    return worker.returncode == -signal.SIGKILL


def let_lease_end(office: Office, rounds: int) -> None:
    """What a dead worker had claimed becomes free; all on one day, so that letters bear the same date."""
    with office.runtime.store.transaction() as tx:
        tx.set_clock_moment(at(LATE) + rounds * (LEASE + timedelta(minutes=1)))


def essence(case: Case, office: Office) -> object:
    """All of a case that may not depend on when it was killed: not the moments at which things were noted."""
    with office.runtime.reading() as readings:
        rows = readings.deadlines(case.id)
        entries = readings.journal(case.id)
    ledgers = [(clock.key, [type(entry).__name__ for entry in clock.ledger], clock.fired) for clock in case.clocks]
    return (
        case.subject,
        case.workflow,
        case.state,
        case.version,
        {name: fact.value for name, fact in case.facts.items()},
        ledgers,
        [(mark.letter, mark.addressee, mark.sent_on) for mark in case.letters],
        sorted((row.deadline.clock, row.deadline.kind, row.deadline.number, row.status) for row in rows),
        Counter(entry.kind for entry in entries),
    )


def check_once(office: Office) -> None:
    """Every fired deadline has one line in the journal, every letter one PDF, and the chain is whole."""
    assert office.is_sound()
    now = office.runtime.now()
    keys: list[str] = []
    for case in office.cases():
        rows = office.deadlines(case.id)
        noted = [e for e in office.journal(case.id) if e.kind in FIRED]
        fired = [row.deadline.key for row in rows if row.status == "fired"]
        assert sorted(fired) == sorted(key for clock in case.clocks for key in clock.fired)
        assert len(noted) == len(fired), f"{case.id}: fired and noted differ"
        assert not [row for row in rows if row.status == "open" and row.deadline.due_at <= now], "one was lost"
        letters = office.letters(case.id)
        assert {row.status for row in letters} <= {"sent"}
        assert [mark.key for mark in case.letters] == [row.letter.key for row in sorted(letters, key=_order(case))]
        assert all(mark.sent_on is not None for mark in case.letters)
        keys += [row.pdf_path for row in letters]
    assert len(keys) == len(set(keys))
    outbox = office.runtime.settings.outbox
    assert sorted(str(path) for path in outbox.rglob("*.pdf")) == sorted(str(outbox / key) for key in keys)


def _order(case: Case) -> object:
    numbers = {mark.key: number for number, mark in enumerate(case.letters)}
    return lambda row: numbers[row.letter.key]


@pytest.mark.slow
def test_a_sweep_killed_at_random_moments_ends_as_one_that_was_left_alone(tmp_path: Path, world: Path) -> None:
    alone = fill(tmp_path / "ongestoord", world)
    alone.close()
    shutil.copytree(alone.folder, tmp_path / "gedood")
    assert not run(alone.folder, "due")
    assert not run(alone.folder, "letters")  # letters that the deadlines of the first ordered
    check_once(alone)

    office = Office(tmp_path / "gedood")
    chance = random.Random(20260518)
    killed = 0
    for number in range(KILLS):
        let_lease_end(office, number)
        killed += run(office.folder, ("due", "letters")[number % 2], chance.random() * chance.choice((0.1, 0.3, 0.5)))
        assert office.is_sound()
    assert killed >= 25
    for number in range(KILLS, KILLS + 2):
        let_lease_end(office, number)
        assert not run(office.folder, "due")
    check_once(office)
    assert [essence(case, office) for case in office.cases()] == [essence(case, alone) for case in alone.cases()]
    office.close()
    alone.close()
