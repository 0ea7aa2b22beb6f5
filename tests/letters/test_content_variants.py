"""What a letter of the content says in the situations in which it must say something else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from engine.core.language.facts import Value
from engine.letters.rendering import render
from tests.letters.samples import CASE_ID, CONTENT_ROOT, SENT_ON, letter
from tests.letters.test_content_letters import letters_of_content, stand_in

pytestmark = pytest.mark.long

PASSED = date(2026, 11, 1)
AHEAD = date(2027, 5, 1)


def text_of(name: str, *, reader: str = "", **known: Value) -> str:
    """The HTML of a letter on 23 November 2026; an optional field that is not named here is unknown."""
    organisation, template = next(pair for pair in letters_of_content() if pair[1].id == name)
    fields = {
        field.name: known.get(field.name, stand_in(template, field.name))
        for field in template.fields
        if field.name in known or not field.is_optional
    } | ({"lezer": reader} if reader else {})
    order = replace(
        letter(letter=name, organisation=organisation.id, title=template.title, level=template.level, fields=fields),
        template_version=template.valid_from,
        template_digest=template.digest,
        signature=template.signature,
    )
    made = render(order, template, organisation, sent_on=SENT_ON, case_id=CASE_ID, content_root=CONTENT_ROOT)
    return made.html


@pytest.mark.parametrize("name", ["L-06", "L-07"])
def test_a_first_decision_is_open_to_objection(name: str) -> None:
    text = text_of(name, sector="vo")
    assert "bezwaar maken" in text
    assert "rechtbank" not in text


@pytest.mark.parametrize("name", ["L-06", "L-07"])
def test_a_decision_on_an_objection_is_open_to_appeal_and_not_to_a_second_objection(name: str) -> None:
    text = text_of(name, sector="vo", na_bezwaar=True)
    assert "in beroep gaan" in text
    assert "naar de rechter gaan" in text
    assert "bezwaar maken" not in text


def test_a_decision_against_an_advice_says_why() -> None:
    assert "Wij volgen de adviezen niet helemaal" not in text_of("L-06", sector="po")
    assert "omdat het kind groeide" in text_of("L-06", sector="po", afwijking="omdat het kind groeide")


def test_a_refusal_ends_an_earlier_declaration_only_when_there_was_one() -> None:
    assert "geldt die TLV niet meer" not in text_of("L-07", sector="vo")
    assert "TLV-2025-0009. Met dit besluit geldt die TLV niet meer" in text_of(
        "L-07", sector="vo", eerdere_tlv="TLV-2025-0009"
    )


def test_who_may_stay_is_not_told_to_find_a_place() -> None:
    assert "meldt Voorbeeld aan" in text_of("L-06", sector="vo")
    renewed = text_of("L-06", sector="vo", verlenging=True)
    assert "meldt Voorbeeld aan" not in renewed
    assert "op dezelfde school" in renewed


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "op je eigen school"),
        ({"situatie": "niet_ingeschreven"}, "Je ouders zoeken een school"),
        ({"verlenging": True}, "Zij zoeken een school"),
    ],
)
def test_a_child_that_is_refused_is_told_what_is_true_for_it(known: dict[str, Value], said: str) -> None:
    text = text_of("L-07K", **known)
    assert said in text
    assert ("Jij blijft nu op je eigen school" in text) == (not known)


def test_a_child_that_may_stay_is_not_told_of_another_school() -> None:
    assert "de nieuwe school" in text_of("L-06K", soort="vso")
    assert "de nieuwe school" not in text_of("L-06K", soort="vso", verlenging=True)


@pytest.mark.parametrize("name", ["L-10", "L-11"])
def test_a_day_that_has_passed_is_not_printed_as_a_deadline(name: str) -> None:
    passed = text_of(name, gesprek_uiterlijk=PASSED, advies_uiterlijk=PASSED, verlenging_uiterlijk=PASSED)
    assert "1 november 2026" not in passed
    assert "zo snel mogelijk" in passed
    ahead = text_of(name, gesprek_uiterlijk=AHEAD, advies_uiterlijk=AHEAD, verlenging_uiterlijk=AHEAD)
    assert "uiterlijk op zaterdag 1 mei 2027" in ahead
    assert "zo snel mogelijk" not in ahead


@pytest.mark.parametrize("name", ["L-70", "L-71", "L-72", "L-73"])
def test_a_breakthrough_letter_has_no_objection_clause(name: str) -> None:
    text = text_of(name).lower()
    assert "bezwaar" not in text
    assert "algemene wet bestuursrecht" not in text


@pytest.mark.parametrize("name", ["L-03", "L-06", "L-10"])
def test_a_draft_with_a_list_that_crosses_a_page_can_be_made(name: str) -> None:
    organisation, template = next(pair for pair in letters_of_content() if pair[1].id == name)
    for lines in (1, 8, 16, 24):
        longer = replace(template, body="Een regel.\n\n" * lines + template.body)
        fields = {field.name: stand_in(template, field.name) for field in template.fields}
        order = replace(
            letter(letter=name, organisation=organisation.id, title=template.title, fields=fields),
            template_version=template.valid_from,
            template_digest=template.digest,
            signature=template.signature,
        )
        made = render(
            order, longer, organisation, sent_on=SENT_ON, case_id=CASE_ID, content_root=CONTENT_ROOT, is_draft=True
        )
        assert made.pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(("reader", "is_told"), [("ouders", True), ("school", True), ("leerplicht", False)])
def test_leerplicht_reads_who_does_what_and_not_what_a_child_told(reader: str, is_told: bool) -> None:
    """Why: what is spoken of is about health, and is asked for as that; leerplicht needs the step, owner and day."""
    text = text_of("L-63", reader=reader, besproken="Noor slaapt slecht", mening="Noor wil terug", stap="Een maatje")
    assert "Een maatje" in text
    assert ("Noor slaapt slecht" in text) is is_told
    assert ("Noor wil terug" in text) is is_told


OBJECTION_LETTERS = ["L-80", "L-81", "L-81R", "L-82", "L-83", "L-83b", "L-83c", "L-84", "L-85", "L-86", "L-87"]
OBJECTION = {"wie": "F. Nieuwkomer", "leerling": "Sam", "hoedanigheid": "ouder"}


@pytest.mark.parametrize("name", OBJECTION_LETTERS)
def test_who_objects_reads_your_objection_and_not_the_own_name(name: str) -> None:
    text = text_of(name, reader="belanghebbende", gemachtigde=False, **OBJECTION)
    assert re.search("[Uu]w bezwaar", text)
    assert "bezwaar van F. Nieuwkomer" not in text


@pytest.mark.parametrize("name", OBJECTION_LETTERS)
def test_who_acts_for_the_objector_reads_whose_objection_it_is(name: str) -> None:
    assert "bezwaar van F. Nieuwkomer" in text_of(name, reader="belanghebbende", gemachtigde=True, **OBJECTION)


@pytest.mark.parametrize("name", ["L-83", "L-83b", "L-83c", "L-84", "L-85"])
@pytest.mark.parametrize("reader", ["aanvrager", "ouders", "meerderjarige"])
def test_everyone_else_reads_whose_objection_it_is(name: str, reader: str) -> None:
    text = text_of(name, reader=reader, gemachtigde=False, **OBJECTION)
    assert "bezwaar van F. Nieuwkomer" in text
    assert ("over Sam" in text) is (reader != "meerderjarige")


@pytest.mark.parametrize("name", OBJECTION_LETTERS)
def test_a_pupil_who_objects_is_not_spoken_of_as_somebody_else(name: str) -> None:
    text = text_of(name, reader="belanghebbende", gemachtigde=False, wie="Sam", leerling="Sam", hoedanigheid="leerling")
    assert "over Sam" not in text


def test_a_hearing_that_moved_is_about_your_objection() -> None:
    text = text_of("L-83", reader="belanghebbende", gemachtigde=False, reden="De voorzitter is ziek.", **OBJECTION)
    assert "De hoorzitting over uw bezwaar is verplaatst" in text


def test_a_reason_that_ends_with_a_full_stop_gets_no_second_one() -> None:
    text = text_of("L-83", reader="belanghebbende", gemachtigde=False, reden="De voorzitter is ziek.", **OBJECTION)
    assert "ziek." in text
    assert "ziek.." not in text
