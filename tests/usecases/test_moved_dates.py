"""A date that moves writes its line in the journal, whoever meets the case first."""

from __future__ import annotations

from pathlib import Path

from engine.core.deciding.step import EntryKind, Step
from engine.usecases.reproject_cases import reproject_changed
from tests.core.decisions.garden import KEEPER
from tests.usecases.workplace import Office, ask_gardens, free_day, make_office


def moved(office: Office, case_id: str) -> list[tuple[object, object]]:
    lines = [one for one in office.journal(case_id) if one.kind is EntryKind.CLOCK and "becomes" in one.details]
    return [(one.details["was"], one.details["becomes"]) for one in lines if one.details["clock"] == "beslissen"]


def test_who_acts_before_the_sweep_comes_by_moves_no_date_in_silence(tmp_path: Path, own_world: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", own_world)
    touched, other = ask_gardens(office, 2)
    assert reproject_changed(office.runtime).done == 0
    free_day(own_world, "2026-04-13")
    later = Office(office.folder)
    assert isinstance(later.act(touched, "verlengen", KEEPER), Step)
    assert moved(later, touched) == [("2026-04-13", "2026-04-14")]
    assert isinstance(later.record(touched, {"schuur.hoogte": 1}, KEEPER), Step)
    assert moved(later, touched) == [("2026-04-13", "2026-04-14")]
    assert reproject_changed(later.runtime).done == 1
    assert moved(later, other) == [("2026-04-13", "2026-04-14")]
    assert later.is_sound()
    later.close()
    office.close()
