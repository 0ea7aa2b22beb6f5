"""Counts days, working days, school days and school weeks forward or back, over days that stand still.

And where an end on a free day goes: the Algemene termijnenwet, articles 1, 2 and 4, and the terms not set in a law.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

from engine.core.errors import DefinitionError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.period import Period, Unit
from engine.core.quick_class import dataclass

ONE_DAY = timedelta(days=1)
_DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIXED_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_FIXED_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}
_DAYS_COUNTED = {Unit.WORKING_DAYS: 1, Unit.SCHOOL_DAYS: 1, Unit.SCHOOL_WEEKS: 7}
# The longest vacation lasts six weeks; so many days in a row that do not count means that the vacations are wrong.
_LONGEST_GAP = 400
# Article 4: terms of more than this are outside; exactly this is inside. Hours and years are outside.
_AT_MOST: dict[Unit, int] = {
    Unit.DAYS: 90,
    Unit.WORKING_DAYS: 90,
    Unit.SCHOOL_DAYS: 90,
    Unit.WEEKS: 12,
    Unit.SCHOOL_WEEKS: 12,
    Unit.MONTHS: 3,
}
# Article 2: a term of at least this many days holds at least two working days.
_SHORTEST_LENGTHENED = 3
_WORKING_DAYS_NEEDED = 2
_IN_DAYS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.SCHOOL_DAYS)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days first..last, both included, in which a clock stands still."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DayCounter:
    """Which days count for one term: its calendar, the vacations that hold for it, the days that stand still.

    `still` is in order of days and does not overlap.
    """

    calendar: Calendar
    region: str = ""
    school: str = ""
    still: tuple[Stretch, ...] = ()

    def is_still(self, day: date) -> bool:
        """Whether the clock stands still on this day."""
        number = bisect_right(self.still, day, key=lambda stretch: stretch.first)
        return number > 0 and day <= self.still[number - 1].last

    def end_after(self, day: date, period: Period) -> date:
        """The last day of a period of which `day` is day 0; hours are not counted here.

        A month ends on the same day number, or on the last day of a shorter month (31 January + 1 month is
        28 or 29 February).
        """
        amount = days_in(period, day)
        if amount is not None:
            return self._skip_still(day, amount)
        return self._nth_day(day, period, step=1)

    def start_before(self, day: date, period: Period) -> date:
        """The day that lies a period before `day`, which is not counted itself. Suspension plays no part."""
        months = _FIXED_MONTHS.get(period.unit)
        if months is not None:
            return add_months(day, -period.amount * months)
        if period.unit in _FIXED_DAYS:
            return day - timedelta(days=period.amount * _FIXED_DAYS[period.unit])
        return self._nth_day(day, period, step=-1)

    def counts(self, day: date, unit: Unit) -> bool:
        """Whether the day counts in this unit; a day that stands still never does."""
        if self.is_still(day):
            return False
        match unit:
            case Unit.WORKING_DAYS:
                return self.calendar.is_working_day(day)
            case Unit.SCHOOL_DAYS:
                return self.calendar.is_school_day(day, self.region, self.school)
            case Unit.SCHOOL_WEEKS:
                # Every day of a week with a school day counts, so the end has the weekday of the start.
                return self.calendar.is_in_school_week(day, self.region, self.school)
        return True

    def days_counted(self, day: date, last: date) -> int:
        """How many days after `day` up to and including `last` do not stand still."""
        total = (last - day).days
        for stretch in self.still:
            overlap = min(stretch.last, last) - max(stretch.first, day + ONE_DAY)
            total -= max(overlap.days + 1, 0)
        return total

    def _skip_still(self, day: date, amount: int) -> date:
        end = day + timedelta(days=amount)
        if amount == 0:
            return end
        for stretch in self.still:
            if stretch.last <= day:
                continue
            if stretch.first > end:
                break
            end += stretch.last - max(stretch.first, day + ONE_DAY) + ONE_DAY
        return end

    def _nth_day(self, day: date, period: Period, *, step: int) -> date:
        amount, move, gap = period.amount * _DAYS_COUNTED[period.unit], timedelta(days=step), 0
        while amount > 0:
            day += move
            if self.counts(day, period.unit):
                amount, gap = amount - 1, 0
            elif not self.is_still(day):
                gap += 1
                if gap > _LONGEST_GAP:
                    raise DefinitionError("no_day_counts", period=period, day=day)
        return day


def days_in(period: Period, day: date) -> int | None:
    """How many calendar days a period after `day` holds; None for units that need the calendar."""
    per_unit = _FIXED_DAYS.get(period.unit)
    if per_unit is not None:
        return period.amount * per_unit
    months = _FIXED_MONTHS.get(period.unit)
    return None if months is None else (add_months(day, period.amount * months) - day).days


def add_months(day: date, months: int) -> date:
    """The same day number some months later or earlier; the last day of a month that lacks that number."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    # Not `calendar.monthrange`: that brings the names of months in all languages along, at every start.
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _DAYS_OF_MONTH[month - 1]


def order_stretches(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches in order, empty ones left out, touching or overlapping ones joined."""
    joined: list[Stretch] = []
    for stretch in sorted((s for s in stretches if s.first <= s.last), key=lambda s: s.first):
        if joined and stretch.first <= joined[-1].last + ONE_DAY:
            joined[-1] = Stretch(joined[-1].first, max(joined[-1].last, stretch.last))
        else:
            joined.append(stretch)
    return tuple(joined)


def is_covered(period: Period) -> bool:
    """Whether the Algemene termijnenwet holds for a term of this length (article 4)."""
    return period.amount <= _AT_MOST.get(period.unit, -1)


def lengthen(counter: DayCounter, day: date, end: date, period: Period) -> date:
    """The end at which the term after day 0 holds two working days (article 2), or the same end if it did."""
    if period.amount == 0 or (period.unit in _IN_DAYS and period.amount < _SHORTEST_LENGTHENED):
        return end
    missing = _WORKING_DAYS_NEEDED - _working_days_up_to(counter, day, end)
    while missing > 0:
        end += ONE_DAY
        missing -= counts_as_working_day(counter, end)
    return end


def roll_forward(counter: DayCounter, end: date) -> date:
    """The end itself, or the next day that is no Saturday, Sunday or holiday (article 1(1)).

    A day on which the clock stands still is passed over too, once the end has to move.
    """
    if not counter.calendar.is_free_day(end):
        return end
    while not counts_as_working_day(counter, end):
        end += ONE_DAY
    return end


def roll_backward(counter: DayCounter, end: date) -> date:
    """The end itself, or the last working day before it."""
    while counter.calendar.is_free_day(end):
        end -= ONE_DAY
    return end


def counts_as_working_day(counter: DayCounter, day: date) -> bool:
    """A working day on which the clock runs."""
    return not counter.calendar.is_free_day(day) and not counter.is_still(day)


def _working_days_up_to(counter: DayCounter, day: date, end: date) -> int:
    found = 0
    while day < end and found < _WORKING_DAYS_NEEDED:
        day += ONE_DAY
        found += counts_as_working_day(counter, day)
    return found
