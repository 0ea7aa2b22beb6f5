"""A case that should not be there is closed as never opened, while nothing rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.usecases.audit_cases import replay_all
from engine.usecases.send_letters import send_letters
from engine.usecases.undo_act import undo_act
from tests.scenarios.story_of_a_grant import ADMISSION, WHO, apply_for
from tests.usecases.workplace import REAL, Office, make_office

pytestmark = pytest.mark.long

SCHOOL = Actor(role="aanvrager")


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield made
    made.close()


def take_back(office: Office, case_id: str, actor: Actor = SCHOOL) -> Step | Refusal:
    with open_line(office.runtime) as line:
        return undo_act(line, case_id, "verkeerde leerling", actor, whole=True)


def codes(outcome: Step | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal), outcome
    return [one.said.code if one.said else one.kind.value for one in outcome.blockers]


def test_a_case_in_which_more_was_done_is_closed_as_never_opened(almere: Office) -> None:
    case_id = apply_for(almere)
    assert almere.case(case_id).letters, "the receipt waits"
    assert codes(take_back(almere, case_id, Actor(role="deskundige_1"))) == [BlockerKind.NO_MANDATE.value]
    outcome = take_back(almere, case_id)
    assert isinstance(outcome, Step)
    assert (outcome.after.is_closed, outcome.deadlines) == (True, ())
    assert not any(mark.is_waiting for mark in outcome.after.letters)
    assert {one.first for one in replay_all(almere.runtime)} == {None}
    assert codes(take_back(almere, case_id)) == ["nothing_to_undo"]


def test_a_letter_that_left_keeps_the_case(almere: Office) -> None:
    case_id = apply_for(almere)
    assert send_letters(almere.runtime).failed == ()
    assert "letter_has_left" in codes(take_back(almere, case_id))


def test_what_the_dossier_rests_on_keeps_the_case(almere: Office) -> None:
    case_id = almere.open("tlv", WHO, SCHOOL)
    stay: dict[str, Value] = {"verblijfsperiode.begin": date(2027, 1, 4), "verblijfsperiode.school": "16AW00"}
    assert isinstance(almere.act(case_id, "residentieel_verblijf_vastleggen", ADMISSION, stay), Step)
    assert codes(take_back(almere, case_id)) == ["dossier_rests_on_case"]
