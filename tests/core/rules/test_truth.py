"""The explaining evaluator: three values, and what null, missing and a wrong type mean. The compiled form too."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode

from engine.core.evaluation.arithmetic import may_give_nothing
from engine.core.evaluation.explanation import evaluate
from engine.core.evaluation.reasons import Reason
from engine.core.language.conditions import All, AnyOf, Condition, FactRef, Literal, Not, Operator, Test, facts_in
from engine.core.language.conditions import tests_in as list_tests
from engine.core.language.facts import Value
from tests.core.rules.strategies import around, compile_condition, conditions, declarations, fact_values

HERE = Path(__file__).parent
NOTHING = around({})
TRUTHS: dict[object, bool | None] = {True: True, False: False, "unknown": None}


def read_table(name: str) -> list[dict[str, Any]]:
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("!day", lambda _, node: as_day(node))
    yaml.constructor.add_constructor("!moment", lambda _, node: datetime.fromisoformat(node.value))
    rows: list[dict[str, Any]] = yaml.load((HERE / name).read_text(encoding="utf-8"))
    return rows


def as_day(node: ScalarNode) -> date:
    return date.fromisoformat(node.value)


def as_value(written: object) -> Value:
    return tuple(written) if isinstance(written, list) else written  # type: ignore[return-value]


def condition_of(written: Any) -> Condition:
    if isinstance(written, dict) and "not" in written:
        return Not(part=condition_of(written["not"]))
    if isinstance(written, dict):
        kind = All if "all" in written else AnyOf
        return kind(parts=tuple(condition_of(part) for part in written.get("all", written.get("any"))))
    fact = "weg" if written == "unknown" else "ja"
    return Test(fact=fact, operator=Operator.IS, operand=Literal(value=written is True))


@pytest.mark.parametrize("row", read_table("kleene.yaml"), ids=str)
def test_joining_follows_the_tables_of_kleene(row: dict[str, Any]) -> None:
    condition = condition_of(row)
    expected = TRUTHS[row["truth"]]
    assert evaluate(condition, {"ja": True}.get, NOTHING).truth is expected
    assert compile_condition(condition)({"ja": True}, NOTHING) is expected


@pytest.mark.parametrize("row", read_table("semantics.yaml"), ids=str)
def test_null_missing_and_wrong_types_mean_what_the_table_says(row: dict[str, Any]) -> None:
    facts = {"f": as_value(row["fact"])} if "fact" in row else {}
    facts["operand"] = as_value(row["with"])
    for operand in (Literal(value=facts["operand"]), FactRef(fact="operand")):
        condition = Test(fact="f", operator=Operator(row["test"]), operand=operand)
        compiled = compile_condition(condition)
        if row["truth"] == "error":
            with pytest.raises(TypeError):
                evaluate(condition, facts.get, NOTHING)
            with pytest.raises(TypeError):
                compiled(facts, NOTHING)
        else:
            assert evaluate(condition, facts.get, NOTHING).truth is TRUTHS[row["truth"]]
            assert compiled(facts, NOTHING) is TRUTHS[row["truth"]]


def test_the_table_of_meanings_covers_every_operator_known_and_unknown() -> None:
    rows = read_table("semantics.yaml")
    assert {row["test"] for row in rows if "fact" not in row} == set(Operator)
    assert {row["test"] for row in rows if "fact" in row} == set(Operator)


def test_an_unknown_operand_makes_a_test_unknown_and_names_both_facts() -> None:
    condition = Test(fact="f", operator=Operator.IS_NOT, operand=FactRef(fact="g"))
    reason = evaluate(condition, {}.get, NOTHING)
    assert reason.truth is None
    assert reason.missing_facts() == ("f", "g")
    assert evaluate(condition, {"f": 1}.get, NOTHING).missing_facts() == ("g",)


def test_a_known_truth_asks_for_nothing() -> None:
    known = Test(fact="f", operator=Operator.IS, operand=Literal(value=1))
    other = Test(fact="weg", operator=Operator.IS, operand=Literal(value=1))
    assert evaluate(AnyOf(parts=(known, other)), {"f": 1}.get, NOTHING).missing_facts() == ()
    assert evaluate(AnyOf(parts=(known, other)), {"f": 2}.get, NOTHING).missing_facts() == ("weg",)


def add_up(reason: Reason) -> bool | None:
    """The truth of a reason, computed again from nothing but its parts."""
    if reason.kind == "test":
        return reason.truth
    parts = [add_up(part) for part in reason.parts]
    if reason.kind == "not":
        return None if parts[0] is None else not parts[0]
    if (reason.kind == "any") in parts:
        return reason.kind == "any"
    return None if None in parts else reason.kind == "all"


SOME = settings(max_examples=60, deadline=None)


@SOME
@given(st.data())
def test_a_reason_adds_up_to_its_truth_and_holds_every_test(data: st.DataObject) -> None:
    declared = data.draw(declarations())
    condition = data.draw(conditions(declared))
    facts = data.draw(fact_values(declared))
    reason = evaluate(condition, facts.get, around(declared))
    assert add_up(reason) is reason.truth
    assert count_tests(reason) == len(list_tests(condition))
    assert set(reason.missing_facts()) <= facts_in(condition) - set(facts)
    # Where something may be divided by 0 nothing needs to be missing for it to be unknown.
    is_divided = any(may_give_nothing(test.operand) for test in list_tests(condition))
    assert (reason.truth is None) >= bool(reason.missing_facts())
    assert is_divided or bool(reason.missing_facts()) is (reason.truth is None)


def count_tests(reason: Reason) -> int:
    return 1 if reason.kind == "test" else sum(map(count_tests, reason.parts))


@SOME
@given(st.data())
def test_the_order_in_which_facts_came_in_does_not_matter(data: st.DataObject) -> None:
    declared = data.draw(declarations())
    condition = data.draw(conditions(declared))
    facts = data.draw(fact_values(declared))
    shuffled = dict(data.draw(st.permutations(list(facts.items()))))
    assert evaluate(condition, facts.get, around(declared)) == evaluate(condition, shuffled.get, around(declared))


@SOME
@given(st.data())
def test_one_more_fact_never_turns_a_known_truth_unless_known_is_asked(data: st.DataObject) -> None:
    declared = data.draw(declarations())
    condition = data.draw(
        conditions(declared).filter(lambda found: all(t.operator is not Operator.KNOWN for t in list_tests(found)))
    )
    more = data.draw(fact_values(declared))
    fewer = {name: value for name, value in more.items() if data.draw(st.booleans())}
    before = evaluate(condition, fewer.get, around(declared)).truth
    after = evaluate(condition, more.get, around(declared)).truth
    assert before is None or after is before


@SOME
@given(st.data())
def test_a_denied_condition_is_the_other_way_round(data: st.DataObject) -> None:
    declared = data.draw(declarations())
    condition = data.draw(conditions(declared))
    facts = data.draw(fact_values(declared))
    inner = evaluate(condition, facts.get, around(declared)).truth
    assert evaluate(Not(part=condition), facts.get, around(declared)).truth is (None if inner is None else not inner)
