"""The cards of this project: every state has words, each card is one page, and none tells what is not known outside."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pypdf
import pytest

from engine.core.content.template import LetterField
from engine.core.language.facts import Value
from engine.definitions.card import Card, CardReader, Stop
from engine.definitions.card_loader import CardLoader
from engine.definitions.catalogue import Catalogue
from engine.letters.blocks import text_of, walk
from engine.letters.words_only import words_of
from engine.pages.card_sheet import render_card
from engine.pages.card_text import CardSheet, CardTerm, Running, ToldCase, compose_card

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 23)
LONGEST = "Maximiliaan-Alexander van den Wijngaard-Oosterhout tot Drakenstein"
DAYS = {
    name
    for path in (ROOT / "templates/cards").rglob("*.yaml")
    for name in re.findall(r"(\w+) \| (?:datum|dag)\b", path.read_text(encoding="utf-8"))
}
"""The fields of the cards that are days."""
SENT = ("toegekend", "afgewezen", "niet_behandeld")
"""States in which a decision was taken, and its letter did not leave yet."""


@cache
def catalogue() -> Catalogue:
    return Catalogue(ROOT)


@cache
def cards() -> CardLoader:
    return CardLoader(catalogue().loader.sources, catalogue().loader.organisations)


def about_a_pupil(workflow: str) -> bool:
    """Whether the cases of this procedure are of a pupil: a meeting of organisations has no parents to tell of it."""
    kind = (
        catalogue()
        .organisation("almere")
        .subject_with_key(catalogue().content("almere", workflow, DAY).workflow.subject_key)
    )
    return kind is not None and kind.id == "leerling"


WORKFLOWS = tuple(one for one in catalogue().workflows("almere") if about_a_pupil(one))


def worth(field: LetterField, standing: Running) -> Value | None:
    """Something to fill in; what a case need not have is there or not, so that both ways of a text are read."""
    if field.is_optional and standing is Running.STILL:
        return None
    return DAY if field.name in DAYS else "036 - 76 70 200"


def sheets(workflow: str, card: Card, reader: CardReader, stop: Stop) -> Iterator[CardSheet]:
    """The card at a stop with every term of the procedure running, standing still, or late, whatever could be."""
    content = catalogue().content("almere", workflow, DAY)
    for standing in Running:
        terms = [CardTerm(term=one.id, standing=standing, day=DAY) for one in content.terms()]
        # No case has more than four clocks that its card tells of; the longest texts of them are the widest card.
        told = sorted(
            (one for one in terms if one.term in card.terms),
            key=lambda one: -len(getattr(card.terms[one.term], standing).get(reader.id, "")),
        )
        values = {one.name: worth(one, standing) for one in (*card.fields, *cards().words("almere").fields)}
        case = ToldCase(
            case_id="TLV-2026-0001",
            state=stop.states[0],
            body=content.workflow.state(stop.states[0]).owner,
            terms=tuple(told[:4]),
            values=values,
            contact=LONGEST,
            made_on=DAY,
        )
        yield compose_card(card, reader, case, about=LONGEST, organisation=content.organisation.title)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_each_card_is_one_page_at_every_stop_for_every_reader(workflow: str) -> None:
    card, words = cards().card("almere", workflow, DAY), cards().words("almere")
    organisation = catalogue().organisation("almere")
    assert set(words.readers) == {"ouders", "kind"}
    for reader in words.readers.values():
        for stop in card.stops:
            for sheet in sheets(workflow, card, reader, stop):
                made = render_card(sheet, organisation, ROOT)
                pages = len(pypdf.PdfReader(io.BytesIO(made.pdf)).pages)
                assert pages == 1, (reader.id, stop.id)
                assert LONGEST in words_of(made.html)


def test_a_card_tells_no_outcome_before_the_letter_has_left() -> None:
    card, words = cards().card("almere", "tlv", DAY), cards().words("almere")
    for reader in words.readers.values():
        stop = card.stop_of(SENT[0])
        assert stop is not None
        assert all(card.stop_of(state) is stop for state in SENT), "until the letter says it they read the same"
        for sheet in sheets("tlv", card, reader, stop):
            text = " ".join(text_of(b.inlines) for _, blocks in sheet.parts for b in walk(blocks)).lower()
            assert not any(word in text for word in ("toegekend", "afgewezen", "niet toegekend", "mag naar"))


def test_a_card_of_a_child_prints_no_word_nobody_explains() -> None:
    reader = cards().words("almere").readers["kind"]
    for workflow in WORKFLOWS:
        card = cards().card("almere", workflow, DAY)
        for stop in card.stops:
            for sheet in sheets(workflow, card, reader, stop):
                text = " ".join(text_of(b.inlines) for _, blocks in sheet.parts for b in walk(blocks))
                assert not any(word in text for word in ("TLV", "ITA", "ATA", "doorbraak", "samenwerkingsverband"))


def test_a_card_of_a_child_fits_whoever_gets_it_and_is_not_glad_for_them() -> None:
    """From eighteen the pupil reads it without parents beside it; no news is surely what it wanted."""
    reader = cards().words("almere").readers["kind"]
    assert reader.also, "the card goes to somebody of eighteen too"
    for workflow in WORKFLOWS:
        card = cards().card("almere", workflow, DAY)
        for stop in card.stops:
            for sheet in sheets(workflow, card, reader, stop):
                text = " ".join(text_of(b.inlines) for _, blocks in sheet.parts for b in walk(blocks))
                assert not any(word in text for word in ("ouders", "!", "Fijn")), (workflow, stop.id)


def test_a_card_of_a_child_says_by_when_and_never_before_which_day() -> None:
    """ "Voor maandag" may mean until Sunday, or on Monday: a card says "uiterlijk op" or "tot en met"."""
    for workflow in WORKFLOWS:
        for term in cards().card("almere", workflow, DAY).terms.values():
            for texts in (term.runs, term.still, term.late):
                assert not any("voor {{ dag" in text or "voor **{{ dag" in text for text in texts.values()), term.id


def test_a_decision_that_was_taken_is_not_told_as_still_to_be_taken() -> None:
    """The term of the decision runs until it was sent, so its sentence stands beside "we decided" too."""
    card = cards().card("almere", "tlv", DAY)
    words = card.terms["beslistermijn"]
    for text in (*words.runs.values(), *words.late.values()):
        assert not any(said in text for said in ("Wij beslissen", "Wij kiezen"))
