"""Every way rows and rules can be true, false or unknown together: the compiled form concludes as the explained one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from engine.core.content.ruleset import HitPolicy, Row, Rule, RuleSet, Table
from engine.core.errors import DefinitionError
from engine.core.evaluation.conclusions import PreparedRules
from engine.core.language.conditions import Expression, FactRef, Literal, Operator, Test
from engine.core.language.facts import FactType, Value
from engine.core.language.orders import Conclusion
from tests.core.rules.strategies import around, conclude, declare, rule_set, run_compiled

GIVEN = {name: declare(name, FactType.YES_NO) for name in ("w0", "w1", "w2")}
SAYS: dict[str, Expression] = {
    "a": Literal(value="a"),
    "b": Literal(value="b"),
    "lijst": Literal(value=("a", "b")),
    "onbekend": FactRef(fact="weg"),
    "gegeven": FactRef(fact="er"),
}


def is_true(number: int) -> Test:
    return Test(fact=f"w{number}", operator=Operator.IS, operand=Literal(value=True))


def truths(number: int) -> Iterator[dict[str, Value]]:
    """Facts that make the conditions true, false or unknown in every combination."""
    for chosen in product((True, False, None), repeat=number):
        yield {"er": "a"} | {f"w{n}": value for n, value in enumerate(chosen) if value is not None}


def assert_same(rules: RuleSet, number: int) -> set[str]:
    """Both forms agree on every combination. Gives what was seen: a value, nothing, a contradiction."""
    surroundings = around(rules.facts)
    compiled = PreparedRules(rules).code
    seen = set()
    for facts in truths(number):
        try:
            found = conclude(rules, facts, surroundings)
            concluded = found.concluded()
        except DefinitionError as error:
            seen.add("contradiction")
            words = re.escape(str(error))
            with pytest.raises(DefinitionError, match=f"^{words}$"):
                compiled(facts, surroundings)
        else:
            seen.add("value" if "uit" in concluded else "nothing")
            assert compiled(facts, surroundings) == (concluded, found.truths())
    return seen


@pytest.mark.parametrize("hit", HitPolicy)
def test_tables_of_three_rows(hit: HitPolicy) -> None:
    declared = {**GIVEN, "uit": declare("uit", FactType.TEXTS), "later": declare("later", FactType.YES_NO)}
    after = Rule(
        id="later",
        label="",
        when=Test(fact="uit", operator=Operator.CONTAINS, operand=Literal(value="a")),
        then=(Conclusion(fact="later", value=Literal(value=True)),),
    )
    seen = set()
    for said in product(SAYS.values(), repeat=3):
        rows = tuple(Row(when=is_true(n), then=value) for n, value in enumerate(said))
        table = Table(id="t", label="", hit=hit, output="uit", rows=rows)
        seen |= assert_same(rule_set(declared, (after,), (table,), ("uit", "later")), 3)
    assert seen == {"value", "nothing"} | ({"contradiction"} if hit is HitPolicy.UNIQUE else set())


@pytest.mark.parametrize("kind", [FactType.TEXT, FactType.YES_NO])
def test_two_rules_for_one_fact(kind: FactType) -> None:
    declared = {**GIVEN, "uit": declare("uit", kind)}
    wordings = [
        {"then": then, "otherwise": otherwise}
        for then, otherwise in product(("a", "b", "onbekend", None), ("b", "onbekend", None))
        if then or otherwise
    ]
    seen = set()
    for chosen in product(wordings, repeat=2):
        rules = tuple(
            Rule(
                id=f"r{n}",
                label="",
                when=is_true(n),
                then=conclusion(wording["then"]),
                otherwise=conclusion(wording["otherwise"]),
            )
            for n, wording in enumerate(chosen)
        )
        seen |= assert_same(rule_set(declared, rules, (), ("uit",)), 2)
    assert seen == {"value", "nothing", "contradiction"}


def conclusion(says: str | None) -> tuple[Conclusion, ...]:
    return (Conclusion(fact="uit", value=SAYS[says]),) if says else ()


def test_a_single_rule_with_each_wording() -> None:
    declared = {**GIVEN, "uit": declare("uit", FactType.YES_NO)}
    for then, otherwise in product((*SAYS, None), repeat=2):
        if then or otherwise:
            rule = Rule(id="r", label="", when=is_true(0), then=conclusion(then), otherwise=conclusion(otherwise))
            assert_same(rule_set(declared, (rule,), (), ("uit",)), 1)


def test_a_given_value_stands_in_for_a_conclusion_that_stays_unknown() -> None:
    declared = {**GIVEN, "uit": declare("uit", FactType.TEXT), "later": declare("later", FactType.TEXT)}
    rules = (
        Rule(id="r", label="", when=is_true(0), then=conclusion("b")),
        Rule(id="l", label="", when=is_true(1), then=(Conclusion(fact="later", value=FactRef(fact="uit")),)),
    )
    made = rule_set(declared, rules, (), ("uit", "later"))
    facts: dict[str, Value] = {"w1": True, "uit": "gegeven"}
    surroundings = around(declared)
    assert conclude(made, facts, surroundings).concluded() == {"later": "gegeven"}
    assert run_compiled(made, facts, surroundings)[0] == {"later": "gegeven"}
    assert run_compiled(made, {**facts, "w0": True}, surroundings)[0] == {"uit": "b", "later": "b"}
