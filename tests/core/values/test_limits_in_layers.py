"""What a higher layer says of a value narrows what is below; what it is silent about stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.language.facts import DayLimit, FactRule, FactType, Pattern
from engine.core.language.limits import broken_limit, over
from engine.definitions.checking.narrower import limits_widened

PATTERN = Pattern(id="nummer", form="[0-9]{4}", label="nummer", words="vier cijfers", example="1234")
NUMBERS = st.none() | st.integers(-20, 20)
DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


def number(**limits: Any) -> FactRule:
    return FactRule(id="maat", type=FactType.NUMBER, label="Maat", **limits)


def day(**limits: DayLimit | None) -> FactRule:
    return FactRule(id="dag", type=FactType.DATE, label="Dag", **limits)


@given(low=NUMBERS, high=NUMBERS, lower=NUMBERS, higher=NUMBERS, whole=st.booleans(), value=st.integers(-25, 25))
def test_a_layer_that_widens_nothing_lets_in_what_both_layers_let_in(
    low: int | None, high: int | None, lower: int | None, higher: int | None, whole: bool, value: int
) -> None:
    below, above = number(at_least=low, at_most=high, whole=whole), number(at_least=lower, at_most=higher)
    together = over(below, above)
    if not tuple(limits_widened(below, above)):
        both = broken_limit(below, value) is None and broken_limit(above, value) is None
        assert (broken_limit(together, value) is None) is both
    assert together.whole is whole


@given(first=st.none() | DAYS, second=st.none() | DAYS, value=DAYS)
def test_the_same_of_days(first: date | None, second: date | None, value: date) -> None:
    below = day(not_before=DayLimit(day=first) if first else None)
    above = day(not_before=DayLimit(day=second) if second else None)
    if not tuple(limits_widened(below, above)):
        both = broken_limit(below, value) is None and broken_limit(above, value) is None
        assert (broken_limit(over(below, above), value) is None) is both


@pytest.mark.parametrize(
    ("below", "above", "wider"),
    [
        ("20 years", "10 years", []),
        ("10 years", "20 years", ["not_before"]),
        ("10 years", "10 years", []),
        ("12 months", "1 years", []),
        ("1 weeks", "1 months", ["not_before"]),  # which is longer is not to be said: then it is wider
    ],
)
def test_a_day_that_follows_from_another_is_narrowed_by_a_shorter_way(below: str, above: str, wider: list[str]) -> None:
    held, said = (day(not_before=DayLimit(fact="today", minus=length)) for length in (below, above))
    assert list(limits_widened(held, said)) == wider


def test_a_day_that_follows_from_another_fact_is_not_compared() -> None:
    held, said = (day(not_after=DayLimit(fact=fact)) for fact in ("today", "begin"))
    assert list(limits_widened(held, said)) == ["not_after"]
    assert list(limits_widened(held, day())) == []


def test_what_is_said_anew_keeps_form_length_and_that_it_is_of_health() -> None:
    text = FactRule(id="n", type=FactType.TEXT, label="Nummer", pattern=PATTERN, max_length=4, special_category=True)
    again = over(text, FactRule(id="n", type=FactType.TEXT, label="Ons nummer"))
    assert (again.label, again.pattern, again.max_length, again.special_category) == ("Ons nummer", PATTERN, 4, True)
    other = replace(PATTERN, form="[0-9]{5}")
    assert list(limits_widened(text, replace(text, pattern=other, max_length=5))) == ["max_length", "pattern"]
