"""What the proofs call certain is so in every case: held against the evaluator that decides real cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from engine.core.content.ruleset import Rule, RuleSet
from engine.core.errors import DefinitionError
from engine.core.evaluation.explanation import evaluate
from engine.core.language.conditions import All, Literal, Not, Operator, Test
from engine.core.language.facts import Choice, FactRule, FactType, Value
from engine.core.language.orders import Conclusion
from engine.proofs.asked_often import asked_often
from engine.proofs.deduction import Deduction
from engine.proofs.knowledge import Knowledge, both, either
from engine.proofs.situations import combined, space_of
from engine.proofs.solver import LIMIT, can_hold
from tests.core.rules.strategies import World, conclude, conditions, worlds

pytestmark = pytest.mark.long

FEW = settings(max_examples=100, deadline=None)


def values_in(world: World) -> Mapping[str, Value]:
    """The facts of the world with what its rules conclude from them."""
    try:
        values = {**world.facts, **conclude(world.rules, world.facts, world.around).concluded()}
    except DefinitionError:  # rules that contradict each other give no values at all
        reject()
    # The reader refuses rules that give a choice a value it does not know; the random ones may.
    for name, rule in world.rules.facts.items():
        chosen = values.get(name)
        listed = chosen if isinstance(chosen, tuple) else (chosen,)
        assume(chosen is None or not rule.choices or {choice.id for choice in rule.choices}.issuperset(listed))
    return values


def bare(world: World) -> World:
    """The world without values for facts that its rules conclude: nobody may set those."""
    facts = {name: value for name, value in world.facts.items() if name not in world.rules.order}
    return World(rules=world.rules, facts=facts, around=world.around)


def holds_of(knowledge: Knowledge, values: Mapping[str, Value]) -> bool:
    """Whether everything that is called known has a value, and one of those that are allowed."""
    return knowledge.known <= values.keys() and all(
        values[fact] in allowed for fact, allowed in knowledge.values.items() if fact in values
    )


@given(worlds(), st.data())
@FEW
def test_what_is_deduced_as_known_is_known(world: World, data: st.DataObject) -> None:
    world = bare(world)
    known = data.draw(st.frozensets(st.sampled_from(sorted(world.facts)))) if world.facts else frozenset()
    closed = Deduction(world.rules).close(Knowledge(known=known))
    assert holds_of(closed, values_in(world))


@given(worlds(), st.data())
@FEW
def test_what_a_true_or_false_condition_tells_is_so(world: World, data: st.DataObject) -> None:
    world = bare(world)
    values = values_in(world)
    condition = data.draw(conditions(world.rules.facts))
    truth = evaluate(condition, values.get, world.around).truth
    assume(truth is not None)
    deduction = Deduction(world.rules)
    assert holds_of(deduction.told_by(condition, truth=bool(truth)), values)
    if truth:
        assert holds_of(deduction.told_when(condition, Knowledge(known=frozenset(world.facts))), values)


@given(worlds(), st.data())
@FEW
def test_the_real_outcome_is_among_the_situations_that_are_tried(world: World, data: st.DataObject) -> None:
    values = values_in(bare(world))
    condition = data.draw(conditions(world.rules.facts))
    knowledge = Knowledge(known=frozenset(values))
    space = space_of(world.rules, (condition,), knowledge=knowledge)
    assume(space.size <= LIMIT)
    asked = asked_often(condition, space)
    found = [(situation.truth(condition), asked.truth(situation)) for situation in combined(space)]
    assert evaluate(condition, values.get, world.around).truth in {truth for truth, _ in found}
    assert [truth for truth, again in found if truth is not again] == [], "asked once for each difference it sees"


@given(worlds(), st.data())
@FEW
def test_conditions_that_hold_at_once_are_never_called_exclusive(world: World, data: st.DataObject) -> None:
    values = values_in(bare(world))
    drawn = (data.draw(conditions(world.rules.facts)) for _ in range(2))
    truths = tuple((one, evaluate(one, values.get, world.around).truth) for one in drawn)
    pair = tuple(one if truth else Not(part=one) for one, truth in truths if truth is not None)
    assert can_hold(world.rules, All(parts=pair))


knowledges = st.builds(
    Knowledge,
    known=st.frozensets(st.sampled_from("abc")),
    values=st.dictionaries(st.sampled_from("abc"), st.frozensets(st.sampled_from("xyz"), min_size=1)),
)
facts = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"))


@given(knowledges, knowledges, facts)
@FEW
def test_both_and_either_mean_what_they_say(one: Knowledge, other: Knowledge, values: dict[str, str]) -> None:
    assert holds_of(both(one, other), values) is (holds_of(one, values) and holds_of(other, values))
    if holds_of(one, values) or holds_of(other, values):
        assert holds_of(either((one, other)), values)


def test_a_rule_that_only_says_otherwise_does_not_have_to_be_false_for_its_value() -> None:
    """Found by chance by the property above: the proofs called a value impossible that the rules give."""
    kinds = {"soort": FactType.CHOICE, "uit": FactType.TEXT}
    choices = tuple(Choice(id=one, label=one) for one in "abc")
    facts = {
        name: FactRule(id=name, type=kind, label=name, choices=choices if name == "soort" else ())
        for name, kind in kinds.items()
    }
    said = (Conclusion(fact="uit", value=Literal(value="x")),)
    when = {one: Test(fact="soort", operator=Operator.IS, operand=Literal(value=one)) for one in "ab"}
    rules = RuleSet(
        id="proef", organisation="proef", title="Proef", valid_from=date(2026, 8, 1), facts=facts, tables=(), terms={},
        rules=(
            Rule(id="zegt", label="", when=when["b"], then=said),
            Rule(id="anders", label="", when=when["a"], then=(), otherwise=said),
        ),
        addressees={}, ladders={}, consents=(), order=("uit",), layers=(),
    )  # fmt: skip
    known = Test(fact="uit", operator=Operator.KNOWN, operand=Literal(value=True))
    told = Deduction(rules).told_by(known)
    assert "a" in told.values.get("soort", {"a"}), "with soort a the rules conclude x"
