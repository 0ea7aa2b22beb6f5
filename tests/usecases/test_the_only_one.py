"""Of some kinds of subject there is one: nobody types which is meant, and nobody can mean another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.usecases.open_case import open_case
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.long

POINT = Actor(role="steunpunt", name="Saar Steun")
ASKED: dict[str, Value] = {
    "vraag.door": "ouder",
    "vraag.tekst": "Wie betaalt het vervoer?",
    "vraag.ontvangen_op": day("2026-09-07"),
}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "almere", "2026-09-07 09:00", REAL, organisation="almere")
    yield made
    made.close()


def held_name(office: Office) -> Value:
    with office.runtime.reading() as readings:
        found = readings.load_subject("almere", "swv", "swv")
    assert found is not None
    return found.facts["swv.naam"].value


def test_who_asks_types_neither_number_nor_name_of_the_one_there_is(almere: Office) -> None:
    first, second = almere.open("vraag", ASKED, POINT), almere.open("vraag", ASKED, POINT)
    assert {almere.case(one).subject for one in (first, second)} == {"swv"}
    assert held_name(almere) == "Het samenwerkingsverband"
    assert almere.is_sound()


def test_who_types_the_number_all_the_same_means_the_same_one(almere: Office) -> None:
    case_id = almere.open("vraag", {"swv.nummer": "swv", **ASKED}, POINT)
    assert almere.case(case_id).subject == "swv"


def test_another_number_is_refused_with_the_one_there_is(almere: Office) -> None:
    """Why: a slip began a second dossier, and what is counted over all of them was in neither."""
    with open_line(almere.runtime) as line:
        refused = open_case(line, "vraag", {"swv.nummer": "swf", **ASKED}, POINT, is_sure=True)
    assert isinstance(refused, Refusal)
    (blocker,) = refused.blockers
    assert blocker.said is not None
    assert (blocker.said.code, blocker.said.parameters["number"]) == ("subject_is_only_one", "swv")
    assert almere.cases() == []


def test_a_name_that_the_dossier_has_already_stays(almere: Office) -> None:
    almere.open("vraag", {"swv.naam": "Passend Onderwijs Almere", **ASKED}, POINT)
    almere.open("vraag", ASKED, POINT)
    assert held_name(almere) == "Passend Onderwijs Almere"
