"""Each limit of durable-rules 2.0.28 has its place in the fence; inside it the answers are right."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import UsageError
from engine.core.evaluation.conclusions import PreparedRules
from engine.core.language.conditions import All, AnyOf, Condition, Literal, Operator, Test
from engine.core.language.facts import FactType, Value
from engine.crosscheck.branches import FiringRule
from engine.crosscheck.checks import FieldCheck
from engine.crosscheck.fence import (
    FIELDS_AT_MOST,
    LARGEST_WHOLE,
    TRUE_AT_MOST,
    VALUES_AT_MOST,
    FieldNames,
    clashing_names,
    encode_text,
    encode_value,
    hash_name,
)
from engine.crosscheck.fields import Member, StageField
from engine.crosscheck.partner import COMMAND, Agreement, Difference, Failure, SecondEvaluator, why_absent
from engine.crosscheck.translation import fields_of, left_out, pack
from engine.words.saying import say
from tests.core.rules.strategies import around, conclude, declare
from tests.crosscheck.test_three_agree import assert_all_agree, rules_for

pytestmark = pytest.mark.long

TWINS = ("income_mail_town_request", "phone_end_noise_start")


def test(fact: str, operator: Operator, value: Value) -> Test:
    return Test(fact=fact, operator=operator, operand=Literal(value=value))


test.__test__ = False  # type: ignore[attr-defined]


def ask_child(*requests: Mapping[str, object]) -> list[dict[str, object]]:
    """The answers of a child of its own, which must end by itself."""
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    ran = subprocess.run(COMMAND, input=lines, capture_output=True, encoding="utf-8", timeout=60, check=False)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_two_names_with_one_hash_get_names_that_differ() -> None:
    assert hash_name(TWINS[0]) == hash_name(TWINS[1])
    assert clashing_names(TWINS) == TWINS
    names = FieldNames()
    chosen = [names.choose(name) for name in (*TWINS, "sid", "id", "Ünï.cødé", "ünï.cødé", "")]
    assert chosen[0] == TWINS[0]
    assert clashing_names(chosen) is None
    assert len(set(chosen)) == len(chosen)


def test_facts_whose_names_share_a_hash_are_not_mixed_up(second: SecondEvaluator) -> None:
    declared = {name: declare(name, FactType.NUMBER) for name in TWINS}
    rules = rules_for(declared, [test(name, Operator.IS, 1) for name in TWINS])
    assert assert_all_agree(second, rules, {TWINS[1]: 1}).truths() == {"r0": None, "r1": True}
    assert assert_all_agree(second, rules, {TWINS[0]: 1, TWINS[1]: 2}).truths() == {"r0": True, "r1": False}


@pytest.mark.skipif(bool(why_absent()), reason=why_absent())
def test_the_child_refuses_a_program_with_names_that_share_a_hash() -> None:
    ruleset = [["true_0", [["eq", TWINS[0], 1], ["eq", TWINS[1], 1]]]]
    answer, *rest = ask_child({"load": "x", "stages": [[ruleset]], "targets": {}}, {"evaluate": "x", "values": {}})
    assert "share a hash" in str(answer["error"])
    assert not rest, "after an error the child takes no further request"


@pytest.mark.parametrize("number", [61, 130, 450])
def test_many_rules_that_are_all_true_are_split_over_rulesets(second: SecondEvaluator, number: int) -> None:
    declared = {f"f{n}": declare(f"f{n}", FactType.NUMBER) for n in range(number)}
    rules = rules_for(declared, [test(name, Operator.AT_LEAST, 1) for name in declared])
    stages = second.program_of(PreparedRules(rules)).stages
    assert all(len(ruleset) < TRUE_AT_MOST for stage in stages for ruleset in stage)
    found = assert_all_agree(second, rules, dict.fromkeys(declared, 1))
    assert set(found.truths().values()) == {True}
    assert len(found.truths()) == number


def test_three_hundred_rules_on_one_shared_condition_agree(second: SecondEvaluator) -> None:
    declared = {"a": declare("a", FactType.NUMBER)}
    rules = rules_for(declared, [test("a", Operator.IS, 1)] * 300)
    assert set(assert_all_agree(second, rules, {"a": 1}).truths().values()) == {True}


def test_six_hundred_values_of_one_fact_agree(second: SecondEvaluator) -> None:
    declared = {"a": declare("a", FactType.TEXT)}
    values = tuple(f"waarde {n}" for n in range(600))
    listed = [test("a", Operator.IN, values), test("a", Operator.NOT_IN, values)]
    rules = rules_for(declared, [*(test("a", Operator.IS, value) for value in values[:90]), *listed])
    found = assert_all_agree(second, rules, {"a": "waarde 599"})
    assert (found.truths()["r90"], found.truths()["r91"]) == (True, False)
    found = assert_all_agree(second, rules, {"a": "waarde 600"})
    assert (found.truths()["r90"], found.truths()["r91"]) == (False, True)


def test_four_hundred_facts_in_one_condition_agree(second: SecondEvaluator) -> None:
    declared = {f"f{n}": declare(f"f{n}", FactType.YES_NO) for n in range(400)}
    parts = tuple(test(name, Operator.IS, value=True) for name in declared)
    rules = rules_for(declared, [All(parts=parts), AnyOf(parts=parts)])
    everything: dict[str, Value] = dict.fromkeys(declared, True)
    assert assert_all_agree(second, rules, everything).truths() == {"r0": True, "r1": True}
    assert assert_all_agree(second, rules, {**everything, "f399": False}).truths() == {"r0": False, "r1": True}
    del everything["f200"]
    assert assert_all_agree(second, rules, everything).truths() == {"r0": None, "r1": True}


def check_item(fact: int, item: int, value: int) -> FieldCheck:
    return FieldCheck(field=Member(fact=f"f{fact}", item=str(item)), relation="eq", value=value)


@given(st.lists(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 700)), max_size=30), max_size=150))
@settings(max_examples=30, deadline=None)
def test_packing_keeps_every_branch_in_order_and_every_ruleset_within_the_fence(
    drawn: list[list[tuple[int, int]]],
) -> None:
    branches = [
        FiringRule(target=f"t{number}", checks=tuple(check_item(fact, number % 9, value) for fact, value in checks))
        for number, checks in enumerate(drawn)
    ]
    packed = pack(branches)
    assert [branch for ruleset in packed for branch in ruleset] == branches
    for ruleset in packed:
        assert len(ruleset) < TRUE_AT_MOST
        assert len({found for branch in ruleset for found in fields_of(branch)}) < FIELDS_AT_MOST


def test_a_field_with_more_values_than_it_bears_starts_a_new_ruleset() -> None:
    values = range(VALUES_AT_MOST + 100)
    checks = [FieldCheck(field=StageField(target="p"), relation="ne", value=value) for value in values]
    branches = [FiringRule(target=f"t{n}", checks=tuple(checks[n : n + 20])) for n in range(0, len(checks), 20)]
    packed = pack(branches)
    assert len(packed) == 2
    for ruleset in packed:
        assert len({check.value for branch in ruleset for check in branch.checks}) <= VALUES_AT_MOST


def test_the_text_five_and_the_number_five_stay_apart(second: SecondEvaluator) -> None:
    declared = {"getal": declare("getal", FactType.NUMBER), "tekst": declare("tekst", FactType.TEXT)}
    whens: list[Condition] = [
        test("getal", Operator.IS, "5"),
        test("getal", Operator.IS, 5),
        test("tekst", Operator.IS, "5"),
        test("tekst", Operator.IS, 5),
        test("tekst", Operator.IS_NOT, 5),
        test("getal", Operator.IS, value=True),
        test("tekst", Operator.IS, "true"),
    ]
    rules = rules_for(declared, whens)
    found = assert_all_agree(second, rules, {"getal": 5, "tekst": "5"})
    assert [*found.truths().values()] == [False, True, True, False, True, False, False]
    found = assert_all_agree(second, rules, {"getal": 1, "tekst": "true"})
    assert [*found.truths().values()] == [False, False, False, False, True, False, True]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FactType.NUMBER, "5"),
        (FactType.NUMBER, True),
        (FactType.NUMBER, float("nan")),
        (FactType.NUMBER, float("inf")),
        (FactType.NUMBER, 1e22),
        (FactType.NUMBER, 1e-7),
        (FactType.NUMBER, LARGEST_WHOLE + 1),
        (FactType.NUMBER, 2**63),
        (FactType.TEXT, 5),
        (FactType.YES_NO, 1),
        (FactType.DATE, datetime(2026, 8, 1, tzinfo=UTC)),
        (FactType.DATE, "2026-08-01"),
        (FactType.MOMENT, date(2026, 8, 1)),
        (FactType.MOMENT, datetime(2026, 8, 1)),  # noqa: DTZ001
        (FactType.CHOICES, "p"),
    ],
)
def test_a_value_that_durable_rules_would_misread_is_a_failure_and_never_an_answer(
    second: SecondEvaluator, kind: FactType, value: Value
) -> None:
    literal = {FactType.DATE: date(2026, 8, 1), FactType.MOMENT: datetime(2026, 8, 1, tzinfo=UTC)}.get(kind, 5)
    when = test("f", Operator.CONTAINS, "p") if kind.is_list else test("f", Operator.IS, literal)
    when = test("f", Operator.IS, value=True) if kind is FactType.YES_NO else when
    when = test("f", Operator.IS, "5") if kind is FactType.TEXT else when
    rules = rules_for({"f": declare("f", kind)}, [when])
    for truth in (True, False):
        verdict = second.compare(conclude(rules, {"f": value}, around(rules.facts)), {"r0": truth})
        assert isinstance(verdict, Failure)
        assert "'f' kan niet naar de tweede beoordelaar" in verdict.reason


def test_a_literal_outside_the_fence_leaves_its_rule_out_and_says_so(second: SecondEvaluator) -> None:
    declared = {"f": declare("f", FactType.NUMBER)}
    rules = rules_for(declared, [test("f", Operator.LESS, 1e22), test("f", Operator.LESS, 3)])
    program = second.program_of(PreparedRules(rules))
    assert program.subjects == ("r1",)
    assert program.left_out["r0"] == ("too_fine", "1e+22")
    (told,) = left_out(rules, program)
    assert say(told).why == "Reden: 1e+22 is te groot of te fijn."
    verdict = second.compare(conclude(rules, {"f": 2}, around(declared)), {"r0": True, "r1": True})
    assert verdict == Agreement(compared=1, left_out=program.left_out)


def test_a_fact_nobody_declares_leaves_its_rule_out(second: SecondEvaluator) -> None:
    rules = rules_for({}, [test("weg", Operator.IS, 1)])
    assert second.program_of(PreparedRules(rules)).left_out == {"r0": ("undeclared", "weg")}


NASTY = [
    "", " ", "a", "a\nb", "tab\t", '"', "'", "\\", "\\n", "}", "]", "{", "a]b{,:", "Zoë", "中文", "😀", "null",
    "\x00nul", "\u2028", "%", "%25;", "%%", "e\u0301", "é", "5", "5.0", "true", "x" * 600, "x" * 601, "\ud800", "sid",
]  # fmt: skip


def test_texts_that_json_or_durable_rules_could_spoil_stay_themselves(second: SecondEvaluator) -> None:
    declared = {"t": declare("t", FactType.TEXT)}
    rules = rules_for(declared, [test("t", Operator.IS, text) for text in NASTY])
    for number, text in enumerate(NASTY):
        found = assert_all_agree(second, rules, {"t": text})
        assert [name for name, truth in found.truths().items() if truth] == [f"r{number}"]


@given(st.text(), st.text())
@settings(max_examples=200, deadline=None)
def test_different_texts_are_never_encoded_the_same(one: str, other: str) -> None:
    assert (encode_text(one) == encode_text(other)) is (one == other)
    assert encode_text(one).isascii()


def test_different_nasty_texts_are_never_encoded_the_same() -> None:
    assert all(encode_text(one) != encode_text(other) for one, other in combinations(NASTY, 2))


def test_whole_numbers_and_parts_compare_exactly(second: SecondEvaluator) -> None:
    numbers = [0, -0.0, 1, 1.0, 0.1, 0.3, 0.1 + 0.2, -1.5, 2**31, LARGEST_WHOLE, -LARGEST_WHOLE, 0.0001, 123456.789]
    rules = rules_for({"n": declare("n", FactType.NUMBER)}, [test("n", Operator.IS, number) for number in numbers])
    for number in numbers:
        assert_all_agree(second, rules, {"n": number})


def test_dates_are_numbers_and_moments_whole_microseconds() -> None:
    assert encode_value("date", date(2026, 8, 2), "f") == date(2026, 8, 1).toordinal() + 1
    late = datetime(2026, 8, 1, 0, 0, 0, 1, tzinfo=UTC)
    early = datetime(2026, 8, 1, tzinfo=UTC)
    assert encode_value("moment", late, "f") == encode_value("moment", early, "f") + 1  # type: ignore[operator]
    with pytest.raises(UsageError, match="unfit_for_second"):
        encode_value("moment", datetime(2026, 8, 1), "f")  # noqa: DTZ001


def test_a_rule_of_only_missing_facts_returns(second: SecondEvaluator) -> None:
    rules = rules_for({"f": declare("f", FactType.TEXT)}, [test("f", Operator.KNOWN, value=False)])
    assert assert_all_agree(second, rules, {}).truths() == {"r0": True}
    assert assert_all_agree(second, rules, {"f": ""}).truths() == {"r0": False}


def test_conditions_without_parts_always_and_never_hold(second: SecondEvaluator) -> None:
    rules = rules_for({"f": declare("f", FactType.TEXT)}, [All(parts=()), AnyOf(parts=())])
    assert assert_all_agree(second, rules, {}).truths() == {"r0": True, "r1": False}


def test_a_difference_names_the_rule_the_facts_and_both_truths(second: SecondEvaluator) -> None:
    declared = {"f": declare("f", FactType.NUMBER), "g": declare("g", FactType.NUMBER)}
    rules = rules_for(declared, [test("f", Operator.IS, 1), test("g", Operator.IS, 1), test("f", Operator.IS, 2)])
    wrong = {"r0": False, "r1": None, "r2": None}
    verdict = second.compare(conclude(rules, {"f": 1}, around(declared)), wrong)
    assert verdict == Difference(rule="r0", facts={"f": 1}, truth=False, other=True, also=("r2",))
