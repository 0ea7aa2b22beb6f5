"""Arithmetic of the content: exact, rounded where the content says so, unknown where there is no answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.evaluation.arithmetic import divides_by_nothing, may_give_nothing, told_sum, worth_of_sum, write_number
from engine.core.language.conditions import Compute, Expression, FactRef, Literal
from engine.core.language.facts import Value

FACTS: Mapping[str, Value] = {
    "gemist": 3.5,
    "lesuren": 6,
    "niets": 0,
    "van": date(2026, 10, 5),
    "tot": date(2026, 10, 12),
}


def number(value: Value) -> Literal:
    return Literal(value=value)


def fact(name: str) -> FactRef:
    return FactRef(fact=name)


def call(function: str, *parts: Expression, **named: Expression) -> Compute:
    numbered = tuple((str(place), part) for place, part in enumerate(parts, 1))
    return Compute(function=function, arguments=(*numbered, *named.items()))


def worth(expression: Expression) -> Value | None:
    if isinstance(expression, Compute):
        return worth_of_sum(expression, worth)
    return FACTS.get(expression.fact) if isinstance(expression, FactRef) else expression.value


MISSED = call("divide", fact("gemist"), fact("lesuren"))
SUMS: list[tuple[Compute, int | float | None, str]] = [
    (call("plus", number(0.1), number(0.2)), 0.3, "0,1 + 0,2 = 0,3"),
    (call("subtract", number(1), number(2), number(3)), -4, "1 - 2 - 3 = -4"),
    (call("subtract", number(1), call("subtract", number(2), number(3))), 2, "1 - (2 - 3) = 2"),
    (call("times", call("plus", number(1), number(2)), number(4)), 12, "(1 + 2) x 4 = 12"),
    (call("divide", number(8), call("divide", number(4), number(2))), 4, "8 / (4 / 2) = 4"),
    (call("times", call("divide", number(1), number(3)), number(3)), 1, "1 / 3 x 3 = 1"),
    (call("round", value=call("subtract", number(1), MISSED), decimals=number(2)), 0.42, "1 - 3,5 / 6 = 0,42"),
    (call("share", part=fact("gemist"), of=fact("lesuren")), 3.5 / 6, "3,5 / 6 = 0,583333"),
    (call("min", number(3), number(0.5)), 0.5, "min(3; 0,5) = 0,5"),
    (call("max", number(3), call("plus", number(2), number(2))), 4, "max(3; 2 + 2) = 4"),
    (call("divide", number(3), fact("niets")), None, "3 / 0 = ?"),
    (call("plus", number(1), fact("onbekend")), None, "1 + ? = ?"),
]


@pytest.mark.parametrize(("sum_", "value", "told"), SUMS)
def test_a_sum_is_exact_and_told_with_its_numbers(sum_: Compute, value: int | float | None, told: str) -> None:
    assert worth_of_sum(sum_, worth) == value
    assert told_sum(sum_, worth) == told


@pytest.mark.parametrize(
    ("value", "decimals", "how", "rounded"),
    [
        (2.5, 0, "half_up", 3), (-2.5, 0, "half_up", -3), (2.45, 1, "half_up", 2.5), (1.005, 2, "half_up", 1.01),
        (2.01, 0, "up", 3), (2.99, 0, "down", 2), (-2.01, 0, "up", -2), (-2.01, 0, "down", -3), (7, 2, "up", 7),
    ],
)  # fmt: skip
def test_rounding_is_as_the_content_says(value: float, decimals: int, how: str, rounded: float) -> None:
    asked = call("round", value=number(value), decimals=number(decimals), how=number(how))
    assert worth_of_sum(asked, worth) == rounded


def test_days_are_counted_from_one_day_to_the_other() -> None:
    asked = Compute(function="days_between", arguments=(("from", fact("van")), ("to", fact("tot"))))
    assert worth_of_sum(asked, worth) == 7
    assert told_sum(asked, worth) == "(12-10-2026 - 5-10-2026) = 7"
    back = Compute(function="days_between", arguments=(("from", fact("tot")), ("to", fact("van"))))
    assert worth_of_sum(back, worth) == -7


def test_dividing_by_nothing_is_unknown_for_that_reason_and_no_other() -> None:
    assert divides_by_nothing(call("plus", number(1), call("divide", number(3), fact("niets"))), worth)
    assert not divides_by_nothing(call("divide", number(3), fact("onbekend")), worth)
    assert not divides_by_nothing(MISSED, worth)


@given(st.lists(st.decimals(-9999, 9999, places=2), min_size=2, max_size=6))
def test_plus_and_subtract_undo_each_other(numbers: list[object]) -> None:
    literals = [number(float(str(one))) for one in numbers]
    total = call("plus", *literals)
    rest = call("subtract", total, *literals[1:])
    assert worth_of_sum(rest, worth) == literals[0].value


@pytest.mark.parametrize(
    ("written", "text"), [(12, "12"), (0.5, "0,5"), (1234567.25, "1234567,25"), (Fraction(1, 3), "0,333333")]
)
def test_a_number_is_written_with_all_its_decimals(written: float, text: str) -> None:
    assert write_number(written) == text


DONE, ALL = FactRef(fact="gedaan"), FactRef(fact="alles")


def share(of: Expression) -> Compute:
    return Compute(function="share", arguments=(("part", DONE), ("of", of)))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (DONE, False),
        (share(Literal(value=6)), False),
        (share(Literal(value=0)), True),
        (share(ALL), True),
        (Compute(function="subtract", arguments=(("", Literal(value=1)), ("", share(ALL)))), True),
        (Compute(function="plus", arguments=(("", DONE), ("", ALL))), False),
    ],
)
def test_only_what_divides_by_what_may_be_0_may_give_nothing(expression: Expression, expected: bool) -> None:
    assert may_give_nothing(expression) is expected
