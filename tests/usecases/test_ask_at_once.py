"""Who fills in a form is asked once for all that can be known, also what hangs on another answer of the same form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.deciding.step import Step
from engine.usecases.ask_facts import facts_to_ask
from tests.scenarios.story_of_a_grant import APPLICANT, FORM, WHO
from tests.usecases.workplace import REAL, Office, make_office

pytestmark = pytest.mark.long


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield made
    made.close()


def test_one_form_asks_all_that_an_act_can_come_to_need(almere: Office) -> None:
    case_id = almere.open("tlv", WHO, APPLICANT)
    form = facts_to_ask(almere.runtime, case_id, "aanvrager", "indienen")
    asked = {*form.facts, *form.perhaps}
    needed = set(FORM) - {"aanvraag.looptijd"}  # which the act takes, and can do without
    assert needed <= asked, needed - asked
    assert "school_hoort_bij_swv" in form.perhaps
    outcome = almere.act(case_id, "indienen", APPLICANT, {fact: FORM[fact] for fact in needed})
    assert isinstance(outcome, Step), "one form was enough"


def test_what_no_answer_can_make_needed_is_not_asked(almere: Office) -> None:
    case_id = almere.open("tlv", WHO, APPLICANT)
    known = {fact: FORM[fact] for fact in ("leerling.situatie", "huidige_school.soort", "school_hoort_bij_swv")}
    assert isinstance(almere.record(case_id, known, APPLICANT), Step)
    form = facts_to_ask(almere.runtime, case_id, "aanvrager", "indienen")
    asked = {*form.facts, *form.perhaps}
    assert asked.isdisjoint(known)
    assert "woonplaats_hoort_bij_swv" not in asked, "where the pupil lives decides nothing any more"
