"""The two solvers behind the port agree, whatever is asked: one tries, the other reasons (F-47)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from engine.core.language.conditions import All, Literal, Operator, Test
from engine.core.language.facts import Choice, FactRule, FactType
from engine.proofs.knowledge import Knowledge
from engine.proofs.solver import Enumerator, TooManyError, solver_for
from engine.proofs.symbolic import Symbolic
from tests.core.rules.strategies import World, conditions, worlds
from tests.proofs.test_limits import rules_with

pytestmark = pytest.mark.long


@given(worlds(), st.data())
@settings(max_examples=150, deadline=None)
def test_who_reasons_and_who_tries_say_the_same(world: World, data: st.DataObject) -> None:
    condition = data.draw(conditions(world.rules.facts))
    known = data.draw(st.frozensets(st.sampled_from(sorted(world.rules.facts)))) if world.rules.facts else frozenset()
    knowledge = Knowledge(known=known)
    tries, reasons = Enumerator(world.rules), Symbolic(world.rules)
    try:
        tried, always = tries.example(condition, knowledge), tries.always(condition, knowledge)
    except TooManyError:
        reject()
    reasoned = reasons.example(condition, knowledge)
    assert (reasoned is None) is (tried is None)
    assert reasoned is None or reasoned.truth(condition) is True, "the example is one"
    assert reasons.always(condition, knowledge) is always


def test_what_cannot_be_tried_is_reasoned_about() -> None:
    names = [f"f{number}" for number in range(40)]
    facts = {
        name: FactRule(
            id=name, type=FactType.CHOICE, label=name, choices=(Choice(id="a", label="A"), Choice(id="b", label="B"))
        )
        for name in names
    }

    rules = replace(rules_with(), facts=facts)
    asked = All(parts=tuple(Test(fact=name, operator=Operator.IS, operand=Literal(value="a")) for name in names))
    with pytest.raises(TooManyError):
        Enumerator(rules).always(asked, Knowledge())
    found = solver_for(rules).example(asked)
    assert found is not None
    assert set(found.values.values()) == {"a"}
    impossible = All(parts=(asked, Test(fact="f7", operator=Operator.IS, operand=Literal(value="b"))))
    assert solver_for(rules).example(impossible) is None
    assert not solver_for(rules).always(asked, Knowledge())
