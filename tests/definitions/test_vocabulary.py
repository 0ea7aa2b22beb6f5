"""What an organisation says once, and each rule set takes over by its name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.content.ordered import case_orders
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import FactRef
from engine.definitions.catalogue import Catalogue

GOOD = Path(__file__).parent / "good"
ROOT = Path(__file__).parents[2]
JUNE = date(2026, 6, 1)


@pytest.fixture(scope="module")
def permit() -> Content:
    return Catalogue(GOOD).content("dorp", "kapvergunning", JUNE)


@pytest.fixture(scope="module")
def dispute() -> Content:
    return Catalogue(GOOD).content("dorp", "geschil", JUNE)


def test_a_fact_that_is_taken_over_brings_its_table_and_what_the_table_reads(permit: Content) -> None:
    assert {"boom.beschermd", "boom.bijzonder"} <= permit.rules.facts.keys()
    assert "beschermde_boom" in {table.id for table in permit.rules.tables}
    assert "boom.beschermd" in permit.rules.order


def test_a_rule_set_knows_nothing_that_it_does_not_name(dispute: Content) -> None:
    assert not {"boom.beschermd", "boom.bijzonder"} & dispute.rules.facts.keys()
    assert not dispute.rules.tables


def test_an_addressee_that_is_taken_over_brings_the_facts_of_its_name(dispute: Content) -> None:
    assert "aanvrager" in dispute.rules.addressees
    assert "aanvrager.naam" in dispute.rules.facts


def test_both_rule_sets_hold_the_same_declaration(permit: Content, dispute: Content) -> None:
    assert permit.rules.facts["adviseur"] == dispute.rules.facts["adviseur"]
    assert permit.rules.facts["aanvrager.naam"].where.startswith("rules/land/organisation.yaml:")


def test_answers_under_a_name_are_the_answers_written_out(permit: Content) -> None:
    facts = permit.rules.facts
    assert facts["nodige_stukken"].choices == facts["ontbrekende_stukken"].choices


def test_a_handover_gives_each_of_its_facts_under_its_own_name(permit: Content) -> None:
    (order,) = case_orders(permit.workflow, permit.rules)
    assert {one.fact: one.value for one in order.facts} == {
        fact: FactRef(fact=fact) for fact in ("aanvrager.naam", "aanvrager.nummer")
    }


def test_letters_of_a_group_are_the_letters_written_out(dispute: Content) -> None:
    ordered = {one.letters for one in dispute.workflow.transitions if one.id == "oplossen"}
    assert [[(order.letter, order.to) for order in letters] for letters in ordered] == [[("B-02", ("aanvrager",))]]


def test_the_name_of_the_parents_and_their_letters_stand_in_one_file() -> None:
    """Why: six rule sets described them, and the next twelve would have copied them again."""
    written = [
        path
        for path in sorted((ROOT / "rules").glob("*/*/2*.yaml"))
        if "thuis.naam:" in path.read_text(encoding="utf-8")
    ]
    assert written == []
