"""A law that changes while cases run (docs/decisions/law-over-time.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.step import EntryKind, Step
from engine.core.errors import DefinitionError
from engine.scheduler import beat
from engine.usecases.reproject_cases import reproject_changed
from engine.usecases.run_due import run_due
from tests.core.decisions.garden import BOARD, KEEPER
from tests.usecases.lawful import OWN, law
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office

pytestmark = pytest.mark.long


@pytest.fixture
def office(tmp_path: Path, ruled: Path) -> Office:
    return make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)


def last_day(office: Office, case_id: str) -> date | None:
    """The open last day of the term to decide."""
    rows = (row.deadline for row in office.deadlines(case_id) if row.status == "open")
    return next((one.last_day for one in rows if (one.clock, one.kind.value) == ("beslissen", "passed")), None)


def moves(office: Office, case_id: str) -> list[tuple[object, object]]:
    lines = [one for one in office.journal(case_id) if one.kind is EntryKind.CLOCK and "becomes" in one.details]
    return [(one.details["was"], one.details["becomes"]) for one in lines if one.details["clock"] == "beslissen"]


def passed_on(office: Office, case_id: str) -> list[str]:
    """The days on which the term to decide was dealt with as passed (in UTC)."""
    passed = [one for one in office.journal(case_id) if one.kind is EntryKind.TERM_PASSED]
    return [one.at.date().isoformat() for one in passed if one.details["clock"] == "beslissen"]


def told(office: Office, case_id: str) -> list[tuple[str, object]]:
    """Who is told of another law, and since when it holds."""
    with office.runtime.reading() as readings:
        notices = readings.notices(case_id)
    return [(one.to, one.parameters["since"]) for one in notices if one.kind == "other_law"]


def test_pinned_content_loads_under_a_stricter_law(office: Office, ruled: Path) -> None:
    """F-40: a stricter law stopped every running case of the organisation."""
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-03-16", "4 weeks")
    office.put_clock("2026-03-17 09:00")
    later = Office(office.folder)
    assert reproject_changed(later.runtime).failed == ()
    content = later.runtime.content_of(later.case(case_id), day("2026-03-17"))
    assert str(content.rules.terms["beslissen"].period) == "6 weeks"
    assert content.rules.layers == ("land/tuin@2026-01-01", "land/tuin@2026-03-16", "tuindorp/tuin@2026-01-01")
    assert isinstance(later.act(case_id, "toewijzen", BOARD), Step)
    with pytest.raises(DefinitionError, match="wordt hier ruimer"):
        ask_gardens(later, 1)


@pytest.mark.parametrize("sweep", ["due", "serve", "time"])
def test_the_stricter_term_holds_from_its_date_on_with_a_line_and_a_message(
    office: Office, ruled: Path, sweep: str
) -> None:
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-03-16", "4 weeks")
    reproject_changed(office.runtime)
    assert (last_day(office, case_id), moves(office, case_id)) == (day("2026-04-13"), [])
    if sweep == "time":
        office.pass_time("2026-03-16 08:00")
    else:
        office.put_clock("2026-03-16 08:00")
        beat(office.runtime) if sweep == "serve" else reproject_changed(office.runtime)
    for _ in range(2):
        assert last_day(office, case_id) == day("2026-03-30")
        assert moves(office, case_id) == [("2026-04-13", "2026-03-30")]
        assert told(office, case_id) == [("beheerder", "2026-03-16")]
        beat(office.runtime)
    assert office.is_sound()


def test_after_downtime_it_is_done_once_and_nobody_was_late_before_the_law(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-04-07", "4 weeks")
    reproject_changed(office.runtime)
    office.put_clock("2026-04-09 08:00")
    assert reproject_changed(office.runtime).done == 1
    assert last_day(office, case_id) == day("2026-04-07")
    assert run_due(office.runtime).done > 0
    assert passed_on(office, case_id) == ["2026-04-09"]
    assert (moves(office, case_id), len(told(office, case_id))) == ([("2026-04-13", "2026-04-07")], 1)


def test_what_passed_before_the_law_does_not_pass_again(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-05-01", "4 weeks")
    reproject_changed(office.runtime)
    office.pass_time("2026-05-11 09:00")
    assert passed_on(office, case_id) == ["2026-04-13"]
    assert (moves(office, case_id), told(office, case_id)) == ([], [])


def test_who_acts_before_the_sweep_is_told_too(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-03-16", "4 weeks")
    reproject_changed(office.runtime)
    office.put_clock("2026-03-16 08:00")
    assert isinstance(office.record(case_id, {"schuur.hoogte": 1}, KEEPER), Step)
    assert (moves(office, case_id), told(office, case_id)) == (
        [("2026-04-13", "2026-03-30")],
        [("beheerder", "2026-03-16")],
    )


def test_two_laws_after_each_other_each_hold_from_their_date(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-03-09", "5 weeks")
    law(ruled, "2026-03-16", "4 weeks")
    reproject_changed(office.runtime)
    office.pass_time("2026-03-17 08:00")
    assert moves(office, case_id) == [("2026-04-13", "2026-04-07"), ("2026-04-07", "2026-03-30")]
    assert [since for _, since in told(office, case_id)] == ["2026-03-09", "2026-03-16"]


@pytest.mark.parametrize(("more", "becomes"), [("", "2026-04-13"), ("running_cases: true", "2026-05-11")])
def test_a_looser_law_changes_nothing_for_running_cases_unless_it_says_so(
    tmp_path: Path, ruled: Path, more: str, becomes: str
) -> None:
    law(ruled, "2026-01-01", "6 weeks")
    own = ruled.joinpath(OWN).read_text("utf-8")
    change(ruled, OWN, own[own.index("  beslissen:") : own.index("  streven:")], "")
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-03-16", "10 weeks", more)
    reproject_changed(office.runtime)
    office.pass_time("2026-03-16 08:00")
    assert last_day(office, case_id) == day(becomes)
    assert bool(moves(office, case_id)) is bool(more)


def test_what_the_organisation_itself_made_stricter_stays(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    law(ruled, "2026-03-16", "10 weeks", "running_cases: true")
    reproject_changed(office.runtime)
    office.pass_time("2026-03-16 08:00")
    assert (last_day(office, case_id), moves(office, case_id)) == (day("2026-04-13"), [])
