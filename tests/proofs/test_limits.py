"""The proofs know what a fact can be: beyond its limits nothing happens, within them anything can (design 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.operators import holds
from engine.core.language.conditions import All, Condition, FactRef, Literal, Operator, Test
from engine.core.language.facts import DayLimit, FactRule, FactType, Value
from engine.core.language.limits import broken_limit
from engine.proofs.solver import can_hold
from tests.proofs.samples import good_contents

TODAY = FactRef(fact="today")


def rules_with(**limits: Any) -> RuleSet:
    """Rules of which two facts, a number `n` and a day `d`, have limits."""
    day = {name: limits.pop(name) for name in ("not_before", "not_after") if name in limits}
    facts = (
        FactRule(id="n", type=FactType.NUMBER, label="n", **limits),
        FactRule(id="d", type=FactType.DATE, label="d", **day),
    )
    return replace(good_contents()[0].rules, facts={one.id: one for one in facts}, rules=(), tables=(), order=())


def asks(fact: str, operator: Operator, value: Value) -> Test:
    return Test(fact=fact, operator=operator, operand=Literal(value=value))


@pytest.mark.parametrize(
    ("limits", "condition", "possible"),
    [
        ({}, asks("n", Operator.LESS, 0), True),
        ({"at_least": 0}, asks("n", Operator.LESS, 0), False),
        ({"at_least": 0}, asks("n", Operator.AT_MOST, 0), True),
        ({"at_most": 160}, asks("n", Operator.MORE, 160), False),
        ({"at_most": 160}, asks("n", Operator.MORE, 159.5), True),
        ({"at_most": 160, "whole": True}, asks("n", Operator.MORE, 159.5), True),
        ({"whole": True}, All(parts=(asks("n", Operator.MORE, 1), asks("n", Operator.LESS, 2))), False),
        ({"whole": True}, All(parts=(asks("n", Operator.MORE, -2), asks("n", Operator.LESS, 0))), True),
        ({}, All(parts=(asks("n", Operator.MORE, 1), asks("n", Operator.LESS, 2))), True),
        ({"not_before": DayLimit(day=date(2026, 8, 1))}, asks("d", Operator.BEFORE, date(2026, 8, 1)), False),
        ({"not_before": DayLimit(day=date(2026, 8, 1))}, asks("d", Operator.BEFORE, date(2026, 8, 2)), True),
        ({"not_after": DayLimit(day=date(2026, 8, 1))}, asks("d", Operator.AFTER, date(2027, 1, 1)), False),
        ({"not_after": DayLimit(fact="today")}, Test(fact="d", operator=Operator.AFTER, operand=TODAY), False),
        ({"not_after": DayLimit(fact="today")}, Test(fact="d", operator=Operator.ON_OR_BEFORE, operand=TODAY), True),
        ({"not_after": DayLimit(fact="today", plus="1 weeks")},
         Test(fact="d", operator=Operator.AFTER, operand=TODAY), True),
    ],
)  # fmt: skip
def test_the_proofs_know_the_limits_of_a_fact(limits: dict[str, Any], condition: Condition, possible: bool) -> None:
    assert can_hold(rules_with(**limits), condition) is possible


NUMBERS = st.one_of(st.integers(-4, 4), st.sampled_from([-1.5, -0.5, 0.5, 1.5, 2.5]))
COMPARED = st.sampled_from([Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST, Operator.IS])
DAYS = st.integers(0, 9).map(lambda number: date(2026, 8, 1) + timedelta(days=number))
ORDERED = st.sampled_from([Operator.BEFORE, Operator.ON_OR_BEFORE, Operator.AFTER, Operator.ON_OR_AFTER, Operator.IS])


@pytest.mark.long
@given(
    bounds=st.tuples(st.none() | NUMBERS, st.none() | NUMBERS, st.booleans()),
    tests=st.lists(st.tuples(COMPARED, NUMBERS), min_size=1, max_size=3),
    number=NUMBERS,
)
@settings(max_examples=300, deadline=None)
def test_a_number_that_can_be_given_is_never_called_impossible(
    bounds: tuple[Any, Any, bool], tests: list[tuple[Operator, float]], number: float
) -> None:
    rules = rules_with(at_least=bounds[0], at_most=bounds[1], whole=bounds[2])
    assume(broken_limit(rules.facts["n"], number) is None)
    true = [asks("n", operator, value) for operator, value in tests if holds(operator, number, value)]
    assert can_hold(rules, All(parts=tuple(true)))


@given(
    first=st.none() | DAYS, last=st.none() | DAYS,
    tests=st.lists(st.tuples(ORDERED, DAYS), min_size=1, max_size=3), day=DAYS,
)  # fmt: skip
@pytest.mark.long
@settings(max_examples=300, deadline=None)
def test_a_day_that_can_be_given_is_never_called_impossible(
    first: date | None, last: date | None, tests: list[tuple[Operator, date]], day: date
) -> None:
    rules = rules_with(not_before=DayLimit(day=first), not_after=DayLimit(day=last))
    assume(broken_limit(rules.facts["d"], day) is None)
    true = [asks("d", operator, value) for operator, value in tests if holds(operator, day, value)]
    assert can_hold(rules, All(parts=tuple(true)))
