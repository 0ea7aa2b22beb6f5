"""Parents at two addresses each get their own letters, and their own term to object (F-5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.amending import Amended, Amendment, RecordAmendment
from engine.core.deciding.case import Actor
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.step import Refusal, Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.usecases.correct_dossier import correct_dossier
from engine.usecases.dossier import content_about, load_dossier
from engine.usecases.send_letters import send_letters
from engine.usecases.show_letter import show_letter
from tests.scenarios.story_of_a_grant import APPLICANT, DECISION, FORM, LEADER, WHO, bring_to_decision, done
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.long

NUMBER = str(WHO["leerling.nummer"])
SCHOOL = Actor(role="school", name="Saar School")
HOME = {fact: value for fact, value in FORM.items() if fact in ("ouders.naam", "ouders.adres")}
REST = {fact: value for fact, value in FORM.items() if fact not in HOME}
MOTHER: dict[str, Value] = {"naam": "A. Jansen", "adres": "Laan 1, 1300 AA Almere", "gezag": True}
FATHER: dict[str, Value] = {"naam": "B. de Boer", "adres": "Plein 2, 1311 BB Almere", "gezag": True}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield made
    made.close()


def correct(
    office: Office,
    *records: RecordAmendment,
    facts: dict[str, Value] | None = None,
    actor: Actor = SCHOOL,
    confirmed: bool = False,
) -> Amended | Refusal:
    with open_line(office.runtime) as line:
        content, kind = content_about(office.runtime)
        subject = load_dossier(line.work, "almere", kind, NUMBER)
        command = Amendment(facts=facts or {}, records=records, reason="gemeld door de school", confirmed=confirmed)
        return correct_dossier(line, content, subject, command, actor)


def with_parents(office: Office, *parents: dict[str, Value]) -> str:
    """A request for a pupil with these parents."""
    case_id = office.open("tlv", WHO, APPLICANT, entry="aanvraag")
    for parent in parents:
        outcome = correct(office, RecordAmendment(kind="ouder", number=0, fields=parent))
        assert isinstance(outcome, Amended), outcome
    return case_id


def handed_in(office: Office, case_id: str) -> dict[str, OutgoingLetter]:
    """The letters to the parents when the request comes in, by reader."""
    step = done(office.act(case_id, "indienen", APPLICANT, REST))
    return {letter.addressee: letter for letter in step.letters if letter.addressee.startswith("ouders")}


def test_one_parent_is_written_to_as_before(almere: Office) -> None:
    letters = handed_in(almere, with_parents(almere, MOTHER))
    assert list(letters) == ["ouders"]
    assert letters["ouders"].key.endswith("/L-01/ouders/1")
    assert (letters["ouders"].addressee_name, letters["ouders"].addressee_address) == (MOTHER["naam"], MOTHER["adres"])


@pytest.mark.parametrize("typed", ["A. Jansen", "a. jansen", " A.  Jansen"])
def test_a_parent_who_is_typed_twice_is_asked_about(almere: Office, typed: str) -> None:
    """Why: who mistyped an address types the parent once more, and from then on there are two who get every letter."""
    with_parents(almere, MOTHER)
    again = RecordAmendment(kind="ouder", number=0, fields=MOTHER | {"naam": typed, "adres": "Laan 10 te Almere"})
    refused = correct(almere, again)
    assert isinstance(refused, Refusal)
    (blocker,) = refused.blockers
    assert blocker.said is not None
    assert blocker.said.code == "record_has_twin"
    assert blocker.said.parameters["known"] == "ouder.1"
    assert isinstance(correct(almere, again, confirmed=True), Amended)


def test_a_parent_who_is_put_right_is_not_taken_for_another(almere: Office) -> None:
    with_parents(almere, MOTHER, FATHER)
    moved = RecordAmendment(kind="ouder", number=1, fields=MOTHER | {"adres": "Laan 10 te Almere"})
    assert isinstance(correct(almere, moved), Amended)


def test_a_name_put_right_in_the_register_makes_the_letters_that_wait_anew(almere: Office) -> None:
    case_id = with_parents(almere, MOTHER)
    handed_in(almere, case_id)
    assert isinstance(correct(almere, facts={"leerling.naam": "Samira Voorbeeld"}), Amended)
    waiting = [row for row in almere.letters(case_id) if row.status == "waiting"]
    assert waiting
    assert all("Samira Voorbeeld" in map(str, row.letter.fields.values()) for row in waiting)


def test_two_parents_at_two_addresses_get_a_letter_each(almere: Office) -> None:
    letters = handed_in(almere, with_parents(almere, MOTHER, FATHER))
    assert {key: (one.addressee_name, one.addressee_address) for key, one in letters.items()} == {
        "ouders.1": (MOTHER["naam"], MOTHER["adres"]),
        "ouders.2": (FATHER["naam"], FATHER["adres"]),
    }


def test_two_parents_at_one_address_get_one_letter_with_both_names(almere: Office) -> None:
    letters = handed_in(almere, with_parents(almere, MOTHER, {**FATHER, "adres": MOTHER["adres"]}))
    assert list(letters) == ["ouders"]
    assert letters["ouders"].addressee_name == "A. Jansen en B. de Boer"


@pytest.mark.parametrize("custody", [{"gezag": False}, {}], ids=["without", "unknown"])
def test_who_has_no_custody_as_far_as_is_known_gets_nothing(almere: Office, custody: dict[str, Value]) -> None:
    other = {name: value for name, value in FATHER.items() if name != "gezag"} | custody
    letters = handed_in(almere, with_parents(almere, MOTHER, other))
    assert [one.addressee_name for one in letters.values()] == [MOTHER["naam"]]


def test_a_pupil_of_eighteen_is_written_to_and_the_parents_are_not(almere: Office) -> None:
    case_id = with_parents(almere, MOTHER, FATHER)
    correct(almere, facts={"leerling.geboortedatum": date(2009, 1, 1)})
    letters = handed_in(almere, case_id)
    assert [(one.addressee, one.addressee_name) for one in letters.values()] == [("ouders", WHO["leerling.naam"])]


@pytest.mark.slow
def test_each_parent_has_a_term_of_his_own_to_object(almere: Office) -> None:
    case_id = with_parents(almere, MOTHER, FATHER)
    handed_in(almere, case_id)
    bring_to_decision(almere, case_id, {"asked": "2027-02-10", "completed": "2027-02-24", "advised": "2027-03-10"})
    almere.pass_time("2027-03-24 11:00")
    done(almere.act(case_id, "toekennen", LEADER, DECISION))
    assert send_letters(almere.runtime).failed == ()
    terms = {row.deadline.clock: row.deadline.last_day for row in almere.deadlines(case_id) if row.status == "open"}
    own = {clock: last for clock, last in terms.items() if clock.startswith("bezwaartermijn/ouders")}
    assert own == {"bezwaartermijn/ouders.1": day("2027-05-10"), "bezwaartermijn/ouders.2": day("2027-05-10")}


def test_a_letter_that_waits_goes_to_where_the_family_lives_when_it_leaves(almere: Office) -> None:
    case_id = with_parents(almere, MOTHER)
    key = handed_in(almere, case_id)["ouders"].key
    moved = RecordAmendment(kind="ouder", number=1, fields={"adres": "Dijk 9, 1333 CC Almere"})
    assert isinstance(correct(almere, moved), Amended)
    assert "Dijk 9" in show_letter(almere.runtime, key).text
    assert send_letters(almere.runtime).failed == ()
    (row,) = (row for row in almere.letters(case_id) if row.letter.key == key)
    assert row.letter.addressee_address == "Dijk 9, 1333 CC Almere"
    correct(almere, RecordAmendment(kind="ouder", number=1, fields={"adres": "Elders 1, 1000 AA Ergens"}))
    assert "Dijk 9" in show_letter(almere.runtime, key).text, "what left says where it went"


def test_of_who_became_two_each_letter_that_waits_still_finds_its_own(almere: Office) -> None:
    case_id = with_parents(almere, MOTHER)
    key = handed_in(almere, case_id)["ouders"].key
    moved = {"adres": "Dijk 9, 1333 CC Almere"}
    correct(
        almere,
        RecordAmendment(kind="ouder", number=1, fields=moved),
        RecordAmendment(kind="ouder", number=0, fields=FATHER),
    )
    assert "Dijk 9" in show_letter(almere.runtime, key).text
    assert "Plein 2" not in show_letter(almere.runtime, key).text


def test_one_name_for_two_parents_is_not_guessed_at(almere: Office) -> None:
    case_id = with_parents(almere, MOTHER, FATHER)
    outcome = almere.act(case_id, "indienen", APPLICANT, FORM)
    assert isinstance(outcome, Refusal)
    assert [one.said and one.said.code for one in outcome.blockers] == ["subject_has_many"]


def test_a_dossier_is_put_right_by_who_may_supply_it_and_with_a_reason(almere: Office) -> None:
    case_id = with_parents(almere, MOTHER)
    moved = RecordAmendment(kind="ouder", number=1, fields={"adres": "Dijk 9"})
    refused = correct(almere, moved, actor=Actor(role="leerplicht"))
    assert isinstance(refused, Refusal)
    assert [one.kind.value for one in refused.blockers] == ["no_mandate"]
    assert isinstance(correct(almere, moved), Amended)
    with almere.runtime.reading() as readings:
        lines = readings.subject_journal("almere", f"leerling/{NUMBER}")
        assert readings.subject_journal("elders", f"leerling/{NUMBER}") == ()
    assert lines[-1].case_id == ""
    assert lines[-1].details["facts"] == {"ouder.1.adres": [MOTHER["adres"], "Dijk 9"]}
    assert lines[-1].details["reason"] == "gemeld door de school"
    assert almere.case(case_id).version == 1, "nothing followed from it for the case"
    assert almere.is_sound()


def test_an_open_case_follows_what_the_dossier_now_says(almere: Office) -> None:
    entry: dict[str, Value] = {**WHO, **HOME, "school.naam": "Baken Stad", "leerling.emb": True}
    del entry["tlv.soort"]
    ends: dict[str, Value] = {"nummer": "OUD-1", "soort": "vso", "begin": day("2024-08-01"), "einde": day("2027-07-31")}
    almere.in_dossier(NUMBER, "verklaring", ends, Actor(role="toeleiding"))
    case_id = almere.open("tlv_afloop", entry, Actor(role="toeleiding"))
    assert isinstance(almere.act(case_id, "gesprek_plannen", SCHOOL, {"gesprek.datum": day("2027-02-10")}), Step)
    guide = Actor(role="toeleiding", name="Thea")
    assert isinstance(correct(almere, facts={"leerling.emb": False}, actor=guide), Amended)
    with almere.runtime.reading() as readings:
        found = readings.load_subject("almere", "leerling", NUMBER)
    assert found is not None
    assert found.facts["leerling.emb"].value is False
