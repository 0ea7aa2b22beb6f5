"""Before somebody new is made who looks alike is shown; a second case says which one runs (F-7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal, Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.usecases.open_case import open_case
from tests.usecases.workplace import REAL, Office, make_office

pytestmark = pytest.mark.long

GUIDE = Actor(role="toeleiding", name="Thea Leiding")
NOOR: dict[str, Value] = {
    "leerling.nummer": "012345678",
    "leerling.naam": "Noor Voorbeeld",
    "leerling.geboortedatum": date(2013, 4, 2),
    "sector": "vo",
    "tlv.soort": "vso",
}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "kantoor", "2026-09-07 09:00", REAL, organisation="almere")
    made.open("tlv", NOOR, GUIDE)
    yield made
    made.close()


def attempt(almere: Office, reason: str = "", *, is_sure: bool = False, **changed: Value) -> Step | Refusal:
    facts = NOOR | {f"leerling.{name}": value for name, value in changed.items()}
    with open_line(almere.runtime) as line:
        return open_case(line, "tlv", facts, GUIDE, reason=reason, is_sure=is_sure)


def codes(outcome: Step | Refusal) -> list[str]:
    return [one.said.code for one in outcome.blockers if one.said] if isinstance(outcome, Refusal) else []


@pytest.mark.parametrize(
    "changed",
    [
        {"nummer": "12345678", "naam": "Iemand Anders", "geboortedatum": date(2010, 1, 1)},
        {"nummer": "012345679"},
        {"nummer": "012354678", "naam": "NOOR  voorbeeld"},
        {"nummer": "999999999"},
    ],
    ids=["lost zero", "one digit off", "changed over", "same name and birth day"],
)
def test_who_looks_like_a_known_one_is_shown_before_somebody_new_is_made(
    almere: Office, changed: dict[str, Value]
) -> None:
    outcome = attempt(almere, **changed)
    assert codes(outcome) == ["looks_like_known"]
    assert isinstance(outcome, Refusal)
    assert outcome.blockers[0].said is not None
    assert outcome.blockers[0].said.parameters["known"] == ("012345678 (Noor Voorbeeld)",)
    assert isinstance(attempt(almere, is_sure=True, **changed), Step)


@pytest.mark.parametrize(
    "changed",
    [
        {"nummer": "012345679", "naam": "Iemand Anders", "geboortedatum": date(2010, 1, 1)},
        {"nummer": "999999999", "naam": "Noor Voorbeeld", "geboortedatum": date(2010, 1, 1)},
    ],
    ids=["next number", "same name"],
)
def test_who_only_has_the_next_number_or_the_same_name_is_somebody_else(
    almere: Office, changed: dict[str, Value]
) -> None:
    assert isinstance(attempt(almere, **changed), Step)


def test_a_known_number_under_another_name_is_asked_about(almere: Office) -> None:
    outcome = attempt(almere, reason="nieuwe aanvraag", naam="Piet Anders")
    assert codes(outcome) == ["known_as_other"]
    assert isinstance(attempt(almere, reason="nieuwe aanvraag", is_sure=True, naam="Piet Anders"), Step)


def test_a_second_case_of_the_same_kind_says_which_one_runs_and_asks_a_reason(almere: Office) -> None:
    outcome = attempt(almere)
    assert codes(outcome) == ["runs_already"]
    assert isinstance(outcome, Refusal)
    assert outcome.blockers[0].subject == "TLV-2026-0001"
    second = attempt(almere, reason="de eerste is voor een andere school")
    assert isinstance(second, Step)
    assert almere.journal(second.after.id)[0].details["reason"] == "de eerste is voor een andere school"


def test_when_the_first_is_over_no_reason_is_asked(almere: Office) -> None:
    assert isinstance(almere.act("TLV-2026-0001", "concept_laten_vervallen", GUIDE, reason="x"), Step)
    assert isinstance(attempt(almere), Step)
