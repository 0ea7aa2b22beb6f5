"""What the operators mean, as questions to one value: each binds its operand once and answers fast ever after.

A value of another kind is never the same as, nor among, what it is held against; an order between kinds is no
answer but a TypeError, raised when the question is asked and not when the operand is bound.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from engine.core.language.facts import Value
from engine.core.legal_clock.schoolyear import last_school_year

Holds = Callable[[Value], bool]
"""Whether this value is as was asked."""

Relation = Callable[[Value], Holds]
"""Binds the operand."""


def equal(expected: Value) -> Holds:
    """The same value of the same kind; lists as sets."""
    if isinstance(expected, bool):
        return partial(operator.is_, expected)
    if isinstance(expected, tuple):
        wanted = frozenset(expected)
        return lambda actual: isinstance(actual, tuple) and wanted == frozenset(actual)
    if isinstance(expected, int | float):
        # True == 1 in Python, but a yes/no is never a number here.
        return lambda actual: actual == expected and not isinstance(actual, bool)
    return partial(operator.eq, expected)


def unequal(expected: Value) -> Holds:
    """Another value, or one of another kind."""
    if isinstance(expected, str | date):
        return partial(operator.ne, expected)
    same = equal(expected)
    return lambda actual: not same(actual)


def among(expected: Value) -> Holds:
    """One of the listed values."""
    return (frozenset(expected) if isinstance(expected, tuple) else frozenset[str]()).__contains__


def not_among(expected: Value) -> Holds:
    """None of the listed values."""
    found = among(expected)
    return lambda actual: not found(actual)


def order(signs: frozenset[int]) -> Relation:
    """Less (-1), equal (0) or more (1), whichever are in `signs`; with numbers, dates and moments."""
    ask = _ORDERS[signs]
    return lambda expected: (
        ask(expected) if isinstance(expected, int | float | date) else partial(_refuse_order, expected)
    )


# The operand stands on the left: "less than 5" asks whether 5 is more. `at most` is "not more": so a number that is
# no number is at most and at least anything.
_ORDERS: dict[frozenset[int], Callable[[Any], Holds]] = {
    frozenset({-1}): lambda expected: partial(operator.gt, expected),
    frozenset({-1, 0}): lambda expected: lambda actual: not actual > expected,
    frozenset({1}): lambda expected: partial(operator.lt, expected),
    frozenset({0, 1}): lambda expected: lambda actual: not actual < expected,
}


def _refuse_order(expected: Value, actual: Value) -> bool:
    raise TypeError(f"{actual!r} cannot be compared with {expected!r}")


def has_all(expected: Value) -> Holds:
    """The list holds every one of these items."""
    wanted = frozenset(_items(expected))
    if len(wanted) == 1:
        (item,) = wanted
        return lambda actual: item in (actual if actual.__class__ is tuple else (str(actual),))
    return lambda actual: wanted.issubset(_items(actual))


def has_any(expected: Value) -> Holds:
    """The list holds at least one of these items."""
    wanted = frozenset(_items(expected))
    return lambda actual: not wanted.isdisjoint(_items(actual))


def has_no_other(expected: Value) -> Holds:
    """The list holds nothing but these items."""
    allowed = frozenset(_items(expected))
    return lambda actual: allowed.issuperset(_items(actual))


def _items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def known(expected: Value) -> Callable[[Value | None], bool]:
    """Whether there is a value at all."""
    wanted = bool(expected)
    return lambda actual: (actual is not None) is wanted


def empty(expected: Value) -> Holds:
    """An empty list or text; white space counts as text."""
    wanted = bool(expected)
    return lambda actual: (actual in ((), "")) is wanted


def in_last_school_year(expected: Value) -> Holds:
    """A day in the last school year of something valid through `expected`: the whole of it, to its 31 July."""
    if not isinstance(expected, date):
        return partial(_refuse_order, expected)
    year = last_school_year(expected)
    return lambda actual: year.first_day <= actual <= year.last_day  # type: ignore[operator]  # dates, or a TypeError
