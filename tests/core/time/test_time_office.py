"""Hours in which people work: some terms count only these, and a machine writes to people only then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import DefinitionError
from engine.core.legal_clock.calendar import Calendar, OfficeHours
from engine.core.legal_clock.ledger import Extended, Resumed, Started, Suspended
from engine.core.legal_clock.office import end_in_office, first_open, open_on
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.reminders import moments_after
from engine.core.legal_clock.terms import TermSpec, project
from engine.core.moment import LOCAL_ZONE

OFFICE = OfficeHours(opens="08:30", closes="17:00")
CALENDAR = Calendar(loaded_years=frozenset(range(2020, 2040)))
FOUR = TermSpec(label="Aanwijzen", period=Period(4, Unit.HOURS), kind="target", hours="office", office=OFFICE)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-24T00:00", "2026-11-24T12:30"),  # climbed at midnight: four hours of the Tuesday
        ("2026-11-24T10:00", "2026-11-24T14:00"),
        ("2026-11-24T15:00", "2026-11-25T10:30"),
        ("2026-11-27T16:30", "2026-11-30T12:00"),  # over a weekend
        ("2026-12-24T16:00", "2026-12-28T11:30"),  # over Christmas and a weekend
        ("2026-03-27T16:00", "2026-03-30T11:30"),  # over the change of the clocks
    ],
)
def test_a_term_in_office_hours_counts_the_hours_in_which_people_work(start: str, end: str) -> None:
    ledger = (Started(recorded_at=local(start), by="engine", at=local(start)),)
    assert project(FOUR, ledger, CALENDAR).ends_at == local(end)


def test_a_standstill_and_an_extension_count_office_hours_too() -> None:
    start = local("2026-11-24T09:00")
    ledger = (
        Started(recorded_at=start, by="engine", at=start),
        Suspended(recorded_at=start, by="x", at=local("2026-11-24T10:00")),
        Resumed(recorded_at=start, by="x", at=local("2026-11-25T09:00")),
    )
    assert project(FOUR, ledger, CALENDAR).ends_at == local("2026-11-25T12:00")
    longer = (ledger[0], Extended(recorded_at=start, by="x", period=Period(8, Unit.HOURS)))
    assert project(FOUR, longer, CALENDAR).ends_at == local("2026-11-25T12:30")


def test_a_reminder_of_a_term_in_office_hours_comes_while_people_work() -> None:
    start = local("2026-11-27T16:00")
    ledger = (Started(recorded_at=start, by="engine", at=start),)
    (moment,) = moments_after(FOUR, ledger, CALENDAR, [0.5])
    assert moment == local("2026-11-30T09:30")


def test_a_term_that_counts_office_hours_of_nobody_is_refused() -> None:
    with pytest.raises(DefinitionError):
        TermSpec(period=Period(4, Unit.HOURS), hours="office")


@given(
    st.integers(0, 7_000_000).map(lambda minutes: local("2021-01-01") + timedelta(minutes=minutes)), st.integers(0, 100)
)
def test_the_end_lies_in_the_office_and_so_many_open_hours_later(at: datetime, minutes: int) -> None:
    span = timedelta(minutes=minutes * 7)
    end = end_in_office(OFFICE, CALENDAR, at, span)
    day = end.astimezone(LOCAL_ZONE).date()
    opens, closes = open_on(OFFICE, day)
    assert CALENDAR.is_working_day(day)
    assert opens <= end <= closes
    open_days = (at.astimezone(LOCAL_ZONE).date() + timedelta(days=n) for n in range((end - at).days + 2))
    passed = sum(
        (max(timedelta(0), min(end, open_on(OFFICE, one)[1]) - max(at, open_on(OFFICE, one)[0])) for one in open_days
         if CALENDAR.is_working_day(one)), timedelta(0),
    )  # fmt: skip
    assert passed == span
    assert first_open(OFFICE, CALENDAR, at) <= end
