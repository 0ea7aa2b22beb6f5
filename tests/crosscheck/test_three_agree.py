"""Three evaluators, one answer: explaining, compiled, and durable-rules in its own process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.core.content.ruleset import Rule, RuleSet
from engine.core.errors import DefinitionError
from engine.core.evaluation.conclusions import Conclusions, PreparedRules
from engine.core.language.conditions import All, AnyOf, Condition, Literal, Not, Operator, Test
from engine.core.language.facts import FactRule, FactType, Value
from engine.core.language.orders import Conclusion
from engine.crosscheck.branches import BRANCHES_AT_MOST
from engine.crosscheck.partner import Agreement, SecondEvaluator
from tests.core.rules.strategies import (
    VALUES_BY_TYPE,
    World,
    around,
    conclude,
    conditions,
    declarations,
    declare,
    fact_values,
    rule_set,
    single_tests,
    worlds,
)

# Hypothesis with a child process: too long for the inner loop.
pytestmark = pytest.mark.slow

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def rules_for(declared: Mapping[str, FactRule], whens: Iterable[Condition]) -> RuleSet:
    """One rule for each condition; each concludes a fact of its own."""
    rules = tuple(
        Rule(id=f"r{n}", label="", when=when, then=(Conclusion(fact=f"uit.{n}", value=Literal(value=True)),))
        for n, when in enumerate(whens)
    )
    outputs = {f"uit.{n}": declare(f"uit.{n}", FactType.YES_NO) for n in range(len(rules))}
    return rule_set({**declared, **outputs}, rules, (), tuple(outputs))


def assert_all_agree(second: SecondEvaluator, rules: RuleSet, facts: Mapping[str, Value]) -> Conclusions:
    surroundings = around(rules.facts)
    found = conclude(rules, facts, surroundings)
    truths = found.truths()
    assert found.prepared.code(facts, surroundings) == (found.concluded(), truths)
    assert second.compare(found, truths) == Agreement(compared=len(truths), left_out={})
    return found


@settings(max_examples=120, deadline=None, suppress_health_check=QUIET)
@given(world=worlds())
def test_all_three_find_the_same_of_random_rule_sets(second: SecondEvaluator, world: World) -> None:
    try:
        conclude(world.rules, world.facts, world.around).concluded()
    except DefinitionError:
        assume(condition=False)
    assert_all_agree(second, world.rules, world.facts)


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_deep_conditions_are_split_without_changing_their_truth(second: SecondEvaluator, data: st.DataObject) -> None:
    declared = data.draw(declarations(least=2, most=5))
    rules = rules_for(declared, [data.draw(conditions(declared, depth=5))])
    for _ in range(3):
        assert_all_agree(second, rules, data.draw(fact_values(declared)))


@pytest.mark.parametrize("kind", FactType)
def test_all_three_agree_on_every_operator_and_every_value_of_its_type(second: SecondEvaluator, kind: FactType) -> None:
    tests = single_tests(kind)
    declared = {"feit": declare("feit", kind), "ander": declare("ander", kind)}
    rules = rules_for(declared, [*tests, *(Not(part=test) for test in tests)])
    for actual, other in product((None, *VALUES_BY_TYPE[kind]), repeat=2):
        given_facts = {name: value for name, value in (("feit", actual), ("ander", other)) if value is not None}
        found = assert_all_agree(second, rules, given_facts)
        if actual is None:
            unknown = {name for name, truth in found.truths().items() if truth is None}
            assert len(unknown) >= len(found.truths()) - 4, "only the tests for known may be sure"


def test_a_condition_of_a_million_combinations_stays_small(second: SecondEvaluator) -> None:
    declared = {f"f{n}": declare(f"f{n}", FactType.CHOICE) for n in range(20)}
    pairs = [any_of_two(name) for name in declared]
    rules = rules_for(declared, [All(parts=tuple(pairs)), Not(part=AnyOf(parts=tuple(pairs)))])
    branches = [
        branch for stage in second.program_of(PreparedRules(rules)).stages for ruleset in stage for branch in ruleset
    ]
    assert len(branches) < 300
    assert max(sum(branch[0] == target for branch in branches) for target, _ in branches) <= BRANCHES_AT_MOST
    everything = dict.fromkeys(declared, "a")
    assert assert_all_agree(second, rules, everything).truths() == {"r0": True, "r1": False}
    assert assert_all_agree(second, rules, {**everything, "f7": "c"}).truths() == {"r0": False, "r1": False}
    del everything["f7"]
    assert assert_all_agree(second, rules, everything).truths() == {"r0": None, "r1": False}
    assert assert_all_agree(second, rules, dict.fromkeys(declared, "c")).truths() == {"r0": False, "r1": True}


def any_of_two(fact: str) -> AnyOf:
    return AnyOf(parts=tuple(Test(fact=fact, operator=Operator.IS, operand=Literal(value=v)) for v in ("a", "b")))
