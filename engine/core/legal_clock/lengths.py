"""Lengths of different units held against each other, with what can be said for certain."""

from __future__ import annotations

from engine.core.legal_clock.period import Period, Unit

_DAYS_OF_ONE: dict[Unit, tuple[float, float]] = {
    Unit.HOURS: (1 / 24, 1 / 24),
    Unit.DAYS: (1, 1),
    Unit.WEEKS: (7, 7),
    Unit.MONTHS: (28, 31),
    Unit.YEARS: (365, 366),
}
# A working day takes at least one day; the longest row of free days in a year is about two weeks.
_FREE_DAYS_AT_MOST = 14


def days_at_least_and_most(period: Period) -> tuple[float, float]:
    """The fewest and the most calendar days the period can take; school time has no upper bound."""
    amount = period.amount
    if period.unit is Unit.WORKING_DAYS:
        return amount, amount * 7 / 5 + _FREE_DAYS_AT_MOST
    if period.unit is Unit.SCHOOL_DAYS:
        return amount, float("inf")
    if period.unit is Unit.SCHOOL_WEEKS:
        return amount * 7, float("inf")
    shortest, longest = _DAYS_OF_ONE[period.unit]
    return amount * shortest, amount * longest


def is_surely_longer(one: Period, other: Period) -> bool:
    """Whether `one` is always longer than `other`."""
    if one.unit is other.unit:
        return one.amount > other.amount
    return days_at_least_and_most(one)[0] > days_at_least_and_most(other)[1]
