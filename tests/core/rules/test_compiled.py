"""The compiled form gives the answers of the explaining evaluator."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.content.ruleset import HitPolicy, Row, Rule, Table
from engine.core.errors import DefinitionError
from engine.core.evaluation.conclusions import PreparedRules
from engine.core.evaluation.explanation import evaluate
from engine.core.language.conditions import ALWAYS, All, AnyOf, FactRef, Literal, Not, Operator, Test
from engine.core.language.facts import FactType
from engine.core.language.orders import Conclusion
from engine.words.of_errors import say_whole
from tests.core.rules.strategies import (
    VALUES_BY_TYPE,
    World,
    around,
    compile_condition,
    conclude,
    conditions,
    declarations,
    declare,
    fact_values,
    rule_set,
    run_compiled,
    single_tests,
    worlds,
)

NEVER = AnyOf(parts=())
SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]


def outcome(world: World, compiled: bool) -> object:
    try:
        if compiled:
            return run_compiled(world.rules, world.facts, world.around)
        found = conclude(world.rules, world.facts, world.around)
        return found.concluded(), found.truths()
    except DefinitionError as error:
        return str(error)


def typed(value: object) -> object:
    """Types along with values, for True equals 1."""
    if isinstance(value, tuple):
        return tuple(typed(part) for part in value)
    if isinstance(value, dict):
        return {key: typed(part) for key, part in value.items()}
    return type(value).__name__, value


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW_DATA)
@given(worlds())
def test_a_compiled_rule_set_finds_what_the_explaining_evaluator_finds(world: World) -> None:
    assert typed(outcome(world, compiled=True)) == typed(outcome(world, compiled=False))


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW_DATA)
@given(st.data())
def test_a_compiled_condition_has_the_truth_of_the_explained_one(data: st.DataObject) -> None:
    declared = data.draw(declarations(most=4))
    condition = data.draw(conditions(declared, depth=4))
    facts = data.draw(fact_values(declared))
    surroundings = around(declared)
    assert compile_condition(condition)(facts, surroundings) is evaluate(condition, facts.get, surroundings).truth


@pytest.mark.parametrize("kind", FactType)
def test_every_operator_is_compiled_right_for_every_value_of_its_type(kind: FactType) -> None:
    surroundings = around({"feit": declare("feit", kind), "ander": declare("ander", kind)})
    values = (None, *VALUES_BY_TYPE[kind])
    for test in single_tests(kind):
        for condition in (test, Not(part=test), All(parts=(test, ALWAYS)), AnyOf(parts=(test, NEVER))):
            compiled = compile_condition(condition)
            for actual, other in product(values, values if test.operand == FactRef(fact="ander") else (None,)):
                facts = {name: v for name, v in (("feit", actual), ("ander", other)) if v is not None}
                expected = evaluate(condition, facts.get, surroundings).truth
                assert compiled(facts, surroundings) is expected, (condition, facts)


def concluding(name: str, when: Test | All, value: str, fact: str = "soort") -> Rule:
    return Rule(id=name, label="", when=when, then=(Conclusion(fact=fact, value=Literal(value=value)),))


def test_two_true_rules_that_disagree_are_told_in_the_words_of_the_explaining_evaluator() -> None:
    declared = {"soort": declare("soort", FactType.TEXT)}
    rules = rule_set(declared, (concluding("een", ALWAYS, "x"), concluding("twee", ALWAYS, "y")), (), ("soort",))
    with pytest.raises(DefinitionError) as compiled:
        run_compiled(rules, {}, around(declared))
    with pytest.raises(DefinitionError) as explained:
        conclude(rules, {}, around(declared)).concluded()
    assert str(compiled.value) == str(explained.value)
    assert "een: x, twee: y" in say_whole(compiled.value)


def test_a_table_of_two_thousand_rows_compiles() -> None:
    declared = {"n": declare("n", FactType.NUMBER), "uit": declare("uit", FactType.NUMBER)}
    rows = tuple(
        Row(when=Test(fact="n", operator=Operator.IS, operand=Literal(value=n)), then=Literal(value=n * 2))
        for n in range(2000)
    )
    table = Table(id="t", label="", hit=HitPolicy.FIRST, output="uit", rows=rows)
    compiled = PreparedRules(rule_set(declared, (), (table,), ("uit",))).code
    assert compiled({"n": 1500}, around(declared))[0] == {"uit": 3000}
    assert compiled({}, around(declared))[0] == {}


@pytest.mark.parametrize("text", ["'; import os; '", "__import__('os')", "\x00", "k1", "{out}", "\ud800"])
def test_the_texts_and_names_of_an_author_stay_texts(text: str) -> None:
    declared = {text: declare(text, FactType.TEXT), "uit": declare("uit", FactType.TEXT)}
    test = Test(fact=text, operator=Operator.IS, operand=Literal(value=text))
    compiled = PreparedRules(rule_set(declared, (concluding(text, test, text, "uit"),), (), ("uit",))).code
    assert compiled({text: text}, around(declared)) == ({"uit": text}, {text: True})
    assert compiled({text: "iets anders"}, around(declared)) == ({}, {text: False})


def test_compiled_code_reaches_no_name_it_was_not_given() -> None:
    when = Test(fact="f", operator=Operator.AFTER, operand=Literal(value=date(2026, 8, 1)))
    declared = {"f": declare("f", FactType.DATE), "uit": declare("uit", FactType.TEXT)}
    compiled = PreparedRules(rule_set(declared, (concluding("r", All(parts=(when,)), "x", "uit"),), (), ("uit",))).code
    assert compiled.__globals__["__builtins__"] == {}  # type: ignore[attr-defined]


def test_a_rule_that_concludes_two_facts_counts_once_among_the_truths() -> None:
    declared = {"a": declare("a", FactType.YES_NO), "b": declare("b", FactType.TEXT)}
    then = (Conclusion(fact="a", value=Literal(value=True)), Conclusion(fact="b", value=Literal(value="ja")))
    rules = rule_set(declared, (Rule(id="beide", label="", when=ALWAYS, then=then),), (), ("a", "b"))
    assert run_compiled(rules, {}, around(declared)) == ({"a": True, "b": "ja"}, {"beide": True})
