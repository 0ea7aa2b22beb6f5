"""Terms in hours: both nights of the clock change of ten years, suspension, extension."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from time_world import BY, CALENDAR, at, day, resumed, started, started_at, stopped, suspended, term

from engine.core.errors import UsageError
from engine.core.legal_clock.ledger import Deferred, Extended, Resumed, Started, Stopped, Suspended
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.terms import Extension, moment_before, moments_after, passed_at, project, was_in_time
from engine.core.moment import LOCAL_ZONE, end_of_day, last_day_before, local_day, start_of_day, to_utc
from engine.words.of_errors import say
from tests.refusals import refused

SPEC = term("48 hours", kind="agreed")


def last_sunday(year: int, month: int) -> date:
    found = date(year, month, 31)
    while found.weekday() != 6:
        found -= timedelta(days=1)
    return found


NIGHTS = [(year, month) for year in range(2020, 2030) for month in (3, 10)]


@pytest.mark.parametrize(("year", "month"), NIGHTS)
def test_48_hours_over_a_clock_change_are_48_hours(year: int, month: int) -> None:
    begin = datetime.combine(last_sunday(year, month) - timedelta(days=1), datetime.min.time()).replace(
        hour=12, tzinfo=LOCAL_ZONE
    )
    ends_at = project(SPEC, (started_at(begin),), CALENDAR).ends_at
    assert ends_at is not None
    assert ends_at - begin.astimezone(UTC) == timedelta(hours=48)
    # On the clock on the wall it is an hour later in spring and an hour earlier in autumn.
    assert ends_at.astimezone(LOCAL_ZONE).hour == (13 if month == 3 else 11)


@pytest.mark.parametrize(("year", "month"), NIGHTS)
def test_a_day_with_a_clock_change_still_ends_at_midnight(year: int, month: int) -> None:
    sunday = last_sunday(year, month)
    length = end_of_day(sunday) - start_of_day(sunday)
    assert length == timedelta(hours=23 if month == 3 else 25)
    projection = project(term("1 day", roll="none"), (started(sunday - timedelta(days=1)),), CALENDAR)
    assert projection.last_day == sunday
    assert projection.ends_at == end_of_day(sunday)
    assert projection.ends_at is not None
    assert projection.ends_at.astimezone(LOCAL_ZONE).hour == 0


def test_the_hour_that_comes_twice_is_counted_twice() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=LOCAL_ZONE)
    second = first.replace(fold=1)
    assert to_utc(second) - to_utc(first) == timedelta(hours=1)
    one, other = (project(term("1 hour"), (started_at(moment),), CALENDAR).ends_at for moment in (first, second))
    assert one == to_utc(second)
    assert other is not None
    assert one is not None
    assert other - one == timedelta(hours=1)


def test_hours_that_end_at_midnight_have_the_day_before_as_last_day() -> None:
    projection = project(term("24 hours"), (started_at(start_of_day(day("2026-07-01"))),), CALENDAR)
    assert projection.last_day == day("2026-07-01")
    assert projection.ends_at == start_of_day(day("2026-07-02"))
    assert last_day_before(start_of_day(day("2026-07-02"))) == day("2026-07-01")
    assert local_day(start_of_day(day("2026-07-02"))) == day("2026-07-02")


def test_hours_stand_still_from_moment_to_moment() -> None:
    begin = at("2026-06-01T08:00")
    entries = (
        started_at(begin),
        Suspended(recorded_at=begin, by=BY, at=begin + timedelta(hours=10)),
        Resumed(recorded_at=begin, by=BY, at=begin + timedelta(hours=15, minutes=30)),
    )
    projection = project(SPEC, entries, CALENDAR)
    assert projection.ends_at == begin + timedelta(hours=53, minutes=30)
    assert sum((step.shift for step in projection.steps), timedelta(0)) == timedelta(hours=53, minutes=30)


def test_hours_with_days_of_suspension_stand_still_from_midnight_to_midnight() -> None:
    entries = (started_at(at("2026-06-01T08:00")), suspended("2026-06-01"), resumed("2026-06-04"))
    assert project(SPEC, entries, CALENDAR).ends_at == at("2026-06-05T08:00")


def test_a_clock_in_hours_that_stands_still_has_no_end() -> None:
    begin = at("2026-06-01T08:00")
    open_one = Suspended(recorded_at=begin, by=BY, at=begin + timedelta(hours=1))
    projection = project(SPEC, (started_at(begin), open_one), CALENDAR)
    assert (projection.status, projection.ends_at) == ("suspended", None)
    assert projection.earliest_ends_at == begin + timedelta(hours=48)


def test_hours_are_extended_by_hours_only() -> None:
    begin = at("2026-06-01T08:00")
    spec = term("48 hours", extension=Extension(period=parse_period("24 hours")))
    longer = Extended(recorded_at=begin, by=BY, period=parse_period("24 hours"))
    assert project(spec, (started_at(begin), longer), CALENDAR).ends_at == begin + timedelta(hours=72)
    with refused(UsageError, "Een termijn in uren kan niet met") as caught:
        project(spec, (started_at(begin), Extended(recorded_at=begin, by=BY, period=parse_period("1 day"))), CALENDAR)
    assert say(caught.value).next_step == "Geef de lengte in uren."
    later = Deferred(recorded_at=begin, by=BY, until=day("2026-06-05"))
    with refused(UsageError, "kan niet tot een dag worden uitgesteld"):
        project(spec, (started_at(begin), later), CALENDAR)


def test_hours_counted_back_end_before_the_moment() -> None:
    spec = term("24 hours", counted_back=True)
    assert project(spec, (started_at(at("2026-06-02T08:00")),), CALENDAR).ends_at == at("2026-06-01T08:00")


def test_hours_from_a_day_without_a_moment_are_refused() -> None:
    with refused(UsageError, "de start heeft alleen een dag") as caught:
        project(SPEC, (started("2026-06-01"),), CALENDAR)
    assert "tijdstip met tijdzone" in say(caught.value).next_step


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2026, 6, 1, 8, 0)  # noqa: DTZ001
    for make in (
        lambda: Started(recorded_at=naive, by=BY, day=day("2026-06-01")),
        lambda: Started(recorded_at=at("2026-06-01T08:00"), by=BY, at=naive),
        lambda: to_utc(naive),
        lambda: passed_at(project(SPEC, (started_at(at("2026-06-01T08:00")),), CALENDAR), naive),
    ):
        with refused(UsageError, "heeft geen tijdzone") as caught:
            make()
        assert "Schrijf het met tijdzone" in say(caught.value).next_step


def test_reminders_of_hours_are_exact_moments_that_follow_suspension() -> None:
    begin = at("2026-06-01T08:00")
    pause = (
        Suspended(recorded_at=begin, by=BY, at=begin + timedelta(hours=2)),
        Resumed(recorded_at=begin, by=BY, at=begin + timedelta(hours=12)),
    )
    assert moments_after(SPEC, (started_at(begin),), CALENDAR, (0.5,))[0] == begin + timedelta(hours=24)
    asked = (0.5, parse_period("1 hour"))
    later = moments_after(SPEC, (started_at(begin), *pause), CALENDAR, asked)
    assert later == (begin + timedelta(hours=34), begin + timedelta(hours=1))
    assert moments_after(SPEC, (started_at(begin), pause[0]), CALENDAR, (0.5,))[0] is None
    projection = project(SPEC, (started_at(begin),), CALENDAR)
    assert moment_before(projection, parse_period("6 hours"), CALENDAR) == begin + timedelta(hours=42)


def test_hours_are_in_time_until_the_very_end() -> None:
    begin = at("2026-06-01T08:00")
    end = begin + timedelta(hours=48)
    for moment, in_time in ((end - timedelta(seconds=1), True), (end, False)):
        entries = (started_at(begin), Stopped(recorded_at=end, by=BY, at=moment))
        projection = project(SPEC, entries, CALENDAR)
        assert was_in_time(projection) is in_time
        assert passed_at(projection, end + timedelta(days=1)) is not in_time


@pytest.mark.parametrize(("stop", "in_time"), [("2026-06-02", True), ("2026-06-03", False)])
def test_hours_stopped_on_a_day_without_a_moment_are_in_time_when_the_whole_day_was(
    stop: str,
    in_time: bool,
) -> None:
    begin = start_of_day(day("2026-06-01"))
    projection = project(SPEC, (started_at(begin), stopped(stop)), CALENDAR)
    assert projection.ends_at == end_of_day(day("2026-06-02"))
    assert was_in_time(projection) is in_time
