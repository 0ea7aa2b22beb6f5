"""An independent restatement of the legal clock: one day at a time over plain lists, no arithmetic on lengths.

It shares with the kernel only the question whether a date is a holiday, and that one it asks of a set of dates
built here, by another method for Easter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from test_time_calendar import slow_easter
from time_world import CALENDAR

ONE = timedelta(days=1)
EQUATED = {day for days in CALENDAR.equated_days.values() for day in days}
NEVER_COVERED = ("hours", "years")
LIMITS = {"days": 90, "working_days": 90, "school_days": 90, "weeks": 12, "school_weeks": 12, "months": 3}


def list_holidays(first_year: int, last_year: int) -> set[date]:
    found = set(EQUATED)
    for year in range(first_year, last_year + 1):
        kings_day = date(year, 4, 27)
        if kings_day.strftime("%w") == "0":
            kings_day = date(year, 4, 26)
        found |= {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
        easter = slow_easter(year)
        found |= {easter - ONE - ONE, easter + ONE, easter + 39 * ONE, easter + 50 * ONE}
    return found


HOLIDAYS = list_holidays(2014, 2045)
VACATION_DAYS = {
    vacation.first_day + number * ONE
    for vacation in CALENDAR.vacations
    for number in range((vacation.last_day - vacation.first_day).days + 1)
}


def is_free(day: date) -> bool:
    return day.strftime("%w") in "06" or day in HOLIDAYS


def is_school_day(day: date) -> bool:
    return not is_free(day) and day not in VACATION_DAYS


def is_in_school_week(day: date) -> bool:
    week = day.isocalendar()[:2]
    return any(is_school_day(day + n * ONE) for n in range(-6, 7) if (day + n * ONE).isocalendar()[:2] == week)


def days_of_length(amount: int, unit: str, start: date, still: set[date]) -> date:
    """The last day of a length, found by stepping; months by looking for the day number in each next month."""
    if unit in ("months", "years"):
        plain = _step_months(start, amount * (12 if unit == "years" else 1))
        return _step_counted(start, sum(1 for _ in _between(start, plain)), still, lambda day: True)
    if unit == "weeks":
        return _step_counted(start, sum(7 for _ in range(amount)), still, lambda day: True)
    if unit == "days":
        return _step_counted(start, amount, still, lambda day: True)
    if unit == "working_days":
        return _step_counted(start, amount, still, lambda day: not is_free(day))
    if unit == "school_days":
        return _step_counted(start, amount, still, is_school_day)
    return _step_counted(start, 7 * amount, still, is_in_school_week)


def _step_counted(start, amount, still, counts):  # type: ignore[no-untyped-def]
    day = start
    while amount:
        day += ONE
        if day not in still and counts(day):
            amount -= 1
    return day


def _step_months(start: date, months: int) -> date:
    """Walk from day to day into the right month, then to the day number or the end of that month."""
    day, seen = start, 0
    while seen < months:
        following = day + ONE
        seen += following.month != day.month
        day = following
    while months and day.day < start.day and (day + ONE).month == day.month:
        day += ONE
    return day


def _between(first: date, last: date) -> Iterable[date]:
    day = first
    while day < last:
        day += ONE
        yield day


def slow_last_day(
    start: date,
    lengths: list[tuple[int, str]],
    still: set[date],
    *,
    termijnenwet: bool,
    roll: str,
) -> date:
    """The last day of a term, its extensions counted from the raw end, with the days that stand still given."""
    end = start
    for amount, unit in lengths:
        end = days_of_length(amount, unit, end, still)
    last_amount, last_unit = lengths[-1]
    if termijnenwet:
        if last_unit in NEVER_COVERED or last_amount > LIMITS[last_unit]:
            return end
        first_amount, first_unit = lengths[0]
        if first_amount and not (first_unit.endswith("days") and first_amount < 3):
            while sum(1 for day in _between(start, end) if not is_free(day) and day not in still) < 2:
                end += ONE
        return _forward(end, still)
    if roll == "backward":
        back = end
        while is_free(back):
            back -= ONE
        return back if back > start else _forward(end, still)
    return _forward(end, still) if roll == "forward" else end


def _forward(end: date, still: set[date]) -> date:
    if is_free(end):
        while is_free(end) or end in still:
            end += ONE
    return end
