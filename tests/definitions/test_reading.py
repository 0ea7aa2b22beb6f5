"""What the files of the good sample say, as core values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.content.ruleset import HitPolicy
from engine.core.content.term_rules import TermRule
from engine.core.deciding.step import BlockerKind
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import ALWAYS, All, AnyOf, Compute, FactRef, Literal, Not, Operator, Test
from engine.core.language.conditions import tests_in as all_tests_in
from engine.core.legal_clock.period import Period, Unit
from engine.definitions.catalogue import Catalogue
from engine.definitions.reading.conclusion_order import order_conclusions
from engine.definitions.reading.script_file import read_script, read_test_file
from engine.definitions.script import ActKind, Draw, Expectation
from tests.definitions.rule_graphs import rules_that_read
from tests.refusals import refused

GOOD = Path(__file__).parent / "good"
RULES = "rules/dorp/kapvergunning/2026-01-01.yaml"
AT_TEN = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def content() -> Content:
    return Catalogue(GOOD).content("dorp", "kapvergunning", date(2026, 6, 1))


def test_a_condition_keeps_its_shape_and_the_place_of_each_question(content: Content) -> None:
    when = next(rule.when for rule in content.rules.rules if rule.id == "oude_boom")
    assert isinstance(when, AnyOf)
    first, second = when.parts
    assert first == Test(
        fact="boom.geplant_op",
        operator=Operator.BEFORE,
        operand=Literal(value=date(1950, 1, 1)),
        where=f"{RULES}:77:29",
    )
    assert isinstance(second, All)
    assert isinstance(second.parts[2], Not)
    lines = (GOOD / RULES).read_text(encoding="utf-8").splitlines()
    for test in all_tests_in(when):
        _, line, column = test.where.split(":")
        asked = lines[int(line) - 1][int(column) - 1 :]
        assert asked.startswith((test.fact, test.operator.value))


def test_expressions_become_references_literals_and_calls(content: Content) -> None:
    rule = next(rule for rule in content.rules.rules if rule.id == "einde")
    then, otherwise = rule.then[0].value, rule.otherwise[0].value
    assert then == Compute(
        function="shift", arguments=(("date", FactRef(fact="ontvangen_op")), ("plus", Literal(value="6 months")))
    )
    assert isinstance(otherwise, Compute)
    assert dict(otherwise.arguments)["years"] == Literal(value=1)


def test_a_term_of_a_letter_is_a_reference_to_its_last_day(content: Content) -> None:
    fields = {field.name: field for field in content.letters["B-01"].fields}
    assert fields["laatste_bezwaardag"].value == FactRef(fact="term.bezwaartermijn.last_day")
    assert fields["adres"].value == Literal(value="Postbus 1")
    assert [name for name, field in fields.items() if field.is_optional] == ["school"]


def test_a_term_keeps_all_it_says(content: Content) -> None:
    term = content.rules.terms["beslistermijn"]
    assert term.period == Period(6, Unit.WEEKS)
    assert term.extension is not None
    assert (term.extension.by, str(term.extension.period), term.extension.times) == ("verlengen", "4 weeks", 1)
    assert [(str(one.after), one.share, one.to, one.ask) for one in term.reminders] == [
        ("4 weeks", None, ("boswachter",), ()),
        ("None", 0.9, ("boswachter",), ("toekennen", "verlengen")),
    ]
    assert term.passing.tells == ("burgemeester",)
    assert [(one.workflow, one.entry) for one in term.passing.opens] == [("geschil", "te_laat")]
    assert content.rules.terms["bezwaartermijn"].sending_of == ("B-01",)


def test_tables_keep_their_policy_and_rows(content: Content) -> None:
    tables = {table.id: table for table in content.rules.tables}
    assert tables["leges_per_gebied"].hit is HitPolicy.FIRST
    assert [row.then for row in tables["stukken_per_boom"].rows] == [
        Literal(value="foto"),
        Literal(value=("tekening", "advies")),
    ]


def test_any_leaves_every_open_state_and_any_but_all_others(content: Content) -> None:
    origins = {
        name: [transition.origin for transition in content.workflow.transitions if transition.id == name]
        for name in ("intrekken", "vanzelf_weg", "verlengen")
    }
    assert origins == {
        "intrekken": ["concept", "ingediend", "wacht_op_stukken"],
        "vanzelf_weg": ["concept", "wacht_op_stukken"],
        "verlengen": ["ingediend"],
    }
    stays = next(transition for transition in content.workflow.transitions if transition.id == "verlengen")
    assert stays.target == "ingediend"


def test_consents_and_mandates_have_their_days(content: Content) -> None:
    consents = {one.sector: (one.given_on, one.valid_through, one.status) for one in content.rules.consents}
    assert consents == {
        "bos": (date(2025, 12, 1), date(2027, 12, 31), ""),
        "laan": (date(2025, 12, 15), None, "assumption"),
    }
    mandate = content.organisation.mandates[0]
    assert (mandate.holder, mandate.giver, mandate.valid_through) == ("boswachter", "burgemeester", date(2026, 12, 31))


def test_a_test_file_becomes_tests_and_stories() -> None:
    path = "rules/dorp/kapvergunning/tests/kap.yaml"
    found = read_test_file((GOOD / path).read_text(encoding="utf-8"), path, "dorp")
    (test,), (story,) = found.tests, found.stories
    assert test.on == datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
    assert test.expect.conclusions["nodige_stukken"] == ("foto", "tekening", "advies")
    assert test.expect.missing == {"einddatum": ("ontvangen_op", "gebied")}
    opening = story.opening
    assert opening is not None
    assert (opening.kind, opening.name, opening.on) == (ActKind.OPEN, "kapvergunning", AT_TEN)
    assert opening.expect is not None
    assert opening.expect.state == "concept"
    submit, record, wait, refused = story.ways[0].acts
    assert (submit.kind, submit.name, submit.role) == (ActKind.TAKE, "indienen", "aanvrager")
    assert submit.facts == {"gebied": Literal(value="bos")}
    assert submit.expect is not None
    assert submit.expect.terms == {"beslistermijn": date(2026, 7, 14), "stukken_termijn": None}
    assert submit.expect.letters == ()
    assert (record.kind, record.facts) == (ActKind.RECORD, {"boom.hoogte": Literal(value=12)})
    assert record.expect == Expectation(where=record.where), "a story is looked at after every act"
    assert (wait.kind, wait.facts) == (ActKind.WAIT, {})
    assert refused.refused == (BlockerKind.NO_MANDATE,)
    assert story.where == f"{path}:13:5"


def test_a_script_is_read_in_the_same_words() -> None:
    script = read_script(GOOD / "examples/dorp/acts.yaml")
    assert (script.starts_at, script.ends_at) == (
        datetime(2026, 6, 1, 7, tzinfo=UTC),
        datetime(2026, 6, 30, 22, tzinfo=UTC),
    )
    wanted, running = script.plans
    assert wanted.opening is not None
    assert (wanted.workflow, wanted.count, wanted.opening.on) == ("kapvergunning", 2, date(2026, 6, 2))
    assert wanted.opening.spread == Period(5, Unit.DAYS)
    assert wanted.opening.facts["aanvrager.naam"] == Literal(value="Jan"), "from the group"
    assert wanted.opening.expect is None
    assert [(way.name, way.share) for way in wanted.ways] == [("in het bos", 0.5)]
    assert wanted.ways[0].acts[0].facts["gebied"] == Draw(choices=(Literal(value="bos"), Literal(value="laan")))
    assert running.opening is None
    assert running.cases is not None
    assert (running.cases.workflow, running.cases.every) == ("kapvergunning", 2)
    assert running.cases.condition != ALWAYS
    (grant,) = running.ways[0].acts
    assert (grant.after, grant.states) == (Period(2, Unit.WEEKS), ("ingediend",))


graphs = st.dictionaries(st.sampled_from("abcdefg"), st.sets(st.sampled_from("abcdefgxyz"), max_size=3), max_size=7)


@settings(max_examples=100, deadline=None)
@given(graphs)
def test_the_order_has_every_conclusion_after_what_it_reads_unless_there_is_a_circle(
    graph: dict[str, set[str]],
) -> None:
    order, circles = order_conclusions(rules_that_read(graph), ())
    assert sorted(order) == sorted(graph)
    is_sorted = all(
        order.index(read) < order.index(fact) for fact, reads in graph.items() for read in reads if read in graph
    )
    assert is_sorted is not bool(circles)
    for circle in circles:
        assert circle.kind == "conclusions_in_circle"


def test_school_weeks_need_a_region_when_the_content_is_loaded() -> None:
    term = TermRule(label="Bedenktijd", kind="agreed", period=Period(3, Unit.SCHOOL_WEEKS), where="tuin.yaml:7:3")
    assert term.placed_in("noord", None).region == "noord"
    with refused(DefinitionError, "zonder vakantieregio") as caught:
        term.placed_in("", None)
    assert caught.value.where == "tuin.yaml:7:3"
