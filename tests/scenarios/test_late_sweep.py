"""A sweep that comes late gives nobody days: what hangs on the end of a term counts from that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import EntryKind
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.usecases.run_due import run_due
from tests.scenarios.story_of_a_grant import ADMISSION, apply_for, done
from tests.scenarios.test_change_content import IMPASSE
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.slow


NO_CRISIS: dict[str, Value] = {
    "situatie.crisis": False,
    "situatie.onveilig": False,
    "verzuim.gemiste_schooldagen": 3,
    "verzuim.eerste_dag": day("2027-01-07"),
    "ingeschreven": True,
    "leerplichtig": True,
    "vrijstelling": False,
    "verzuim.geoorloofd": False,
    "verzuim.signalen": ("geen",),
    "besproken_in_zat": False,
    "zorg_en_onderwijs": False,
}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    """An application that waits for what was asked on 12 January: until 26 January."""
    office = make_office(tmp_path / "werkplek", "2027-01-11 09:00", REAL, organisation="almere")
    yield office
    office.close()


def waiting(office: Office) -> str:
    """Completion was asked on 12 January, and the letter about it left that day."""
    case_id = apply_for(office)
    office.pass_time("2027-01-12 09:00")
    done(office.act(case_id, "aanvulling_vragen", ADMISSION))
    office.pass_time("2027-01-12 17:00")
    return case_id


def last_day(office: Office, case_id: str, clock: str) -> date | None:
    rows = (row for row in office.deadlines(case_id) if row.status == "open" and row.deadline.clock == clock)
    return next((row.deadline.last_day for row in rows), None)


def test_the_decision_term_runs_on_from_the_day_the_time_to_complete_was_over(almere: Office) -> None:
    case_id = waiting(almere)
    other = apply_for(almere, **{"leerling.nummer": "900004447", "leerling.naam": "Kim Anders"})
    almere.pass_time("2027-01-13 09:00")
    done(almere.act(other, "aanvulling_vragen", ADMISSION))
    almere.pass_time("2027-01-13 17:00")
    almere.put_clock("2027-02-02 09:00")  # nobody swept for three weeks
    assert run_due(almere.runtime).failed == ()
    # Awb 4:15: asked on 12 January, two weeks to complete, so it stood still for 14 days; eight weeks from 11 January
    # end on 8 March, and fourteen days on that is 22 March. The other was asked a day later, and has the same days.
    assert last_day(almere, case_id, "beslistermijn") == day("2027-03-22")
    assert last_day(almere, other, "beslistermijn") == day("2027-03-23")
    case = almere.case(case_id)
    assert (case.state, local_day(case.entered_at)) == ("herstel_verlopen", day("2027-01-27"))
    assert case.facts["herstel.verlopen_op"].value in (day("2027-01-26"), day("2027-01-27"))
    assert almere.is_sound()


def test_a_late_sweep_writes_both_times(almere: Office) -> None:
    case_id = waiting(almere)
    almere.put_clock("2027-02-02 09:00")
    run_due(almere.runtime)
    moved = next(
        line for line in almere.journal(case_id) if line.kind is EntryKind.MOVED and "happened_at" in line.details
    )
    assert local_day(moved.at) == day("2027-02-02")
    assert str(moved.details["happened_at"]).startswith("2027-01-26T23:00")


def test_what_somebody_did_since_comes_first(almere: Office) -> None:
    case_id = waiting(almere)
    almere.put_clock("2027-01-29 09:00")
    told: dict[str, Value] = {"contact.op": day("2027-01-29"), "contact.met": "De school", "contact.verslag": "Gebeld"}
    done(almere.act(case_id, "contact_vastleggen", ADMISSION, told))
    almere.put_clock("2027-02-02 09:00")
    run_due(almere.runtime)
    assert local_day(almere.case(case_id).entered_at) == day("2027-01-29")


def test_late_and_on_time_come_to_the_same_days(tmp_path: Path) -> None:
    """Two rooms say the same: a heartbeat each day, and one after three weeks."""
    ends = []
    for name, steps in (("elke_dag", range(13, 32)), ("eens", ())):
        office = make_office(tmp_path / name, "2027-01-11 09:00", REAL, organisation="almere")
        case_id = waiting(office)
        for number in steps:
            office.put_clock(f"2027-01-{number} 00:30")
            run_due(office.runtime)
        office.put_clock("2027-02-02 09:00")
        run_due(office.runtime)
        ends.append({clock: last_day(office, case_id, clock) for clock in ("beslistermijn", "niet_behandelen_termijn")})
        office.close()
    assert ends[0] == ends[1]


def test_each_of_two_rungs_that_passed_in_one_late_sweep_counts_from_its_own_end(tmp_path: Path) -> None:
    """Why: the second counted from the sweep, because the first was written down as if somebody had acted then."""
    stands = []
    for name, days in (("elke_dag", 37), ("eens", 0)):
        office = make_office(tmp_path / name, "2027-01-11 09:00", REAL, organisation="almere")
        case_id = office.open("escalatie", IMPASSE, Actor(role="school"), entry="melding")
        done(office.act(case_id, "inschalen", ADMISSION, NO_CRISIS))
        for number in range(days):
            office.put_clock(f"{day('2027-01-12') + timedelta(days=number)} 00:30")
            run_due(office.runtime)
        office.put_clock("2027-02-18 09:00")
        run_due(office.runtime)
        case = office.case(case_id)
        stands.append((case.state, local_day(case.entered_at), last_day(office, case_id, f"{case.state}_maximum")))
        office.close()
    assert stands[0] == stands[1] == ("ita", day("2027-02-10"), day("2027-02-24"))
