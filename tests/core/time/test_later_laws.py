"""The clock of a case that runs when another law comes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.later_laws import moved_by_law
from engine.core.legal_clock.ledger import Extended, LedgerEntry, Resumed, Started, Stopped, Suspended
from engine.core.legal_clock.period import Period, parse_period
from engine.core.legal_clock.projection import StepKind
from engine.core.legal_clock.reminders import moments_after
from engine.core.legal_clock.runs import current_run
from engine.core.legal_clock.term_days import DayTone, tell_term_days
from engine.core.legal_clock.terms import TermSpec, project
from engine.core.legal_clock.termspec import Holds, LaterLength
from engine.core.moment import end_of_day, local_day

CALENDAR = Calendar()
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def entry(kind: type[LedgerEntry], **given: Any) -> Any:
    return kind(recorded_at=AT, by="wie", **given)


def day(text: str) -> date:
    return date.fromisoformat(text)


def spec(length: str, *laws: tuple[str, str, Holds]) -> TermSpec:
    later = tuple(
        LaterLength(since=day(since), period=parse_period(period), holds=holds, cited="Wet art. 1")
        for since, period, holds in laws
    )
    return TermSpec(id="t", period=parse_period(length) if length else None, later_laws=later)


STARTED = entry(Started, day=day("2026-03-02"))


@pytest.mark.parametrize(
    ("length", "law", "becomes"),
    [
        pytest.param("6 weeks", ("2026-03-16", "4 weeks", Holds.SOONER), "2026-03-30", id="a body has less time"),
        pytest.param("6 weeks", ("2026-04-08", "4 weeks", Holds.SOONER), "2026-04-08", id="never late before the law"),
        pytest.param("6 weeks", ("2026-04-14", "4 weeks", Holds.SOONER), "2026-04-13", id="what was over stays over"),
        pytest.param("6 weeks", ("2026-04-13", "4 weeks", Holds.SOONER), "2026-04-13", id="its own last day"),
        pytest.param("6 weeks", ("2026-03-16", "8 weeks", Holds.SOONER), "2026-04-13", id="longer is not stricter"),
        pytest.param("2 weeks", ("2026-03-09", "4 weeks", Holds.LATER), "2026-03-30", id="a citizen has more time"),
        pytest.param("2 weeks", ("2026-03-17", "4 weeks", Holds.LATER), "2026-03-16", id="her time was over"),
        pytest.param("6 weeks", ("2026-03-09", "4 weeks", Holds.LATER), "2026-04-13", id="hers is not taken"),
        pytest.param("6 weeks", ("2026-03-09", "4 weeks", Holds.FROM_THE_NEXT), "2026-04-13", id="was told so"),
        pytest.param("6 weeks", ("2026-03-09", "8 weeks", Holds.FROM_THE_NEXT), "2026-04-27", id="loses nothing by it"),
        pytest.param("6 weeks", ("2026-03-02", "4 weeks", Holds.FROM_THE_NEXT), "2026-03-30", id="begins under it"),
        pytest.param("6 weeks", ("2026-03-16", "8 weeks", Holds.ANYWAY), "2026-04-27", id="the law says so"),
    ],
)
def test_a_later_law_holds_from_its_day_on(length: str, law: tuple[str, str, Holds], becomes: str) -> None:
    found = project(spec(length, law), (STARTED,), CALENDAR)
    assert found.last_day == day(becomes) == found.earliest_last_day
    shifts = sum((step.shift.days for step in found.steps), 0)
    assert shifts == (day(becomes) - day("2026-03-02")).days, "the steps add up to the last day"
    took = becomes != str(project(spec(length), (STARTED,), CALENDAR).last_day)
    assert any(step.kind is StepKind.LAW for step in found.steps) is took


def test_acts_in_the_ledger_move_the_new_length_as_they_moved_the_old() -> None:
    law = ("2026-03-16", "4 weeks", Holds.SOONER)
    extended = (STARTED, entry(Extended, period=parse_period("2 weeks"), on_day=day("2026-03-10")))
    assert project(spec("6 weeks", law), extended, CALENDAR).last_day == day("2026-04-13")
    still = (STARTED, entry(Suspended, from_day=day("2026-03-05")))
    found = project(spec("6 weeks", law), still, CALENDAR)
    assert (found.status, found.last_day, found.earliest_last_day) == ("suspended", None, day("2026-03-30"))
    # It stood still when the law came: what it has left is counted by the new length.
    resumed = (*still, entry(Resumed, on_day=day("2026-04-20")))
    assert project(spec("6 weeks", law), resumed, CALENDAR).last_day == day("2026-05-14")


def test_a_clock_that_stopped_before_the_law_was_in_time_by_the_old_length() -> None:
    law = ("2026-04-08", "4 weeks", Holds.SOONER)
    for stopped, last in (("2026-04-07", "2026-04-13"), ("2026-04-09", "2026-04-08")):
        ledger = (STARTED, entry(Stopped, on=day(stopped)))
        assert project(spec("6 weeks", law), ledger, CALENDAR).last_day == day(last)


def test_each_law_holds_over_the_one_before() -> None:
    laws = ("2026-03-09", "5 weeks", Holds.SOONER), ("2026-03-16", "4 weeks", Holds.SOONER)
    assert project(spec("6 weeks", *laws), (STARTED,), CALENDAR).last_day == day("2026-03-30")
    # It was over under the first of them before the second came.
    laws = ("2026-03-09", "2 weeks", Holds.SOONER), ("2026-03-20", "1 weeks", Holds.SOONER)
    assert project(spec("6 weeks", *laws), (STARTED,), CALENDAR).last_day == day("2026-03-16")


def test_hours_that_were_over_are_over_when_the_law_begins() -> None:
    started = entry(Started, at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    law = ("2026-03-04", "24 hours", Holds.SOONER)
    found = project(spec("72 hours", law), (started,), CALENDAR)
    assert found.ends_at == datetime(2026, 3, 3, 23, tzinfo=UTC)


def test_a_length_that_the_case_said_gives_way_where_it_is_looser() -> None:
    law = ("2026-03-09", "4 weeks", Holds.SOONER)
    for said, last in (("5 weeks", "2026-03-30"), ("3 weeks", "2026-03-23")):
        ledger = (entry(Started, day=day("2026-03-02"), period=parse_period(said)),)
        assert project(spec("", law), ledger, CALENDAR).last_day == day(last)


def test_reminders_and_days_follow_the_length_that_holds() -> None:
    term = spec("6 weeks", ("2026-03-16", "4 weeks", Holds.SOONER))
    halfway, fixed = moments_after(term, (STARTED,), CALENDAR, [0.5, Period(1, parse_period("1 weeks").unit)])
    assert [moment and local_day(moment) for moment in (halfway, fixed)] == [day("2026-03-16"), day("2026-03-09")]
    days = tell_term_days(term, (STARTED,), CALENDAR)
    assert (days[-1].day, days[-1].tone, days[-1].number) == (day("2026-03-30"), DayTone.LAST, 28)


def test_only_the_law_that_moved_the_end_is_told() -> None:
    term, run = spec("6 weeks", ("2026-03-16", "4 weeks", Holds.SOONER)), current_run((STARTED,))
    assert moved_by_law(term, run, CALENDAR, end_of_day(day("2026-04-13"))) == term.later_laws[0]
    assert moved_by_law(term, run, CALENDAR, end_of_day(day("2026-04-14"))) is None, "something else moved it"
    assert moved_by_law(spec("6 weeks"), run, CALENDAR, end_of_day(day("2026-04-14"))) is None
