"""A clock that cannot be right stops the sweep; an absence of the scheduler is told once."""

from __future__ import annotations

from engine.core.deciding.step import EntryKind
from engine.scheduler import beat
from engine.usecases.diagnose import diagnose
from engine.usecases.run_due import run_due
from engine.usecases.watch_clock import absence_to_tell, note_sweep
from tests.usecases.workplace import Office, ask_gardens, at


def test_a_clock_that_was_set_back_stops_the_sweep_with_a_message(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    office.put_clock("2026-05-04 09:00")
    note_sweep(office.runtime, at("2026-05-05 09:00"))  # a sweep of tomorrow, by the clock as it was before
    stopped = beat(office.runtime)
    assert [name for name, _ in stopped.failed] == ["klok"]
    assert "teruggezet" in stopped.failed[0][1]
    assert "--clock-is-right" in stopped.failed[0][1]
    assert "te_laat" not in office.case(case_id).facts


def test_a_clock_far_ahead_fires_nothing_until_somebody_says_it_is_right(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    assert beat(office.runtime).failed == ()
    office.put_clock("2027-03-02 09:00")
    assert "loopt ver vooruit" in beat(office.runtime).failed[0][1]
    assert "te_laat" not in office.case(case_id).facts
    note_sweep(office.runtime, office.runtime.now())
    assert beat(office.runtime).failed == ()
    assert office.case(case_id).facts["te_laat"].value is True


def test_after_three_months_one_message_tells_it_and_each_case_hears_the_last_word_only(office: Office) -> None:
    cases = ask_gardens(office, 3)
    assert beat(office.runtime).away is None
    office.put_clock("2026-06-02 09:00")
    found = beat(office.runtime)
    assert found.failed == ()
    assert found.away is not None
    assert "maandag 2 maart 2026" in found.away.told()
    assert "dinsdag 2 juni 2026" in found.away.told()
    for case_id in cases:
        lines = [one for one in office.journal(case_id) if one.kind is EntryKind.TERM_REMINDED]
        assert {one.details.get("skipped") for one in lines} == {"later"}
    assert beat(office.runtime).away is None
    assert run_due(office.runtime).done == 0


def test_a_small_correction_of_the_clock_stops_nothing(office: Office) -> None:
    note_sweep(office.runtime, at("2026-03-02 09:05"))
    assert beat(office.runtime).failed == ()


def test_who_was_not_at_the_sweep_hears_of_an_absence_too_and_not_for_ever(office: Office) -> None:
    ask_gardens(office, 1)
    assert absence_to_tell(office.runtime, office.runtime.now()) is None, "nobody ever swept"
    beat(office.runtime)
    office.put_clock("2026-03-12 09:00")
    going_on = absence_to_tell(office.runtime, office.runtime.now())
    assert going_on is not None
    assert "is weg sinds maandag 2 maart 2026" in going_on.told()
    assert "is weg sinds" in backlog(office)
    beat(office.runtime)
    ended = absence_to_tell(office.runtime, office.runtime.now())
    assert ended is not None
    assert "van maandag 2 maart 2026" in ended.told()
    assert "tot donderdag 12 maart 2026" in backlog(office)
    for day in (13, 15, 17, 19, 21, 23, 25, 26):
        office.put_clock(f"2026-03-{day} 09:30")
        beat(office.runtime)
    assert absence_to_tell(office.runtime, office.runtime.now()) is None
    assert "planner" not in backlog(office)


def backlog(office: Office) -> str:
    return next(one.text for one in diagnose(office.runtime) if one.name == "achterstand")
