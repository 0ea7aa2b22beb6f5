"""What the operators mean, as questions to one value: each binds its operand once and answers fast ever after.

A value of another kind is never the same as, nor among, what it is held against; an order between kinds is no
answer but a TypeError, raised when the question is asked and not when the operand is bound.

Beside each relation stands its short form: what the test of a literal looks like in compiled code.
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

Form = tuple[str, object]
"""Code with the places {a} (the known value), {k} (what comes with the form) and {long} (the question itself)."""

LONG: Form = ("{long}", None)
_EMPTY_VALUES = ((), "")
_SMALL = 4


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


def same_form(expected: Value) -> Form:
    """The short form of `equal`."""
    if isinstance(expected, bool):
        return "{a} is {k}", expected
    if expected in (0, 1):
        return "{a} == {k} and {a} is not " + str(bool(expected)), expected
    return LONG if isinstance(expected, tuple) else ("{a} == {k}", expected)


def other_form(expected: Value) -> Form:
    """The short form of `unequal`."""
    text, operand = same_form(expected)
    return LONG if isinstance(expected, tuple) else (f"not ({text})", operand)


def among(expected: Value) -> Holds:
    """One of the listed values."""
    return (frozenset(expected) if isinstance(expected, tuple) else frozenset[str]()).__contains__


def not_among(expected: Value) -> Holds:
    """None of the listed values."""
    found = among(expected)
    return lambda actual: not found(actual)


def among_form(expected: Value, sign: str = "in") -> Form:
    """The short form of `among`, and with `not in` that of `not_among`."""
    items = expected if isinstance(expected, tuple) else ()
    return f"{{a}} {sign} {{k}}", frozenset(items) if len(items) > _SMALL else items


def order(signs: frozenset[int]) -> Relation:
    """Less (-1), equal (0) or more (1), whichever are in `signs`; with numbers, dates and moments."""
    ask = _ORDERS[signs][0]
    return lambda expected: ask(expected) if isinstance(expected, _ORDERED) else partial(_refuse_order, expected)


def order_form(signs: frozenset[int]) -> Callable[[Value], Form]:
    """The short form of `order`; Python itself refuses values of another kind."""
    text = _ORDERS[signs][1]
    return lambda expected: (text, expected) if isinstance(expected, _ORDERED) else LONG


_ORDERED = (int, float, date)
# The operand stands on the left: "less than 5" asks whether 5 is more. `at most` is "not more": so a number that is
# no number is at most and at least anything.
_ORDERS: dict[frozenset[int], tuple[Callable[[Any], Holds], str]] = {
    frozenset({-1}): (lambda expected: partial(operator.gt, expected), "{a} < {k}"),
    frozenset({-1, 0}): (lambda expected: lambda actual: not actual > expected, "not {a} > {k}"),
    frozenset({1}): (lambda expected: partial(operator.lt, expected), "{a} > {k}"),
    frozenset({0, 1}): (lambda expected: lambda actual: not actual < expected, "not {a} < {k}"),
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


def item_form(method: str) -> Callable[[Value], Form]:
    """The short form of the three above; a single text where a list should be takes the long way."""

    def write(expected: Value) -> Form:
        listed: object = frozenset(_items(expected))
        quick = f"{'not ' if method == 'isdisjoint' else ''}{{k}}.{method}({{a}})"
        if method != "issuperset" and len(set(_items(expected))) == 1:
            quick, listed = "{k} in {a}", _items(expected)[0]
        return f"{quick} if {{a}}.__class__ is tuple else {{long}}", listed

    return write


def _items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def known(expected: Value) -> Callable[[Value | None], bool]:
    """Whether there is a value at all."""
    wanted = bool(expected)
    return lambda actual: (actual is not None) is wanted


def known_form(expected: Value) -> Form:
    """The short form of `known`."""
    return f"{{a}} is {'not ' if expected else ''}None", None


def empty(expected: Value) -> Holds:
    """An empty list or text; white space counts as text."""
    wanted = bool(expected)
    return lambda actual: (actual in _EMPTY_VALUES) is wanted


def empty_form(expected: Value) -> Form:
    """The short form of `empty`."""
    return f"{{a}} {'' if expected else 'not '}in {{k}}", _EMPTY_VALUES


def in_last_school_year(expected: Value) -> Holds:
    """A day in the last school year of something valid through `expected`: the whole of it, to its 31 July."""
    if not isinstance(expected, date):
        return partial(_refuse_order, expected)
    year = last_school_year(expected)
    return lambda actual: year.first_day <= actual <= year.last_day  # type: ignore[operator]  # dates, or a TypeError
