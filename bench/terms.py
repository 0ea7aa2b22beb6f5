"""Million term computations a minute on one core, and the ratio to a bare datetime addition, in one run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bench.sheet import Sheet
from bench.timing import spent_on
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.ledger import LedgerEntry, Resumed, Started, Suspended
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.terms import TermSpec, project
from engine.core.moment import start_of_day

FIRST = date(2023, 1, 1)
DAYS = 2000
ROUNDS = 5
TERMS = 20_000
Case = tuple[TermSpec, tuple[LedgerEntry, ...]]


def make_calendar() -> Calendar:
    """Years with one equated day each; which day does not matter for the speed."""
    years = range(2020, 2032)
    return Calendar(equated_days={year: {date(year, 5, 15): "bench"} for year in years}, loaded_years=frozenset(years))


def make_cases(number: int, length: Period, *, is_suspended: bool) -> list[Case]:
    """Terms that start on successive days, with or without a suspension of ten days."""
    spec = TermSpec(period=length, termijnenwet=length.unit is not Unit.WORKING_DAYS)
    return [(spec, make_ledger(FIRST + timedelta(days=n % DAYS), is_suspended=is_suspended)) for n in range(number)]


def make_ledger(day: date, *, is_suspended: bool) -> tuple[LedgerEntry, ...]:
    """A start, and a suspension from the tenth to the twentieth day if asked for."""
    at = start_of_day(day)
    start = Started(recorded_at=at, by="bench", day=day)
    if not is_suspended:
        return (start,)
    return (
        start,
        Suspended(recorded_at=at, by="bench", from_day=day + timedelta(days=10)),
        Resumed(recorded_at=at, by="bench", on_day=day + timedelta(days=20)),
    )


def measure(sheet: Sheet) -> None:
    """Each length in turn; the least of a few rounds."""
    number = TERMS
    calendar, eight_weeks = make_calendar(), timedelta(weeks=8)
    days = [FIRST + timedelta(days=n % DAYS) for n in range(number)]

    def add_bare() -> None:
        for day in days:
            day + eight_weeks

    bare = _least(add_bare)
    sheet.told(f"{'bare datetime addition':44} {bare / number * 1e6:8.3f} us")
    for title, length, is_suspended in (
        ("8 weeks, Algemene termijnenwet, explained", Period(8, Unit.WEEKS), False),
        ("the same with a suspension", Period(8, Unit.WEEKS), True),
        ("5 working days", Period(5, Unit.WORKING_DAYS), False),
    ):
        cases = make_cases(number, length, is_suspended=is_suspended)

        def project_all(cases: list[Case] = cases) -> None:
            for spec, ledger in cases:
                project(spec, ledger, calendar)

        spent = _least(project_all)
        per_minute = number / spent * 60 / 1e6
        micro = spent / number * 1e6
        sheet.told(f"{title:44} {micro:8.3f} us  {per_minute:6.2f} million a minute  {spent / bare:7.0f} x bare")


def _least(work: Callable[[], None]) -> float:
    return min(spent_on(work).cpu for _ in range(ROUNDS))
