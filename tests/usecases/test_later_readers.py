"""Who comes to read a letter while it waits gets one too, beside the one that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.deciding.amending import Amended, Amendment, RecordAmendment
from engine.core.deciding.case import Actor
from engine.core.deciding.handling_letters import LetterAct, LetterDeed
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.store.records import LetterRow
from engine.usecases.audit_cases import replay_all
from engine.usecases.correct_dossier import correct_dossier
from engine.usecases.dossier import content_about, load_dossier
from engine.usecases.handle_letter import mend_letter
from engine.usecases.send_letters import send_letters
from tests.scenarios.story_of_a_grant import APPLICANT, DECISION, FORM, LEADER, WHO, bring_to_decision, done
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.long

NUMBER = str(WHO["leerling.nummer"])
SCHOOL = Actor(role="school", name="Saar School")
REST = {fact: value for fact, value in FORM.items() if fact not in ("ouders.naam", "ouders.adres")}
MOTHER: dict[str, Value] = {"naam": "A. Jansen", "adres": "Laan 1, 1300 AA Almere", "gezag": True}
FATHER: dict[str, Value] = {"naam": "B. de Boer", "adres": "Plein 2, 1311 BB Almere", "gezag": True}
GUARDIAN: dict[str, Value] = {"naam": "C. Smit", "adres": "Dijk 3, 1333 CC Almere", "gezag": True}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield made
    made.close()


def put_in_dossier(office: Office, number: int, **fields: Value) -> None:
    """A parent in the dossier of the pupil: a new one under number 0."""
    with open_line(office.runtime) as line:
        content, kind = content_about(office.runtime)
        subject = load_dossier(line.work, "almere", kind, NUMBER)
        one = RecordAmendment(kind="ouder", number=number, fields=fields)
        command = Amendment(records=(one,), reason="gemeld door de school")
        assert isinstance(correct_dossier(line, content, subject, command, SCHOOL), Amended)


def handed_in(office: Office, *parents: dict[str, Value]) -> str:
    """A request for a pupil with these parents, of which the receipt to them waits."""
    case_id = office.open("tlv", WHO, APPLICANT, entry="aanvraag")
    for parent in parents:
        put_in_dossier(office, 0, **parent)
    done(office.act(case_id, "indienen", APPLICANT, REST))
    return case_id


def to_parents(office: Office, case_id: str, letter: str = "L-01") -> dict[str, LetterRow]:
    """The letters to the parents, by the name on them."""
    rows = (row for row in office.letters(case_id) if row.letter.letter == letter)
    return {row.letter.addressee_name: row for row in rows if row.letter.addressee.startswith("ouders")}


def is_sound(office: Office) -> bool:
    return office.is_sound() and {one.first for one in replay_all(office.runtime)} == {None}


def test_a_parent_who_is_added_while_a_letter_waits_gets_one_too(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER)
    put_in_dossier(almere, 0, **FATHER)
    letters = to_parents(almere, case_id)
    assert {name: (row.letter.key.partition("/")[2], row.status) for name, row in letters.items()} == {
        "A. Jansen": ("L-01/ouders/1", "waiting"),
        "B. de Boer": ("L-01/ouders.2/1", "waiting"),
    }
    assert letters["B. de Boer"].letter.addressee_address == FATHER["adres"]
    assert "de Boer" in str(letters["B. de Boer"].letter.fields["aanhef"])
    put_in_dossier(almere, 2, adres="Elders 1, 1000 AA Ergens")
    assert len(to_parents(almere, case_id)) == 2, "once, whatever is put right afterwards"
    assert send_letters(almere.runtime).failed == ()
    assert {row.status for row in to_parents(almere, case_id).values()} == {"sent"}
    assert is_sound(almere)


def test_a_parent_who_is_added_after_the_letter_left_gets_none_of_it(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER)
    assert send_letters(almere.runtime).failed == ()
    put_in_dossier(almere, 0, **FATHER)
    assert list(to_parents(almere, case_id)) == ["A. Jansen"]


def test_a_third_who_is_added_gets_one_beside_two(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER, FATHER)
    put_in_dossier(almere, 0, **GUARDIAN)
    assert {name: row.letter.addressee for name, row in to_parents(almere, case_id).items()} == {
        "A. Jansen": "ouders.1",
        "B. de Boer": "ouders.2",
        "C. Smit": "ouders.3",
    }


@pytest.mark.parametrize("added", [{"gezag": False}, {"adres": MOTHER["adres"]}], ids=["no custody", "same address"])
def test_who_needs_no_letter_of_his_own_gets_none(almere: Office, added: dict[str, Value]) -> None:
    case_id = handed_in(almere, MOTHER)
    put_in_dossier(almere, 0, **FATHER | added)
    (row,) = to_parents(almere, case_id).values()
    assert row.letter.addressee == "ouders"


def test_parents_who_part_while_their_letter_waits_get_one_each(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER, {**FATHER, "adres": MOTHER["adres"]})
    put_in_dossier(almere, 2, adres=FATHER["adres"])
    letters = to_parents(almere, case_id)
    assert {name: row.letter.addressee_address for name, row in letters.items()} == {
        "A. Jansen": MOTHER["adres"],
        "B. de Boer": FATHER["adres"],
    }


def test_a_name_put_right_of_one_of_two_writes_to_nobody_twice(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER, FATHER)
    put_in_dossier(almere, 2, naam="B.J. de Boer")
    assert sorted(to_parents(almere, case_id)) == ["A. Jansen", "B.J. de Boer"]


def test_what_is_held_is_held_for_who_is_added_too(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER)
    (row,) = to_parents(almere, case_id).values()
    with open_line(almere.runtime) as line:
        held = LetterAct(deed=LetterDeed.HOLD, key=row.letter.key, reason="wacht op de vertaling")
        assert isinstance(mend_letter(line, held, APPLICANT), Step)
    put_in_dossier(almere, 0, **FATHER)
    assert {name: one.status for name, one in to_parents(almere, case_id).items()} == {
        "A. Jansen": "held",
        "B. de Boer": "held",
    }


def test_taking_back_what_ordered_a_letter_takes_back_that_of_who_was_added(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER)
    put_in_dossier(almere, 0, **FATHER)
    assert isinstance(almere.undo(case_id, APPLICANT), Step)
    assert almere.letters(case_id) == ()
    assert is_sound(almere)


@pytest.mark.slow
def test_a_decision_that_waits_reaches_who_is_added_with_a_term_of_his_own(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER)
    bring_to_decision(almere, case_id, {"asked": "2027-02-10", "completed": "2027-02-24", "advised": "2027-03-10"})
    almere.pass_time("2027-03-24 11:00")
    done(almere.act(case_id, "toekennen", LEADER, DECISION))
    put_in_dossier(almere, 0, **FATHER)
    assert send_letters(almere.runtime).failed == ()
    terms = {row.deadline.clock: row.deadline.last_day for row in almere.deadlines(case_id) if row.status == "open"}
    own = {clock: last for clock, last in terms.items() if clock.startswith("bezwaartermijn/ouders")}
    assert own == {"bezwaartermijn/ouders": day("2027-05-10"), "bezwaartermijn/ouders.2": day("2027-05-10")}
    assert is_sound(almere)


def test_a_case_that_is_over_still_tells_who_is_added_what_waits(almere: Office) -> None:
    case_id = handed_in(almere, MOTHER)
    on: dict[str, Value] = {"intrekking.ontvangen_op": day("2027-01-29")}
    done(almere.act(case_id, "intrekken", APPLICANT, on, reason="toch niet nodig"))
    assert almere.case(case_id).is_closed
    put_in_dossier(almere, 0, **FATHER)
    assert sorted(to_parents(almere, case_id)) == ["A. Jansen", "B. de Boer"]
