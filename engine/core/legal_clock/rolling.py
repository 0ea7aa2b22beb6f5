"""The Algemene termijnenwet, articles 1, 2 and 4, and the rolling of terms not set in a law."""

from __future__ import annotations

from datetime import date

from engine.core.legal_clock.counting import ONE_DAY, DayCounter
from engine.core.legal_clock.period import Period, Unit

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
