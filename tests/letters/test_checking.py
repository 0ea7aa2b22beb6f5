"""Mistakes in a letter are found before it is published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.content.template import LetterField, LetterTemplate
from engine.core.errors import DefinitionError
from engine.core.finding import Finding, Level
from engine.core.language.conditions import Compute, Expression, FactRef
from engine.letters.checking import check_letter
from engine.letters.letter_rules import ClauseRules, LetterRules, LevelRules, find_letter_rules, read_letter_rules
from engine.letters.plain_words import linearise, sentences_of
from engine.words.saying import say
from tests.letters.samples import CHILD, CONTENT_ROOT, DECISION, organisation, read_table, template

LANGUAGE = CONTENT_ROOT / "templates" / "letters" / "landelijk" / "language.yaml"
RULES = LetterRules(
    clauses={"objection": ClauseRules(partials=("bezwaar",), shows_last_day=True)},
    must_show={"V-01": ("einddatum",)},
    where="language.yaml",
)
LAST_DAY = FactRef(fact="term.bezwaartermijn.last_day")


def with_field(text: LetterTemplate, name: str, value: Expression) -> LetterTemplate:
    fields = (field for field in text.fields if field.name != name)
    return replace(text, fields=(*fields, LetterField(name=name, value=value, where="here:3:1")))


def problems(text: LetterTemplate, rules: LetterRules = RULES) -> list[str]:
    return [what(finding) for finding in check_letter(text, rules)]


def what(finding: Finding) -> str:
    """What is wrong, without the name of the letter."""
    return say(finding).what.partition(": ")[2]


def test_a_good_letter_has_no_problems() -> None:
    assert problems(with_field(DECISION, "laatste_dag", LAST_DAY)) == []


def test_a_last_day_may_be_computed_from_a_term() -> None:
    computed = Compute(function="shift", arguments=(("date", LAST_DAY),))
    assert problems(with_field(DECISION, "laatste_dag", computed)) == []


def test_an_objection_letter_without_computed_last_day_is_found() -> None:
    assert problems(DECISION) == ["De brief toont geen uiterste dag die uit een termijn is berekend."]


def test_a_last_day_that_is_declared_but_not_shown_does_not_count() -> None:
    text = with_field(template("Tot {{ einddatum }}.", "einddatum", clause="objection"), "laatste_dag", LAST_DAY)
    assert "De brief toont geen uiterste dag die uit een termijn is berekend." in problems(text)


def test_an_objection_letter_without_the_fixed_text_is_found() -> None:
    text = with_field(template("{{ einddatum }} {{ dag }}", "einddatum", clause="objection"), "dag", LAST_DAY)
    assert problems(text) == ["De brief heeft 'clause: objection', maar het vaste tekstblok ontbreekt."]


def test_a_field_demanded_by_law_is_missed() -> None:
    assert problems(template("Tekst.")) == ["De brief moet 'einddatum' tonen, maar doet dat niet."]


def test_fields_of_head_and_text_must_be_the_same() -> None:
    text = template(
        "{{ einddatum }} {{ soort }}\n{% include 'p' %}", "einddatum", "begin", partials=(("p", "{{ nr }}"),)
    )
    found = check_letter(text, RULES)
    assert [what(finding) for finding in found] == [
        "Het veld 'soort' staat in de tekst, maar niet in de kop van de brief.",
        "Het veld 'nr' staat in de tekst, maar niet in de kop van de brief.",
        "Het veld 'begin' staat in de kop, maar de tekst toont het niet.",
    ]
    assert found[1].where.endswith("regel 1 van het tekstblok 'p'")
    assert all(finding.level is Level.ERROR for finding in found)


def test_a_standard_field_cannot_be_declared_again() -> None:
    assert problems(template("{{ einddatum }} {{ zaaknummer }}", "einddatum", "zaaknummer")) == [
        "Het veld 'zaaknummer' bestaat al voor iedere brief."
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{% if %}", "De brieftekst kan niet worden gelezen."),
        ("Kijk op [de site](ftp://hier).", "De link 'ftp://hier' kan niet in een brief."),
        ("*" * 19_000 + "a" + "*" * 900, "De brieftekst is te diep genest."),
    ],
)
def test_a_text_that_cannot_be_read_is_one_problem(body: str, said: str) -> None:
    """Also a link that cannot be, or emphasis without end: the whole check ended with it, without its place."""
    measure = LevelRules(longest_sentence=20, mean_sentence=12)
    found = check_letter(template(body), replace(RULES, levels={"B1": measure}))
    assert len(found) == 1
    assert found[0].where
    assert what(found[0]).startswith(said)


LANGUAGE_CASES = read_table("language.yaml")


@pytest.mark.parametrize("case", LANGUAGE_CASES, ids=[case["name"] for case in LANGUAGE_CASES])
def test_language_problems_are_found_and_plain_text_is_left_alone(case: dict[str, object]) -> None:
    text = template(str(case["body"]), level=case["level"])
    found = check_letter(text, replace(read_letter_rules(LANGUAGE), must_show={}))
    remarks = [what(finding) for finding in found if finding.level is Level.WARNING]
    expected = case["remarks"]
    assert isinstance(expected, list)
    assert len(remarks) == len(expected), remarks
    for words, remark in zip(expected, remarks, strict=True):
        assert words in remark


def test_the_samples_are_plain() -> None:
    rules = replace(read_letter_rules(LANGUAGE), must_show={}, clauses={})
    assert problems(DECISION, rules) == []
    assert problems(CHILD, rules) == []


def test_language_is_judged_with_partials_and_every_branch() -> None:
    text = template(
        "{% if a %}Een {{ a }}.{% else %}Twee {{ d | datum }}.{% endif %}\n\n{% include 'p' %}\n\n{{ l | opsomming }}",
        partials=(("p", "Drie {# weg #}woorden hier."),),
    )
    made = linearise(text)
    assert "Een Woord. Twee dinsdag 7 april." in made
    assert "Drie woorden hier." in made
    assert "- Woord" in made


def test_a_sentence_ends_where_a_new_one_begins() -> None:
    from engine.letters.blocks import parse_blocks

    blocks = parse_blocks(
        "# Kop. Geen zin.\n\nEen zin. Nog een? Ja! art. 3 is kort: Dit ook.\n\n- Punt een\n- Punt twee"
    )
    assert sentences_of(blocks) == (
        "Een zin.",
        "Nog een?",
        "Ja! art.",
        "3 is kort:",
        "Dit ook.",
        "Punt een",
        "Punt twee",
    )


BROKEN = read_table("broken_rules.yaml")


@pytest.mark.parametrize("case", BROKEN, ids=[case["name"] for case in BROKEN])
def test_wrong_demands_are_refused(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "language.yaml"
    path.write_text(case["text"], encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        read_letter_rules(path)
    assert case["words"] in refused.value.text()
    assert str(path) in refused.value.where


def test_demands_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="kunnen niet worden gelezen"):
        read_letter_rules(tmp_path / "language.yaml")


def test_all_keys_of_a_level_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "language.yaml"
    path.write_text(
        "levels: {B1: {longest_sentence: 9, mean_sentence: 8, avoid: {a: b}, one_of: [c], none_of: [d], "
        "passive_words: [e], passive_share: 0.5, nominal_endings: [f], nominal_shortest: 7, nominal_share: 0.1}}",
        encoding="utf-8",
    )
    assert read_letter_rules(path).levels["B1"] == LevelRules(
        longest_sentence=9,
        mean_sentence=8,
        avoid={"a": "b"},
        one_of=("c",),
        none_of=("d",),
        passive_words=("e",),
        passive_share=0.5,
        nominal_endings=("f",),
        nominal_shortest=7,
        nominal_share=0.1,
    )


def test_an_organisation_adds_demands_and_never_takes_one_away(tmp_path: Path) -> None:
    letters = tmp_path / "templates" / "letters"
    for name, text in {
        "landelijk": "{levels: {B1: {longest_sentence: 20, mean_sentence: 12}}, must_show: {L-06: [einddatum]}, "
        "clauses: {objection: {partials: [bezwaar], shows_last_day: true}}, known_abbreviations: [PDF]}",
        "voorbeeld": "{levels: {B1: {longest_sentence: 15, mean_sentence: 10}}, must_show: {L-06: [soort], L-07: [a]}, "
        "clauses: {objection: {partials: [iets], shows_last_day: false}}, known_abbreviations: [OV]}",
    }.items():
        (letters / name).mkdir(parents=True)
        (letters / name / "language.yaml").write_text(text, encoding="utf-8")
    found = find_letter_rules(tmp_path, organisation())
    assert found.levels["B1"].longest_sentence == 15
    assert found.must_show == {"L-06": ("einddatum", "soort"), "L-07": ("a",)}
    assert found.clauses == {"objection": ClauseRules(partials=("bezwaar",), shows_last_day=True)}
    assert found.known_abbreviations == {"PDF", "OV"}


def test_an_organisation_without_demands_has_none(tmp_path: Path) -> None:
    assert find_letter_rules(tmp_path, organisation()) == LetterRules()
