"""Arithmetic of the content: exact from the numbers that were given to the number that comes out.

A number of the content may be an int or a float; a float means the decimals with which it is written (0.1 is a tenth,
not the nearest binary number). Between the parts of one computation nothing is rounded: only `round` does, as the
content says. Dividing by nothing has no answer, and that is unknown, never a mistake of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import mul

from engine.core.language.conditions import Compute, Expression, Literal
from engine.core.language.facts import Value

Worth = Callable[[Expression], Value | None]
"""The value of an expression in one situation; None when it is unknown."""

_Numbers = tuple[Fraction, ...]
_COMBINED: Mapping[str, Callable[[_Numbers], Fraction | None]] = {
    "plus": lambda numbers: sum(numbers, Fraction(0)),
    "subtract": lambda numbers: numbers[0] - sum(numbers[1:], Fraction(0)),
    "times": lambda numbers: reduce(mul, numbers, Fraction(1)),
    "divide": lambda numbers: _divided(numbers),
    "share": lambda numbers: _divided(numbers),
    "min": min,
    "max": max,
}
SUMS = frozenset({*_COMBINED, "round", "days_between"})
"""The functions that give a number by arithmetic."""

_SIGNS = {"plus": " + ", "subtract": " - ", "times": " x ", "divide": " / ", "share": " / "}
# A looser sign inside a tighter one, or at the right of a minus or a division, stands between brackets.
_TIGHTNESS = {"plus": 1, "subtract": 1, "times": 2, "divide": 2, "share": 2}


def worth_of_sum(call: Compute, worth: Worth) -> int | float | None:
    """The number that comes out; None when something is unknown, or something is divided by 0."""
    exact = _exact(call, worth)
    return None if exact is None else plain_number(exact)


def may_give_nothing(expression: Expression) -> bool:
    """Whether it may have no value though all that it reads is known: what it divides by may be 0."""
    if not isinstance(expression, Compute):
        return False
    parts = tuple(part for _, part in expression.arguments)
    divisors = parts[1:] if expression.function in ("divide", "share") else ()
    is_safe = all(isinstance(divisor, Literal) and divisor.value for divisor in divisors)
    return not is_safe or any(may_give_nothing(part) for part in parts)


def added(values: Sequence[Value]) -> int | float:
    """The sum of numbers; 0 of nothing."""
    return plain_number(sum((to_exact(value) for value in values), Fraction(0)))


def to_exact(value: Value) -> Fraction:
    """The number exactly as it is written. Raises TypeError for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a number is needed here, not {value!r}")
    return Fraction(Decimal(str(value)))


def plain_number(number: Fraction) -> int | float:
    """The number as a case holds it: whole numbers without a fraction, others as near as can be."""
    return int(number) if number.denominator == 1 else float(number)


def _exact(expression: Expression, worth: Worth) -> Fraction | None:
    if not isinstance(expression, Compute) or expression.function not in SUMS:
        value = worth(expression)
        return None if value is None else to_exact(value)
    if expression.function == "days_between":
        days = _days(expression, worth)
        return None if days is None else Fraction((days[1] - days[0]).days)
    if expression.function == "round":
        return _rounded(expression, worth)
    numbers = [_exact(part, worth) for _, part in expression.arguments]
    known = tuple(number for number in numbers if number is not None)
    return _COMBINED[expression.function](known) if len(known) == len(numbers) else None


def _divided(numbers: _Numbers) -> Fraction | None:
    dividend, *divisors = numbers
    divisor = reduce(mul, divisors, Fraction(1))
    return None if divisor == 0 else dividend / divisor


def _days(call: Compute, worth: Worth) -> tuple[date, date] | None:
    named = dict(call.arguments)
    first, last = worth(named["from"]), worth(named["to"])
    return (first, last) if isinstance(first, date) and isinstance(last, date) else None


def _rounded(call: Compute, worth: Worth) -> Fraction | None:
    """To so many decimals: `half_up` (a half goes away from 0), `up` and `down` (towards more, towards less)."""
    named = dict(call.arguments)
    number = _exact(named["value"], worth)
    if number is None:
        return None
    scale = 10 ** int(str(_written(named.get("decimals"), 0)))
    scaled, how = number * scale, _written(named.get("how"), "half_up")
    if how == "half_up":
        whole = int(abs(scaled) + Fraction(1, 2)) * (-1 if scaled < 0 else 1)
    else:
        whole = -(-scaled.numerator // scaled.denominator) if how == "up" else scaled.numerator // scaled.denominator
    return Fraction(whole, scale)


def _written(expression: Expression | None, otherwise: Value) -> Value:
    return expression.value if isinstance(expression, Literal) else otherwise


def divides_by_nothing(expression: Expression, worth: Worth) -> bool:
    """Whether the sum, or a part of it, is unknown for no other reason than that it divides by 0."""
    if not isinstance(expression, Compute) or expression.function not in SUMS:
        return False
    parts = [part for _, part in expression.arguments]
    if any(divides_by_nothing(part, worth) for part in parts):
        return True
    numbers = [_exact(part, worth) for part in parts] if expression.function in ("divide", "share") else [None]
    return None not in numbers and _exact(expression, worth) is None


def told_sum(expression: Expression, worth: Worth) -> str:
    """The sum with the numbers filled in, and what comes of it: "1 - 3,5 / 6 = 0,42"; ? for what is unknown."""
    exact = _exact(expression, worth)
    return f"{_told(expression, worth)} = {'?' if exact is None else write_number(exact)}"


def write_number(number: Fraction | int | float) -> str:
    """The number with a decimal comma and all its decimals, at most six when they do not end."""
    exact = number if isinstance(number, Fraction) else to_exact(number)
    ends = float(exact) == exact or Fraction(Decimal(str(float(exact)))) == exact
    text = format(Decimal(str(float(exact))) if ends else Decimal(f"{float(exact):.6f}"), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _short(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _told(expression: Expression, worth: Worth, around: int = 0) -> str:
    if not isinstance(expression, Compute) or expression.function not in SUMS:
        value = worth(expression)
        return "?" if value is None else write_number(to_exact(value))
    if expression.function == "round":
        return _told(dict(expression.arguments)["value"], worth, around)
    if expression.function == "days_between":
        days = _days(expression, worth)
        return f"({_short(days[1])} - {_short(days[0])})" if days else "?"
    if expression.function in ("min", "max"):
        return f"{expression.function}({'; '.join(_told(part, worth) for _, part in expression.arguments)})"
    own = _TIGHTNESS[expression.function]
    parts = [_told(part, worth, own + (number > 0)) for number, (_, part) in enumerate(expression.arguments)]
    text = _SIGNS[expression.function].join(parts)
    # At the right of a sign a part of the same tightness would be read otherwise: 1 - (2 - 3).
    return f"({text})" if own < around else text
