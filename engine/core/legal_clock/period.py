"""A length of time with its unit. A bare number is never a length."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from math import ceil

from engine.core.errors import DefinitionError, UsageError
from engine.core.quick_class import dataclass


class Unit(StrEnum):
    """What a period counts; the value is the word of the content language, plural."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    SCHOOL_DAYS = "school_days"
    WEEKS = "weeks"
    SCHOOL_WEEKS = "school_weeks"
    MONTHS = "months"
    YEARS = "years"


_DUTCH: dict[Unit, tuple[str, str]] = {
    Unit.HOURS: ("uur", "uur"),
    Unit.DAYS: ("dag", "dagen"),
    Unit.WORKING_DAYS: ("werkdag", "werkdagen"),
    Unit.SCHOOL_DAYS: ("schooldag", "schooldagen"),
    Unit.WEEKS: ("week", "weken"),
    Unit.SCHOOL_WEEKS: ("schoolweek", "schoolweken"),
    Unit.MONTHS: ("maand", "maanden"),
    Unit.YEARS: ("jaar", "jaar"),
}
_ALSO: dict[str, Unit] = {
    "uren": Unit.HOURS,
    "kalenderdag": Unit.DAYS,
    "kalenderdagen": Unit.DAYS,
    "calendar day": Unit.DAYS,
    "calendar days": Unit.DAYS,
    "lesdag": Unit.SCHOOL_DAYS,
    "lesdagen": Unit.SCHOOL_DAYS,
    "lesweek": Unit.SCHOOL_WEEKS,
    "lesweken": Unit.SCHOOL_WEEKS,
    "jaren": Unit.YEARS,
}
# No term of law or agreement lasts longer; a larger number is a slip and would leave the calendar.
_YEARS_AT_MOST = 100
_PER_YEAR: dict[Unit, int] = {
    Unit.HOURS: 8766,
    Unit.DAYS: 366,
    Unit.WORKING_DAYS: 262,
    Unit.SCHOOL_DAYS: 200,
    Unit.WEEKS: 53,
    Unit.SCHOOL_WEEKS: 40,
    Unit.MONTHS: 12,
    Unit.YEARS: 1,
}
_DIGITS = 9
_SHAPE = re.compile(r"(?P<amount>[+-]?[0-9]+(?P<part>[.,][0-9]+)?)\s*(?P<unit>[^\W\d].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Period:
    """An amount of one unit, zero or more. `str` gives the content form, such as "8 weeks"."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise UsageError("length_is_negative", length=str(self))
        if self.amount > _YEARS_AT_MOST * _PER_YEAR[self.unit]:
            raise UsageError("length_is_too_long", length=str(self), years=_YEARS_AT_MOST)

    def __str__(self) -> str:
        word = self.unit.value.replace("_", " ")
        return f"{self.amount} {word[:-1] if self.amount == 1 else word}"


def in_dutch(period: Period) -> str:
    """The period in Dutch words, such as "8 weken", "1 werkdag" or "48 uur"."""
    one, many = _DUTCH[period.unit]
    return f"{period.amount} {one if period.amount == 1 else many}"


def _units_by_word() -> dict[str, Unit]:
    words = dict(_ALSO)
    for unit, (one, many) in _DUTCH.items():
        english = unit.value.replace("_", " ")
        words |= {one: unit, many: unit, english: unit, english[:-1]: unit}
    return words


_UNITS_BY_WORD = _units_by_word()


def parse_period(text: object, where: str = "") -> Period:
    """Read "8 weeks", "1 werkdag" or "48 hours".

    Raises DefinitionError when `where` names a place in a file, otherwise UsageError: for a bare number,
    a broken number, a negative length, an unknown unit and anything that is not a length.
    """
    try:
        return _read_text(text) if isinstance(text, str) else _read_period(text)
    except UsageError as error:
        raise error.placed(DefinitionError if where else UsageError, where) from None


# A content has some tens of lengths, and rules read them again in every look at a case.
@lru_cache(maxsize=1024)
def _read_text(text: str) -> Period:
    return _read_period(text)


def _read_period(text: object) -> Period:
    match = _SHAPE.fullmatch(str(text).strip()) if isinstance(text, str | int | float) else None
    if match is None or isinstance(text, bool) or len(match["amount"]) > _DIGITS:
        raise UsageError("no_length", text=text)
    if match["unit"] is None:
        raise UsageError("length_without_unit", text=text)
    if match["part"]:
        raise UsageError("length_is_not_whole", text=text)
    return Period(int(match["amount"]), _read_unit(match["unit"], str(text)))


def _read_unit(word: str, text: str) -> Unit:
    plain = " ".join(word.lower().replace("_", " ").split())
    if plain in _UNITS_BY_WORD:
        return _UNITS_BY_WORD[plain]
    from difflib import get_close_matches  # slow to import, and hardly anybody mistypes

    near = get_close_matches(plain, _UNITS_BY_WORD, n=1, cutoff=0.6)
    known = tuple(unit.value.replace("_", " ") for unit in Unit)
    if near:
        raise UsageError("unit_is_nearly_known", unit=plain, text=text, known=known, near=near[0])
    raise UsageError("unit_is_unknown", unit=plain, text=text, known=known)


# -- lengths of different units held against each other, with what can be said for certain

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


def whole_days(period: Period) -> timedelta:
    """A period in days or weeks as so many calendar days; of any other, the most days it can take, rounded up."""
    return timedelta(days=ceil(days_at_least_and_most(period)[1]))
