"""One mistake in a card at a time: each is found by `rules check`, with its place and a next step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.finding import Finding, Level
from engine.usecases.check_rules import check_rules
from engine.words.saying import say
from tests.cli.conftest import make_world
from tests.usecases.workplace import change

pytestmark = pytest.mark.long

CARD = "templates/cards/volkstuin/tuin/2026-01-01.yaml"
WORDS = "templates/cards/volkstuin/words.yaml"
MISTAKES = {
    "card_state_unknown": (CARD, "states: [wacht_op_borg]", "states: [wacht_op_borg, verdwaald]"),
    "card_state_untold": (CARD, "states: [aangevraagd]", "states: [wacht_op_borg]"),
    "card_state_told_twice": (CARD, "states: [wacht_op_borg]", "states: [wacht_op_borg, toegewezen]"),
    "card_beside_nothing": (CARD, "beside: gebruik", "beside: borg"),
    "card_reader_unknown": (CARD, "coming: {lid:", "coming: {buurman:"),
    "card_silent_to_reader": (CARD, "name: {lid: De commissie kijkt}", "name: {buurman: De commissie kijkt}"),
    "card_turn_missing": (WORDS, ", tuincommissie: De commissie is aan zet.", ""),
    "card_term_unknown": (CARD, "  betaaltermijn:\n", "  betaaltermijnen:\n"),
    "card_term_untold": (CARD, "  beslistermijn:\n", "  verzendtermijn:\n"),
    "card_text_unreadable": (CARD, "now: {lid: U werkt in uw tuin.}", 'now: {lid: "{% macro a() %}{% endmacro %}"}'),
    "card_field_unknown": (CARD, "now: {lid: U werkt in uw tuin.}", 'now: {lid: "{{ plek }}"}'),
    "unknown_fact": (CARD, "fields:\n", "fields:\n  soort: {fact: tuin.soorten}\n"),
    "card_field_unused": (CARD, "fields:\n", "fields:\n  soort: {fact: tuin.soort}\n"),
    "card_way_unreadable": (CARD, "{% if maat %} Zij is {{ maat }} vierkante meter.{% endif %}", " {{ maat }}"),
    "card_heading_missing": (WORDS, ", here: Hier bent u", ""),
    "long_sentence": (CARD, "now: {lid: U werkt in uw tuin.}", f"now: {{lid: U werkt {'heel ' * 20}hard in uw tuin.}}"),
    "wrong_folder": (CARD, "card: tuin", "card: tuinen"),
    "key_unknown": (CARD, "heading: {lid: Uw tuin}", "heading: {lid: Uw tuin}\nkop: Uw tuin"),
}


def found(root: Path) -> tuple[Finding, ...]:
    return check_rules(root, on=date(2026, 9, 7)).findings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_world(tmp_path / "inhoud")


def test_a_good_card_gives_no_finding(root: Path) -> None:
    assert found(root) == ()


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_in_a_card_is_found_at_its_place(code: str, root: Path) -> None:
    path, was, now = MISTAKES[code]
    change(root, path, was, now)
    findings = {one.kind: one for one in found(root)}
    assert code in findings, list(findings)
    said = say(findings[code])
    assert said.where.startswith("templates/cards/volkstuin/")
    assert said.next_step
    assert (said.level is Level.ERROR) == (code != "long_sentence")


def test_a_card_of_a_workflow_that_is_not_there_is_found(root: Path) -> None:
    folder = root / "templates/cards/volkstuin"
    (folder / "tuin").rename(folder / "schuur")
    change(folder, "schuur/2026-01-01.yaml", "card: tuin", "card: schuur")
    assert [one.kind for one in found(root)] == ["card_of_nothing"]


HEIR = """organisation: {name}
title: {name}
inherits: [volkstuin]
region: noord
{more}source: verzonnen
"""
WITHOUT = "leaves_out: {tuin: Hier zijn geen tuinen}\n"


def test_a_card_of_what_an_unreadable_organisation_may_have_is_no_mistake(root: Path) -> None:
    for name, more in (("oost", WITHOUT), ("west", "")):
        path = root / f"rules/{name}/organisation.yaml"
        path.parent.mkdir()
        path.write_text(HEIR.format(name=name, more=more), encoding="utf-8")
    assert "card_of_nothing" not in {one.kind for one in found(root)}
    change(root, "rules/west/organisation.yaml", "inherits:", "inherit:")
    wrong = found(root)
    assert ("key_unknown", "rules/west/organisation.yaml:3:1") in {(one.kind, one.where) for one in wrong}
    assert "card_of_nothing" not in {one.kind for one in wrong}, "west has a garden, as far as anybody knows"


def test_a_card_in_a_file_without_a_date_is_found(root: Path) -> None:
    folder = root / "templates/cards/volkstuin/tuin"
    (folder / "2026-01-01.yaml").rename(folder / "nieuw.yaml")
    assert [one.kind for one in found(root)] == ["not_dated"]
