"""What would go out or move until a day is shown, and nothing of it happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.deciding.step import EntryKind, Step
from engine.core.errors import UsageError
from engine.rehearsal.preview import preview_due
from tests.core.decisions.garden import BOARD
from tests.usecases.workplace import Office, ask_gardens, at, make_office, make_world


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "kantoor", "2026-03-02 09:00", make_world(tmp_path / "inhoud"))
    yield made
    made.close()


def test_a_preview_shows_what_would_go_out_and_move_and_writes_nothing(office: Office) -> None:
    granted, waiting = ask_gardens(office, 2)
    assert isinstance(office.act(granted, "toewijzen", BOARD), Step)
    before = (office.folder / "trede.db").read_bytes(), office.cases(), office.letters(granted)
    seen = preview_due(office.runtime, at("2026-05-20 09:00"))
    kinds = {case_id: [entry.kind for entry in history.entries] for case_id, history in seen.cases}
    assert kinds[granted].count(EntryKind.LETTER_SENT) == 2
    assert EntryKind.TERM_PASSED in kinds[waiting]
    assert EntryKind.TERM_REMINDED in kinds[waiting]
    assert ((office.folder / "trede.db").read_bytes(), office.cases(), office.letters(granted)) == before
    assert not list(office.runtime.settings.outbox.glob("*"))
    assert office.runtime.now() == at("2026-03-02 09:00")
    office.pass_time("2026-05-20 09:00")
    really = [entry.kind for entry in office.journal(granted) if entry.kind is EntryKind.LETTER_SENT]
    assert len(really) == 2, "and so it comes to pass"


def test_a_preview_sends_the_letters_of_a_database_that_has_an_outbox_already(office: Office) -> None:
    first, second = ask_gardens(office, 2)
    assert isinstance(office.act(first, "toewijzen", BOARD), Step)
    office.pass_time("2026-03-03 09:00")
    assert isinstance(office.act(second, "toewijzen", BOARD), Step)
    seen = preview_due(office.runtime, at("2026-03-10 09:00"))
    assert seen.failed == ()
    kinds = {case_id: [entry.kind for entry in history.entries] for case_id, history in seen.cases}
    assert kinds[second].count(EntryKind.LETTER_SENT) == 2


def test_a_preview_does_not_look_back(office: Office) -> None:
    with pytest.raises(UsageError):
        preview_due(office.runtime, at("2026-03-01 09:00"))
