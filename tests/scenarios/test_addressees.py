"""Who the letters of a step go to, with the content of this project."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.core.deciding.advance import Act
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.rehearsal.declared_people import declare_people
from engine.rehearsal.memory import MemoryRuntime
from engine.usecases.advance_case import advance_case
from engine.usecases.open_case import open_case
from engine.usecases.pass_time import pass_time
from tests.real_content import real_catalogue

pytestmark = pytest.mark.long

START = datetime(2027, 7, 1, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
LATER = datetime(2027, 7, 2, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
PUPIL: dict[str, Value] = {
    "leerling.nummer": "1001",
    "leerling.naam": "Sam de Wit",
    "sector": "vo",
    "ouders.naam": "Familie De Wit",
    "ouders.adres": "Voorbeeldlaan 1, 1300 AA Almere",
    "school.naam": "Nautilus College",
    "school.contact": "Lierstraat 17, 1312 JZ Almere",
}
SOLUTION: dict[str, Value] = {
    "doorbraak.functionaris": "dhr. Bakker",
    "oplossing.omschrijving": "Een kleine groep",
    "oplossing.plaats": "Buitenhout College",
    "oplossing.startdatum": date(2027, 8, 23),
    "oplossing.verantwoordelijke": "mw. Jansen",
    "oplossing.schotten": ("geen",),
    "doorbraak.betrokken_besturen": ("30882", "41676"),
    "doorbraak.mandaat_besturen": ("30882", "41676"),
}
BOARD: dict[str, Value] = {"oplossing.bestuur": "41676", "oplossing.bestuur_adres": "Postbus 60276, 1320 AH Almere"}


def letters_after_breakthrough(born: dict[str, Value] | None = None, **more: Value) -> dict[tuple[str, str], str]:
    """Who each letter is addressed to, by letter and addressee."""
    runtime = MemoryRuntime(real_catalogue(), "almere")
    with closing(runtime):
        runtime.begin(START)
        declare_people(runtime, ("dhr. Bakker", "mw. Jansen"), "")
        with open_line(runtime) as line:
            opened = open_case(
                line, "escalatie", {**PUPIL, **(born or {})}, Actor(role="toeleiding"), entry="aflopende_tlv"
            )
            assert isinstance(opened, Step)
        pass_time(runtime, LATER)
        command = Act(transition="oplossing_vastleggen", facts={**SOLUTION, **more}, reason="")
        with open_line(runtime) as line:
            done = advance_case(line, opened.after.id, command, Actor(role="doorbraakfunctionaris"))
    assert isinstance(done, Step)
    return {(letter.letter, letter.addressee): letter.addressee_name for letter in done.letters}


def test_the_board_of_the_new_place_gets_the_agreement_too() -> None:
    letters = letters_after_breakthrough(**BOARD)
    assert letters[("L-71", "bestuur_van_de_plek")] == "Almeerse Scholen Groep (ASG)"
    assert ("L-71", "bestuur") in letters
    assert ("L-71", "school") in letters


def test_without_its_address_the_others_still_get_theirs() -> None:
    letters = letters_after_breakthrough()
    assert ("L-71", "bestuur_van_de_plek") not in letters
    assert ("L-71", "school") in letters


def test_the_letter_for_a_child_goes_to_the_parents_until_it_is_twelve() -> None:
    assert letters_after_breakthrough()[("L-72K", "leerling")] == "Familie De Wit"
    grown = letters_after_breakthrough({"leerling.geboortedatum": date(2015, 7, 2)})
    assert grown[("L-72K", "leerling")] == "Sam de Wit"
