"""Who does not read a letter any more while it waits: it is kept back, for it may be nobody's business of his."""

from __future__ import annotations

import pytest

from engine.cli.pages.history_page import history_page
from engine.core.deciding.case import Actor
from engine.core.deciding.handling_letters import LetterAct, LetterDeed
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.usecases.handle_letter import mend_letter
from engine.usecases.send_letters import send_letters
from engine.usecases.show_case import show_history
from tests.scenarios.story_of_a_grant import APPLICANT, FORM, WHO, done
from tests.usecases.test_later_readers import (
    FATHER,
    MOTHER,
    SCHOOL,
    almere,
    handed_in,
    is_sound,
    put_in_dossier,
    to_parents,
)
from tests.usecases.workplace import Office

__all__ = ["almere"]
pytestmark = pytest.mark.long
SEEN = {name: value for name, value in WHO.items() if name != "tlv.soort"}
SEAT: dict[str, Value] = {"school.naam": "Nautilus College", "school.contact": "Lierstraat 17, 1312 JZ Almere"}
GUIDE = Actor(role="toeleiding", name="Thea Leiding")


def statuses(office: Office, case_id: str) -> dict[str, str]:
    """The letters to the parents: how each stands, by the name on it."""
    return {name: row.status for name, row in to_parents(office, case_id).items()}


def test_a_parent_without_custody_any_more_is_sent_nothing_that_waits(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER, FATHER)
    put_in_dossier(almere, 2, gezag=False)
    assert statuses(almere, case_id) == {"A. Jansen": "waiting", "B. de Boer": "held"}
    assert send_letters(almere.runtime).failed == ()
    assert statuses(almere, case_id) == {"A. Jansen": "sent", "B. de Boer": "held"}
    assert is_sound(almere)


def test_it_is_told_why_it_is_kept_back_and_once(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER, FATHER)
    put_in_dossier(almere, 2, gezag=False)
    put_in_dossier(almere, 1, adres="Kade 9, 1311 CC Almere")
    with almere.runtime.reading() as readings:
        told = [one for one in readings.notices(case_id) if one.kind == "letter_without_reader"]
    assert [one.parameters for one in told] == [{"letter": "L-01", "name": "B. de Boer"}]
    lines = [line for line in history_page(show_history(almere.runtime, case_id)) if "vastgehouden" in line]
    assert len(lines) == 2, "the letter, and the message"
    assert lines[0].endswith("brief L-01 voor ouders.2 vastgehouden; reden: wie haar zou lezen, leest haar niet meer")


def test_the_only_parent_who_loses_custody_is_sent_nothing_either(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER)
    put_in_dossier(almere, 1, gezag=False)
    assert statuses(almere, case_id) == {"A. Jansen": "held"}


def test_one_of_two_who_live_together_goes_from_the_letter_and_the_other_gets_it(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER, {**FATHER, "adres": MOTHER["adres"]})
    put_in_dossier(almere, 2, gezag=False)
    assert statuses(almere, case_id) == {"A. Jansen": "waiting"}


def test_who_is_a_reader_again_gets_it_when_somebody_lets_it_go(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER, FATHER)
    put_in_dossier(almere, 2, gezag=False)
    put_in_dossier(almere, 2, gezag=True)
    assert statuses(almere, case_id) == {"A. Jansen": "waiting", "B. de Boer": "held"}, "and none twice"
    held = to_parents(almere, case_id)["B. de Boer"].letter.key
    with open_line(almere.runtime) as line:
        assert isinstance(mend_letter(line, LetterAct(deed=LetterDeed.RELEASE, key=held), APPLICANT), Step)
    assert send_letters(almere.runtime).failed == ()
    assert statuses(almere, case_id) == {"A. Jansen": "sent", "B. de Boer": "sent"}
    assert is_sound(almere)


def test_a_letter_that_waits_in_one_case_follows_what_an_act_in_another_says_of_the_parents(almere: Office) -> None:
    """Why: it followed the dossier alone; an act elsewhere that wrote the same changed nothing of it."""
    first = almere.open("tlv", WHO, APPLICANT, entry="aanvraag")
    done(almere.act(first, "indienen", APPLICANT, FORM))
    other = almere.open("escalatie", {**SEEN, **SEAT}, GUIDE, entry="aflopende_tlv")
    moved: dict[str, Value] = {"ouders.adres": "Kade 9, 1311 CC Almere"}
    assert isinstance(almere.put_right(other, moved, SCHOOL), Step)
    (letter,) = (row.letter for row in almere.letters(first) if row.letter.addressee == "ouders")
    assert letter.addressee_address == "Kade 9, 1311 CC Almere"
