"""Who took part in another case of the pupil, under whatever spelling, is no independent expert (F-6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.handling import assign_case
from engine.core.deciding.keeping_people import merge_people
from engine.core.deciding.situation import look
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.language.facts import Value
from engine.crosscheck.partner import is_available
from engine.line.case_line import open_line
from engine.store.people import read_people
from engine.usecases.keep_people import keep_people, load_person, organisation_with_people
from engine.usecases.look_at_changed import look_at_changed
from engine.usecases.send_letters import send_letters
from tests.scenarios.story_of_a_grant import (
    ADMISSION,
    APPLICANT,
    COMPLETE,
    DECISION,
    EXPERTS,
    LEADER,
    WHO,
    apply_for,
    bring_to_decision,
    done,
)
from tests.usecases.workplace import PEOPLE, REAL, Office, day, make_office

pytestmark = pytest.mark.long

NUMBER = {name: f"P-{place:04d}" for place, name in enumerate(PEOPLE, 1)}
BREAKER = Actor(role="doorbraakfunctionaris")
SOLUTION: dict[str, Value] = {
    "doorbraak.functionaris": "I. Anders",
    "oplossing.omschrijving": "Een kleine groep",
    "oplossing.plaats": "Buitenhout College",
    "oplossing.startdatum": day("2027-03-01"),
    "oplossing.verantwoordelijke": "a.  DE BOER",
    "oplossing.schotten": ("geen",),
    "doorbraak.betrokken_besturen": ("30882", "41676"),
    "doorbraak.mandaat_besturen": ("30882", "41676"),
}
SEAT: dict[str, Value] = {
    "ouders.naam": "J. en M. Voorbeeld",
    "ouders.adres": "Voorbeeldstraat 1 te Almere",
    "school.naam": "Baken Stad",
    "school.contact": "Postbus 1 te Almere",
}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield office
    office.close()


def ladder_case(almere: Office, **said: Value) -> str:
    """A case of the ladder about the same pupil."""
    facts = {name: WHO[name] for name in ("leerling.nummer", "leerling.naam", "sector")}
    case_id = almere.open("escalatie", {**facts, **SEAT}, ADMISSION, entry="aflopende_tlv")
    almere.pass_time("2027-02-01 09:00")
    done(almere.act(case_id, "oplossing_vastleggen", BREAKER, {**SOLUTION, **said}))
    return case_id


def ready_for_experts(almere: Office) -> str:
    case_id = apply_for(almere)
    almere.pass_time("2027-02-10")
    done(almere.act(case_id, "aanvulling_vragen", ADMISSION))
    done(almere.act(case_id, "aanvulling_ontvangen", APPLICANT, COMPLETE))
    return case_id


def assign_experts(almere: Office, case_id: str, **said: Value) -> Step | Refusal:
    return almere.act(case_id, "deskundigen_toewijzen", ADMISSION, {**EXPERTS, **said})


def kinds(outcome: Step | Refusal) -> set[BlockerKind]:
    assert isinstance(outcome, Refusal), outcome
    return {blocker.kind for blocker in outcome.blockers}


@pytest.mark.parametrize("spelling", ["A. de Boer", "De Boer, A.", "drs. a. de boer", "P-0002"])
def test_who_took_part_in_the_ladder_case_of_the_pupil_is_no_independent_expert(almere: Office, spelling: str) -> None:
    ladder_case(almere)
    case_id = ready_for_experts(almere)
    assert BlockerKind.CONDITION in kinds(assign_experts(almere, case_id, **{"deskundige_1.persoon": spelling}))
    assert isinstance(assign_experts(almere, case_id, **{"deskundige_1.persoon": "C. Yildiz"}), Step)


def test_who_only_had_the_case_of_the_ladder_in_hand_took_part_too(almere: Office) -> None:
    ladder = ladder_case(almere, **{"oplossing.verantwoordelijke": "I. Anders"})
    with open_line(almere.runtime) as line:
        organisation = organisation_with_people(almere.runtime)
        expert = load_person(line.work, organisation, "A. de Boer")
        done(line.keep(assign_case(line.about(ladder, ADMISSION), expert, "")))
    case_id = ready_for_experts(almere)
    assert BlockerKind.CONDITION in kinds(assign_experts(almere, case_id))


def test_who_acted_in_the_case_of_the_ladder_took_part_too(almere: Office) -> None:
    facts = {name: WHO[name] for name in ("leerling.nummer", "leerling.naam", "sector")}
    by = replace(ADMISSION, name="A. de Boer", person=NUMBER["A. de Boer"])
    almere.open("escalatie", {**facts, **SEAT}, by, entry="aflopende_tlv")
    case_id = ready_for_experts(almere)
    assert BlockerKind.CONDITION in kinds(assign_experts(almere, case_id))


def test_the_case_of_another_pupil_makes_nobody_involved(almere: Office) -> None:
    facts = {"leerling.nummer": "900000099", "leerling.naam": "Bo Ander", "sector": "vo"}
    case = almere.open("escalatie", {**facts, **SEAT}, ADMISSION, entry="aflopende_tlv")
    almere.pass_time("2027-02-01 09:00")
    done(almere.act(case, "oplossing_vastleggen", BREAKER, SOLUTION))
    assert isinstance(assign_experts(almere, ready_for_experts(almere)), Step)


@pytest.mark.parametrize("second", ["a. de boer", "A.  de Boer", "Boer, A. de", "mevrouw A. de Boer"])
def test_one_expert_in_two_spellings_is_not_two(almere: Office, second: str) -> None:
    case_id = ready_for_experts(almere)
    assert BlockerKind.CONDITION in kinds(assign_experts(almere, case_id, **{"deskundige_2.persoon": second}))


def test_a_name_that_nobody_has_is_refused_and_nobody_is_made(almere: Office) -> None:
    case_id = ready_for_experts(almere)
    outcome = assign_experts(almere, case_id, **{"deskundige_2.persoon": "Z. Onbekend"})
    assert kinds(outcome) == {BlockerKind.PERSON}
    with almere.runtime.reading() as readings:
        assert [one.name for one in read_people(readings, "almere")] == list(PEOPLE)


def merge(almere: Office, old: str, into: str) -> None:
    organisation = organisation_with_people(almere.runtime)
    with open_line(almere.runtime) as line:
        keep_people(
            line, organisation, ADMISSION,
            lambda keeping: merge_people(keeping, keeping.everybody[old], keeping.everybody[into], "zelfde mens"),
        )  # fmt: skip


def test_two_numbers_that_became_one_are_one_expert_in_every_case(almere: Office) -> None:
    ladder_case(almere)
    case_id = ready_for_experts(almere)
    merge(almere, NUMBER["A. de Boer"], NUMBER["C. Yildiz"])
    assert BlockerKind.CONDITION in kinds(assign_experts(almere, case_id, **{"deskundige_1.persoon": "C. Yildiz"}))
    with open_line(almere.runtime) as line:
        seen = look(line.about(case_id, ENGINE)).lookup("eerdere_betrokkenen")
    assert isinstance(seen, tuple)
    assert NUMBER["C. Yildiz"] in seen
    assert NUMBER["A. de Boer"] not in seen


def test_letters_and_pages_show_names_and_never_a_number_alone(almere: Office) -> None:
    ladder = ladder_case(almere, **{"oplossing.verantwoordelijke": "T. Visser"})
    fields = [row.letter.fields for row in almere.letters(ladder) if "verantwoordelijke" in row.letter.fields]
    assert fields
    assert {one["verantwoordelijke"] for one in fields} == {"T. Visser"}
    case_id = apply_for(almere)
    bring_to_decision(almere, case_id, {"asked": "2027-02-10", "completed": "2027-02-24", "advised": "2027-03-10"})
    almere.pass_time("2027-03-24 11:00")
    done(almere.act(case_id, "toekennen", LEADER, DECISION))
    send_letters(almere.runtime)
    experts = [row for row in almere.letters(case_id) if row.letter.addressee.startswith("deskundige")]
    assert {row.letter.addressee_name for row in experts} <= {"A. de Boer", "S. Yildiz"}
    shown = [str(value) for row in almere.letters(case_id) for value in row.letter.fields.values()]
    assert not [text for text in shown if "P-00" in text]


def test_a_case_of_before_the_register_means_who_bears_the_name_it_holds(almere: Office) -> None:
    """A database of before holds names; they mean a person as soon as that person is in the register."""
    case_id = ready_for_experts(almere)
    done(assign_experts(almere, case_id))
    with almere.runtime.store.transaction() as tx:
        sql = "UPDATE cases SET snapshot = replace(snapshot, :number, :name) WHERE id = :id"
        told = {"number": NUMBER["A. de Boer"], "name": "A. DE  BOER", "id": case_id}
        tx._link.connection.exec_driver_sql(sql, told)
    with open_line(almere.runtime) as line:
        asked = line.about(case_id)
    assert look(asked).lookup("deskundige_1.persoon") == NUMBER["A. de Boer"]
    assert asked.people.names["A. DE  BOER"] == "A. de Boer"


@pytest.mark.skipif(not is_available(), reason="without the second evaluator nobody looks again")
def test_a_line_of_a_register_is_of_no_case_and_the_second_look_passes_it_over(almere: Office) -> None:
    apply_for(almere)
    merge(almere, NUMBER["A. de Boer"], NUMBER["C. Yildiz"])
    almere.runtime.keep_second_evaluator()
    swept = look_at_changed(almere.runtime)
    assert (swept.done, swept.failed) == (1, ())
    with almere.runtime.reading() as readings:
        assert readings.waiting("almere").unseen == 0
