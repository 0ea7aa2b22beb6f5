"""Conclusions are drawn when asked for: in whatever order, they are what concluding everything gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from engine.core.content.ruleset import HitPolicy, Rule
from engine.core.errors import DefinitionError
from engine.core.evaluation.conclusions import Conclusions, PreparedRules
from engine.core.evaluation.outcomes import Branch, Producer, agreed_value, settle
from engine.core.language.conditions import ALWAYS, Expression, FactRef, Literal, Operator, Test
from engine.core.language.facts import FactType, Value
from engine.core.language.orders import Conclusion
from tests.core.rules.strategies import World, around, declare, rule_set, worlds
from tests.refusals import refused

SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]
OUTCOMES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("outcomes.yaml").read_text("utf-8"))


def known(world: World) -> Conclusions:
    return Conclusions(PreparedRules(world.rules), world.facts, world.around)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW_DATA)
@given(world=worlds(), data=st.data())
def test_facts_asked_in_any_order_are_those_that_concluding_all_gives(world: World, data: st.DataObject) -> None:
    try:
        expected = known(world).concluded()
    except DefinitionError:
        assume(condition=False)
    lazy = known(world)
    for fact in data.draw(st.permutations(world.rules.order)):
        ask_why_first = data.draw(st.booleans())
        reason = lazy.reason(fact) if ask_why_first else None
        value = lazy[fact] if lazy.is_concluded(fact) else None
        assert value == expected.get(fact)
        assert type(value) is type(expected.get(fact))
        assert reason is None or reason == known(world).reason(fact)
    assert lazy.concluded() == expected
    assert lazy.truths() == known(world).truths()


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW_DATA)
@given(world=worlds())
def test_a_reason_has_the_truth_that_is_judged_without_it(world: World) -> None:
    facts = known(world)
    try:
        facts.concluded()
    except DefinitionError:
        assume(condition=False)
    truths = facts.truths()
    for fact, producer in facts.prepared.producers.items():
        reason = facts.reason(fact)
        assert reason is not None
        judged = [part for part in reason.parts if part.kind != "sum"]  # how a value was computed is told behind them
        if len(judged) == len(producer.branches):
            expected = [truths[branch.subject] for branch in producer.branches]
            assert [part.truth for part in judged] == expected


def test_a_contradiction_is_told_when_its_fact_is_asked_for() -> None:
    declared = {name: declare(name, FactType.TEXT) for name in ("ruzie", "rust")}
    rules = tuple(
        Rule(id=f"{fact}_{value}", label="", when=ALWAYS, then=(Conclusion(fact=fact, value=Literal(value=value)),))
        for fact, value in (("ruzie", "x"), ("ruzie", "y"), ("rust", "z"))
    )
    facts = Conclusions(PreparedRules(rule_set(declared, rules, (), ("ruzie", "rust"))), {}, around(declared))
    assert facts["rust"] == "z"
    for ask in (lambda: facts["ruzie"], lambda: facts["ruzie"], lambda: facts.reason("ruzie"), facts.concluded):
        with refused(DefinitionError, "ruzie_x: x, ruzie_y: y"):
            ask()


def test_only_what_is_asked_for_is_looked_up() -> None:
    declared = {name: declare(name, FactType.YES_NO) for name in ("a", "b", "uit_a", "uit_b")}
    rules = tuple(
        Rule(
            id=f"r_{name}",
            label="",
            when=Test(fact=name, operator=Operator.IS, operand=Literal(value=True)),
            then=(Conclusion(fact=f"uit_{name}", value=Literal(value=True)),),
        )
        for name in ("a", "b")
    )
    asked: list[str] = []

    def find(fact: str) -> Value | None:
        asked.append(fact)
        return True

    prepared = PreparedRules(rule_set(declared, rules, (), ("uit_a", "uit_b")))
    facts = Conclusions(prepared, {}, around(declared), find)
    assert facts["uit_a"] is facts["uit_a"] is True
    assert facts.reason("uit_a") is not None
    assert asked == ["a"]


@pytest.mark.parametrize("row", OUTCOMES, ids=str)
def test_what_follows_from_truths_is_what_the_table_says(row: dict[str, Any]) -> None:
    values = {"onbekend": None, "p": "p", "q": "q"}
    said: list[Expression | None] = [FactRef(fact=one) if one else None for one in row["then"]]
    quiet = FactRef(fact=row["quiet"]) if "quiet" in row else None
    branches = tuple(Branch(f"r{number}", ALWAYS, then) for number, then in enumerate(said))
    hit = None if row["hit"] == "rules" else HitPolicy(row["hit"])
    producer = Producer(fact="uit", branches=branches, hit=hit, quiet=quiet, table="" if hit is None else "t")

    def worth(expression: Expression) -> Value | None:
        assert isinstance(expression, FactRef)
        return values[expression.fact]

    truths = [{"yes": True, "no": False, "?": None}[one] for one in row["truths"]]
    outcome = settle(producer, truths, worth)
    if row["gives"] == "contradiction":
        with pytest.raises(DefinitionError):
            agreed_value(producer, outcome)
    else:
        expected = row["gives"]
        assert agreed_value(producer, outcome) == (tuple(expected) if isinstance(expected, list) else expected)
        asked = {one.fact for one in outcome.lacking if isinstance(one, FactRef)}
        assert asked == set(row.get("asks", ()))
