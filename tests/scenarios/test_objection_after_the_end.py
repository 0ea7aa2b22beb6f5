"""An objection that was posted in time may come a week after its term: the case that ended then goes on (Awb 6:9)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.usecases.reopen_case import reopen_case
from tests.scenarios.story_of_a_grant import ADMISSION, LEADER, apply_for, done
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.slow

NOT_PROCESSED: dict[str, Value] = {
    "niet_behandelen.reden": "Zonder verslag is de aanvraag niet te beoordelen",
    "besluit.beslisser": "R. Bakker",
}
BY_POST: dict[str, Value] = {
    "bezwaarschrift.ontvangen_op": day("2027-03-17"),
    "bezwaarschrift.door": "ouder",
    "bezwaarschrift.naam": "M. Voorbeeld",
    "bezwaarschrift.adres": "Voorbeeldstraat 1 te Almere",
}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path / "werkplek", "2027-01-11 09:00", REAL, organisation="almere")
    yield office
    office.close()


def not_processed(office: Office) -> str:
    """Not processed on 1 February, sent that day; the six weeks to object ended on 15 March, and the case with them."""
    case_id = apply_for(office)
    office.pass_time("2027-01-12 09:00")
    done(office.act(case_id, "aanvulling_vragen", ADMISSION))
    office.pass_time("2027-02-01 09:00")
    done(office.act(case_id, "niet_behandelen", Actor(role="directeur_bestuurder"), NOT_PROCESSED))
    office.pass_time("2027-03-17 09:00")
    assert office.case(case_id).state == "niet_behandeld_definitief"
    return case_id


def reopened(office: Office, case_id: str) -> Step:
    with open_line(office.runtime) as line:
        return done(reopen_case(line, case_id, "Er kwam een bezwaar dat op 15 maart is gepost", LEADER))


def test_an_objection_posted_in_time_reaches_a_case_that_ended_meanwhile(almere: Office) -> None:
    case_id = not_processed(almere)
    reopened(almere, case_id)
    step = done(almere.act(case_id, "bezwaar_vastleggen", ADMISSION, BY_POST))
    assert step.after.state == "niet_behandeld_bezwaar_loopt"
    objection = next(case.id for case in almere.cases() if case.parent == case_id)
    posted: dict[str, Value] = {"bezwaar.wijze": "post", "bezwaar.gepost_op": day("2027-03-15")}
    received = done(almere.act(objection, "ontvangst_bevestigen", ADMISSION, posted))
    assert received.after.state == "toetsen"
    decide = [row for row in almere.deadlines(objection) if row.deadline.clock == "beslistermijn_bezwaar"]
    # Twelve weeks from the day after the term to object (Awb 7:10): 15 March and 84 days is 7 June.
    assert {row.deadline.last_day for row in decide} == {day("2027-06-07")}
    done(almere.act(objection, "in_behandeling_nemen", ADMISSION))


def test_who_reopens_it_without_an_objection_is_reminded(almere: Office) -> None:
    case_id = not_processed(almere)
    step = reopened(almere, case_id)
    assert [one for one in almere.deadlines(case_id) if one.status == "open"], step.after.state
