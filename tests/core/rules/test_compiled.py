"""The compiled form gives the answers of the explaining evaluator."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.compiled import compile_condition, compile_rules
from engine.core.conditions import All, AnyOf, Literal, Operator, Test
from engine.core.errors import DefinitionError
from engine.core.facts import FactType
from engine.core.findings import conclude
from engine.core.orders import Conclusion
from engine.core.ruleset import HitPolicy, Row, Rule, Table
from engine.core.truth import evaluate
from tests.core.rules.strategies import World, around, conditions, declarations, declare, fact_values, rule_set, worlds

SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]


def outcome(world: World, compiled: bool) -> object:
    try:
        if compiled:
            return compile_rules(world.rules).findings(world.facts, world.around)
        found = conclude(world.rules, world.facts.get, world.around)
        return dict(found.values), dict(found.truth_by_rule)
    except DefinitionError as error:
        return str(error)


def typed(value: object) -> object:
    """Types along with values, for True equals 1."""
    if isinstance(value, tuple):
        return tuple(typed(part) for part in value)
    if isinstance(value, dict):
        return {key: typed(part) for key, part in value.items()}
    return type(value).__name__, value


@settings(max_examples=400, deadline=None, suppress_health_check=SLOW_DATA)
@given(worlds())
def test_a_compiled_rule_set_finds_what_the_explaining_evaluator_finds(world: World) -> None:
    assert typed(outcome(world, compiled=True)) == typed(outcome(world, compiled=False))


@settings(max_examples=400, deadline=None, suppress_health_check=SLOW_DATA)
@given(st.data())
def test_a_compiled_condition_has_the_truth_of_the_explained_one(data: st.DataObject) -> None:
    declared = data.draw(declarations("feit", most=4))
    condition = data.draw(conditions(declared, leaves=14))
    facts = data.draw(fact_values(declared))
    surroundings = around(declared)
    assert compile_condition(condition).truth(facts, surroundings) is evaluate(
        condition, facts.get, surroundings
    ).truth
