"""Why a case stands still names what must be said, and not the conditions that only hang on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.cli.pages.case_pages import case_page
from engine.cli.pages.why_pages import page_of
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.usecases.explain_case import explain_case
from engine.usecases.list_work import list_inbox
from engine.usecases.show_case import show_case
from engine.views.case_view import Reader
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


def tell_all(office: Office, case_id: str) -> None:
    """All three receipts came in, and the attendance officer was spoken to."""
    office.pass_time("2026-09-08 09:00")
    on = date(2026, 9, 8)
    for whom in ("bestuur", "toeleiding", "leerplicht"):
        received: dict[str, Value] = {"melding.aan": whom, "melding.ontvangen_op": on}
        assert isinstance(office.act(case_id, "ontvangst_bevestigen", Actor(role=whom), received), Step)
    spoken = office.act(case_id, "leerplicht_gesproken", Actor(role="toeleiding"), {"leerplicht.gesproken_op": on})
    assert isinstance(spoken, Step)
    assert office.case(case_id).state == "zorgteam"


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


def test_a_term_of_a_record_says_by_what_its_like_are_told_apart(away: tuple[Office, str]) -> None:
    """Why: three receipts are waited for, and "Melding 3" tells nobody whose."""
    office, case_id = away
    page = case_page(show_case(office.runtime, case_id, Reader()))
    told = sorted(line.split("(", 1)[1].split("):")[0] for line in page if "(Melding " in line)
    bodies = office.runtime.content("verzuim", date(2026, 9, 7)).organisation.bodies
    assert told == [
        f"Melding {n}, {bodies[one].label}" for n, one in enumerate(("bestuur", "toeleiding", "leerplicht"), 1)
    ]


def test_an_act_of_which_every_record_is_gone_asks_nothing_of_it_any_more(away: tuple[Office, str]) -> None:
    office, case_id = away
    tell_all(office, case_id)
    heading, told = told_of(office, case_id, "ontvangst_bevestigen")
    assert heading == "Dit kan nog niet"
    assert told[1:] == ["Er is geen open melding; daarom kan dit nog niet."]
    page = page_of(explain_case(office.runtime, case_id), "", in_full=False)
    assert not any(line.startswith("  melding.") for line in page)


def test_what_presses_most_is_what_the_inbox_says(away: tuple[Office, str]) -> None:
    """Why: a term that ends in a move when nobody acts is nobody's lateness, and still the first to act for."""
    office, case_id = away
    tell_all(office, case_id)
    verdict = page_of(explain_case(office.runtime, case_id), "", in_full=False)[0]
    assert verdict.endswith("; uiterlijk dinsdag 22 september 2026, voor 'Met ouders en leerling spreken'.")
    (row,) = (row for row in list_inbox(office.runtime, office.runtime.now()).rows if row.case_id == case_id)
    assert row.first is not None
    assert (row.first.term, row.first.last_day) == ("gesprek_houden", date(2026, 9, 22))


def test_an_act_for_which_there_is_no_record_cannot(away: tuple[Office, str]) -> None:
    heading, told = told_of(*away, "uren_vervallen")
    assert heading == "Dit kan nog niet"
    assert told[1:] == ["Er is geen open gemiste lestijd; daarom kan dit nog niet."]
