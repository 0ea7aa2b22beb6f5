"""F-12 and F-14 in the procedures of application, placement and return: what a decision rests on, and reopening."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from engine.core.deciding.advance import Act
from engine.core.deciding.case import Actor
from engine.core.deciding.mending import FactCorrection
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE
from engine.line.case_line import open_line
from engine.rehearsal.memory import MemoryRuntime
from engine.usecases.advance_case import advance_case
from engine.usecases.correct_case import correct_case
from engine.usecases.open_case import open_case
from engine.usecases.pass_time import pass_time
from engine.usecases.reopen_case import reopen_case
from engine.usecases.undo_act import undo_act
from tests.real_content import real_catalogue

START = datetime(2026, 9, 1, 9, tzinfo=LOCAL_ZONE)
PUPIL: dict[str, Value] = {
    "leerling.nummer": "900000042",
    "leerling.naam": "Noor Jansen",
    "leerling.geboortedatum": date(2013, 3, 4),
    "sector": "vo",
    "ouders.naam": "A. Jansen",
    "ouders.adres": "Voorbeeldlaan 1, 1300 AA Almere",
}
AT_SCHOOL: dict[str, Value] = {
    **PUPIL,
    "plek.soort": "vo",
    "school_van_aanmelding.brin": "16AW00",
    "school_van_aanmelding.contact": "Voorbeeldweg 2, 1300 AB Almere",
    "elders_ingeschreven": False,
    "extra_ondersteuning": True,
    "aanmelding.ontvangen_op": date(2026, 9, 1),
}
SEARCH: dict[str, Value] = {**PUPIL, "plek.soort": "vo", "elders_ingeschreven": False, "extra_ondersteuning": True}
RETURN: dict[str, Value] = {
    **PUPIL,
    "school.naam": "Nautilus College",
    "school.contact": "Voorbeeldstraat 17, 1312 AA Almere",
    "huidig.soort": "vso",
    "richting": "terug",
}
REFUSAL: dict[str, Value] = {
    "weigering.grond": "andere_school",
    "weigering.reden": "De groep past niet",
    "andere_school.brin": "16AW01",
    "andere_school.bereid_op": date(2026, 9, 1),
    "ouders.gehoord_op": date(2026, 9, 1),
}
CHIEF, SWV, SCHOOL = Actor(role="teamleider_toeleiding"), Actor(role="toeleiding"), Actor(role="ontvangende_school")


class Desk:
    """A workplace with the content of this project, and the one case that is worked on."""

    def __init__(self, runtime: MemoryRuntime) -> None:
        self.runtime, self.now, self.id = runtime, START, ""

    def open(self, workflow: str, facts: dict[str, Value], actor: Actor = SWV) -> None:
        with open_line(self.runtime) as line:
            opened = open_case(line, workflow, facts, actor)
        assert isinstance(opened, Step), opened
        self.id = opened.after.id

    def act(self, transition: str, actor: Actor, **facts: Value) -> Step | Refusal:
        with open_line(self.runtime) as line:
            command = Act(transition=transition, facts={**facts}, reason="zo is het")
            return advance_case(line, self.id, command, actor)

    def correct(self, actor: Actor, **facts: Value) -> Step | Refusal:
        with open_line(self.runtime) as line:
            return correct_case(line, self.id, FactCorrection(facts=facts, reason="tikfout"), actor)

    def reopen(self, actor: Actor) -> Step | Refusal:
        with open_line(self.runtime) as line:
            return reopen_case(line, self.id, "vergissing", actor)

    def undo(self, actor: Actor) -> Step | Refusal:
        with open_line(self.runtime) as line:
            return undo_act(line, self.id, "verkeerde leerling", actor)

    def wait(self, length: timedelta) -> None:
        self.now += length
        pass_time(self.runtime, self.now)


@pytest.fixture
def desk() -> Iterator[Desk]:
    runtime = MemoryRuntime(real_catalogue(), "almere")
    with closing(runtime):
        runtime.begin(START)
        yield Desk(runtime)


def kinds(outcome: Step | Refusal) -> set[BlockerKind]:
    assert isinstance(outcome, Refusal), outcome
    return {blocker.kind for blocker in outcome.blockers}


def state(outcome: Step | Refusal) -> str:
    assert isinstance(outcome, Step), outcome
    return outcome.after.state


def test_what_a_refusal_of_a_school_rests_on_is_fixed_and_it_is_reopened_by_mandate(desk: Desk) -> None:
    desk.open("aanmelding", AT_SCHOOL)
    assert state(desk.act("weigeren", SCHOOL, **REFUSAL)) == "weigering_gegeven"
    assert BlockerKind.FIXED in kinds(desk.correct(CHIEF, **{"ouders.gehoord_op": date(2026, 8, 31)}))
    assert BlockerKind.NO_MANDATE in kinds(desk.reopen(SCHOOL))
    assert state(desk.reopen(CHIEF)) == "aangemeld"
    found = desk.act(
        "toelaten", SCHOOL, **{"eerste_dag.op": date(2026, 9, 7), "eerste_dag.contactpersoon": "de mentor"}
    )
    assert state(found) == "toegelaten"


def test_an_admission_is_not_typed_over(desk: Desk) -> None:
    desk.open("aanmelding", AT_SCHOOL)
    told = {"eerste_dag.op": date(2026, 9, 7), "eerste_dag.contactpersoon": "de mentor"}
    assert state(desk.act("toelaten", SCHOOL, **told)) == "toegelaten"
    assert BlockerKind.FIXED in kinds(desk.correct(CHIEF, **{"eerste_dag.op": date(2026, 9, 14)}))
    assert kinds(desk.reopen(CHIEF)) == {BlockerKind.ENDS_FOR_GOOD}


def test_parents_who_gave_up_by_mistake_go_on_searching_by_mandate(desk: Desk) -> None:
    desk.open("plaatsing", SEARCH)
    assert state(desk.act("afzien", SWV)) == "afgezien"
    assert BlockerKind.NO_MANDATE in kinds(desk.reopen(SWV))
    assert state(desk.reopen(CHIEF)) == "zoeken"


def test_what_parents_agreed_to_is_fixed_and_a_return_that_was_put_off_is_reopened(desk: Desk) -> None:
    desk.open("terugkeer", RETURN, Actor(role="school"))
    advice = {"cvb.oordeel": "doen", "cvb.advies_op": date(2026, 8, 31)}
    voices = {"leerling.mening": "Ik wil terug", "ouders.mening": "Goed"}
    assert state(desk.act("advies_vastleggen", Actor(role="school"), **advice, **voices)) == "geadviseerd"
    assert BlockerKind.FIXED in kinds(desk.correct(Actor(role="school"), **{"cvb.oordeel": "wachten"}))
    assert state(desk.act("school_zoeken", Actor(role="ouders"), **{"ouders.akkoord": True})) == "school_gezocht"
    assert BlockerKind.FIXED in kinds(desk.correct(Actor(role="ouders"), **{"ouders.akkoord": False}))
    assert state(desk.act("niet_nu", Actor(role="ouders"))) == "niet_nu_gedaan"
    assert state(desk.reopen(CHIEF)) == "verkennen"


def test_a_return_opened_for_the_wrong_pupil_is_closed_as_long_as_no_letter_left(desk: Desk) -> None:
    desk.open("terugkeer", RETURN, Actor(role="school"))
    outcome = desk.undo(Actor(role="school"))
    assert isinstance(outcome, Step)
    assert outcome.after.is_closed
    assert not any(mark.is_waiting for mark in outcome.after.letters)
    desk.open("terugkeer", RETURN, Actor(role="school"))
    desk.wait(timedelta(hours=1))
    assert kinds(desk.undo(Actor(role="school"))) == {BlockerKind.OUTSIDE}
