"""Why a case stands still names what must be said, and not the conditions that only hang on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.cli.pages.why_pages import page_of
from engine.core.deciding.case import Actor
from engine.core.language.facts import Value
from engine.usecases.explain_case import explain_case
from tests.usecases.workplace import REAL, Office, make_office

pytestmark = pytest.mark.long

AWAY: dict[str, Value] = {
    "leerling.nummer": "900000077",
    "leerling.naam": "Lin Voorbeeld",
    "leerling.geboortedatum": date(2012, 2, 20),
    "sector": "vo",
    "ouders.naam": "Familie Voorbeeld",
    "ouders.adres": "Laan 4, 1300 AA Almere",
    "school.brin": "01FP00",
    "school.naam": "Baken Stad",
    "school.contact": "Postbus 3, 1300 AB Almere",
    "leerplichtig": True,
    "ingeschreven": True,
    "verzuim.eerste_dag": date(2026, 8, 31),
    "verzuim.bestuur": "42620",
    "verzuim.bestuur_adres": "Postbus 9, 1300 AC Almere",
}


@pytest.fixture
def away(tmp_path: Path) -> Iterator[tuple[Office, str]]:
    office = make_office(tmp_path / "kantoor", "2026-09-07 09:00", REAL, organisation="almere")
    yield office, office.open("verzuim", AWAY, Actor(role="school"), entry="thuiszitter")
    office.close()


def told_of(office: Office, case_id: str, act: str, *, in_full: bool = False) -> tuple[str, list[str]]:
    """The heading under which the act stands, and what is told of it."""
    lines = page_of(explain_case(office.runtime, case_id), "", in_full=in_full)
    at = next(place for place, line in enumerate(lines) if line.startswith(f"  {act} — "))
    heading = next(line for line in reversed(lines[:at]) if line and not line.startswith(" "))
    end = next(place for place in range(at, len(lines)) if not lines[place])
    return heading, [line.strip() for line in lines[at + 1 : end]]


def test_a_condition_on_what_the_act_itself_asks_is_no_other_obstacle(away: tuple[Office, str]) -> None:
    heading, told = told_of(*away, "schot_melden")
    assert heading == "Dit kan, met deze gegevens erbij"
    assert told[1:] == ["ontbreekt: schot.soorten, schot.wat, schot.op"]
    _, whole = told_of(*away, "schot_melden", in_full=True)
    assert any("Soort schot (gevraagd: niet leeg)" in line for line in whole), "who asks for all of it gets it"


def test_an_act_that_only_asks_which_record_is_meant_can_be_taken(away: tuple[Office, str]) -> None:
    heading, told = told_of(*away, "ontvangst_bevestigen")
    assert heading == "Dit kan, met deze gegevens erbij"
    assert told[1].startswith("Welk record is bedoeld (Melding)? Kies --set melding.aan=bestuur")
    assert told[2:] == ["ontbreekt: melding.ontvangen_op, melding.aan"]


def test_an_act_for_which_there_is_no_record_cannot(away: tuple[Office, str]) -> None:
    heading, told = told_of(*away, "uren_vervallen")
    assert heading == "Dit kan nog niet"
    assert told[1:] == ["Er is geen open gemiste lestijd; daarom kan dit nog niet."]
