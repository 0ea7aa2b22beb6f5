"""The school year, 1 August up to and including 31 July, and the dates that hang on it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.explain import project_free
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.terms import TermSpec
from engine.core.quick_class import dataclass

_FIRST = (8, 1)
_LAST = (7, 31)
_DAY_OF_YEAR = re.compile(r"(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year by the calendar year in which it starts; `first_day` and `last_day` belong to it."""

    start_year: int

    @property
    def first_day(self) -> date:
        """1 August."""
        return date(self.start_year, *_FIRST)

    @property
    def last_day(self) -> date:
        """31 July of the next calendar year."""
        return date(self.start_year + 1, *_LAST)

    @property
    def label(self) -> str:
        """For people: "2026-2027"."""
        return f"{self.start_year}-{self.start_year + 1}"

    def holds(self, day: date) -> bool:
        """Whether the day lies in this school year."""
        return self.first_day <= day <= self.last_day

    def shifted(self, years: int) -> SchoolYear:
        """The school year so many years later (or earlier)."""
        return SchoolYear(self.start_year + years)


def school_year_of(day: date) -> SchoolYear:
    """The school year in which the day lies."""
    return SchoolYear(day.year if (day.month, day.day) >= _FIRST else day.year - 1)


def end_of_school_year(day: date, years: int) -> date:
    """31 July after the rest of the running school year and `years` whole ones (WPO 40(13), WEC 40(15)).

    From 1 August, the first day, the running year is itself whole and counts as the first. 0 gives the end of
    the running school year. Never moved by the Algemene termijnenwet. Raises UsageError when negative.
    """
    if years < 0:
        raise UsageError("negative_school_years", years=years)
    year = school_year_of(day)
    starts_whole = day == year.first_day and years > 0
    return year.shifted(years - 1 if starts_whole else years).last_day


def last_school_year(end: date) -> SchoolYear:
    """The school year in which something that is valid through `end` has its last day."""
    return school_year_of(end)


def day_in(year: SchoolYear, month_day: str) -> date:
    """The day "MM-DD" within a school year, such as a count date: "02-01" in 2026-2027 is 1 February 2027.

    Raises UsageError for text of another form and for a day that this school year does not have.
    """
    match = _DAY_OF_YEAR.fullmatch(month_day)
    try:
        if match is None:
            raise ValueError(month_day)
        month, day = int(match["month"]), int(match["day"])
        return date(year.start_year if (month, day) >= _FIRST else year.start_year + 1, month, day)
    except ValueError:
        raise UsageError("no_day_of_school_year", day=month_day, school_year=year.label) from None


def last_safe_receipt_day(end: date, period: Period, calendar: Calendar, termijnenwet: bool = True) -> date:
    """The latest day of receipt at which a term of this length still ends on or before `end`.

    Looked for from the end backward, because a free day can push the last day of a term past it.
    """
    question = ("last safe receipt", end, period, termijnenwet)
    if question not in calendar.answers:
        spec = TermSpec(period=period, termijnenwet=termijnenwet)
        day = end
        while (project_free(spec, day, calendar).last_day or end) > end:
            day -= timedelta(days=1)
        calendar.answers[question] = day
    return calendar.answers[question]
