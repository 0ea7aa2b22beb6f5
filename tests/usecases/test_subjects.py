"""What is of the pupil stands once, in the register; every case about the pupil reads it there (F-7)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.advance import Act, act, record
from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.mending import FactCorrection, correct_facts
from engine.core.deciding.question import Question
from engine.core.deciding.situation import look
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.errors import OvertakenError
from engine.core.language.facts import FactType, KnownFact, Value
from engine.line.case_line import open_line
from engine.usecases.import_register import import_register
from engine.usecases.list_names import names_of
from engine.usecases.open_case import open_case
from engine.words.of_errors import say_refused
from tests.usecases.workplace import REAL, Office, make_office

pytestmark = pytest.mark.long

NUMBER = "900000101"
GUIDE = Actor(role="toeleiding", name="Thea Leiding")
HEAD = Actor(role="teamleider_toeleiding", name="Tom Leider")
SCHOOL = Actor(role="school", name="Saar School")
WHO: dict[str, Value] = {
    "leerling.nummer": NUMBER,
    "leerling.naam": "Noor Voorbeeld",
    "leerling.geboortedatum": date(2013, 4, 2),
    "sector": "vo",
}
HOME: dict[str, Value] = {"ouders.naam": "Familie Voorbeeld", "ouders.adres": "Laan 1, 1300 AA Almere"}
SEAT: dict[str, Value] = {"school.naam": "Nautilus College", "school.contact": "Lierstraat 17, 1312 JZ Almere"}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "kantoor", "2026-09-07 09:00", REAL, organisation="almere")
    yield made
    made.close()


def request(almere: Office, **more: Value) -> str:
    """Somebody asks for a TLV for the pupil."""
    return almere.open("tlv", {**WHO, "tlv.soort": "vso", **more}, GUIDE)


def ladder(almere: Office, **more: Value) -> str:
    """The same pupil gets stuck."""
    return almere.open("escalatie", {**WHO, **HOME, **SEAT, **more}, GUIDE, entry="aflopende_tlv")


def asked(almere: Office, case_id: str) -> Question:
    with open_line(almere.runtime) as line:
        return line.about(case_id)


def known(almere: Office, case_id: str, fact: str) -> Value | None:
    """What the case knows, wherever that stands."""
    return look(asked(almere, case_id)).lookup(fact)


def test_what_one_case_is_told_of_the_pupil_every_case_of_the_pupil_knows(almere: Office) -> None:
    first, second = request(almere), ladder(almere)
    outcome = almere.record(first, {"leerling.roepnaam": "Noortje"}, GUIDE)
    assert isinstance(outcome, Step)
    assert known(almere, second, "leerling.roepnaam") == "Noortje"
    assert not any(fact.startswith("leerling.") for case in almere.cases() for fact in case.facts)


def test_a_case_that_opens_by_itself_reads_of_the_pupil_what_the_register_says(almere: Office) -> None:
    ends: dict[str, Value] = {"nummer": "OUD-1", "soort": "vso", "begin": date(2024, 8, 1), "einde": date(2027, 7, 31)}
    almere.in_dossier(NUMBER, "verklaring", ends, GUIDE)
    review = almere.open("tlv_afloop", {**WHO, **HOME, **SEAT}, GUIDE)
    almere.pass_time("2027-08-03 09:00")
    (opened,) = (case for case in almere.cases() if case.parent == review)
    assert (opened.workflow, opened.subject) == ("escalatie", NUMBER)
    assert known(almere, opened.id, "leerling.naam") == "Noor Voorbeeld"
    assert almere.is_sound()


def test_a_case_is_never_made_one_about_somebody_else(almere: Office) -> None:
    case_id = request(almere)
    outcome = almere.record(case_id, {"leerling.nummer": "900000999"}, GUIDE)
    assert isinstance(outcome, Refusal)
    assert [one.said and one.said.code for one in outcome.blockers] == ["case_is_of_another"]


@pytest.mark.parametrize("writes", [False, True], ids=["reads", "writes"])
def test_a_step_that_was_decided_on_what_the_register_said_is_refused_when_that_moved(
    almere: Office, writes: bool
) -> None:
    first, second = request(almere), ladder(almere)
    with open_line(almere.runtime) as line:
        if writes:
            mine = record(line.about(second, GUIDE), {"leerling.roepnaam": "Noor"})
        else:
            mine = act(line.about(second, HEAD), Act(transition="beeindigen", reason="verhuisd"))
        assert isinstance(mine, Step), mine
        assert isinstance(almere.record(first, {"leerling.roepnaam": "Noortje"}, GUIDE), Step)
        with pytest.raises(OvertakenError, match=NUMBER):
            line.keep(mine)
    assert not almere.case(second).is_closed


def test_so_is_one_that_was_decided_before_the_line_that_writes_it_began(almere: Office) -> None:
    """Why: nobody writes while that line is open, so only the question knows that it is old."""
    first, second = request(almere), ladder(almere)
    with open_line(almere.runtime) as line:
        asked = line.about(second, HEAD)
        mine = act(asked, Act(transition="beeindigen", reason="verhuisd"))
        assert isinstance(mine, Step), mine
    assert isinstance(almere.record(first, {"leerling.roepnaam": "Noortje"}, GUIDE), Step)
    with open_line(almere.runtime) as line:
        line.add_answer(asked, mine)
        with pytest.raises(OvertakenError, match=NUMBER):
            line.write()


def with_fact(question: Question, fact: str, value: Value) -> Question:
    known = KnownFact(value=value, by="import", at=question.moment)
    return question.about(replace(question.case, facts={**question.case.facts, fact: known}))


def test_a_copy_that_an_old_case_has_never_goes_before_what_the_register_says(almere: Office) -> None:
    question = with_fact(asked(almere, request(almere)), "leerling.naam", "Oude Naam")
    told = [
        question.given("leerling.naam"),
        question.facts["leerling.naam"].value,
        look(question).lookup("leerling.naam"),
    ]
    assert told == ["Noor Voorbeeld"] * 3
    assert question.known_among(frozenset({"leerling.naam", "leerling.roepnaam"})) == {"leerling.naam"}


def test_what_was_given_of_a_fact_that_rules_conclude_stands_in_as_long_as_they_do_not_know(almere: Office) -> None:
    question = asked(almere, request(almere))
    facts, situation = question.content.rules.facts, look(question)
    unknown = [
        fact
        for fact in sorted(question.content.prepared.derived)
        if facts[fact].type is FactType.YES_NO and situation.lookup(fact) is None
    ]
    assert unknown
    for fact in unknown:
        given = with_fact(question, fact, value=True)
        assert given.overruled() == {fact: True}
        assert look(given).lookup(fact) is True


def test_the_register_keeps_who_changed_what_and_why_in_the_chain(almere: Office) -> None:
    case_id = request(almere)
    almere.put_right(case_id, {"leerling.naam": "Noor van Voorbeeld"}, GUIDE)
    lines = [line for line in almere.journal(case_id) if line.kind is EntryKind.SUBJECT]
    assert [line.details["version"] for line in lines] == [1, 2]
    assert lines[1].details["facts"] == {"leerling.naam": ["Noor Voorbeeld", "Noor van Voorbeeld"]}
    assert lines[1].actor == GUIDE
    assert almere.is_sound()


def test_a_case_of_the_first_edition_gives_its_copies_to_the_register_with_its_next_step(almere: Office) -> None:
    case_id = request(almere)
    make_old(almere, case_id)
    assert known(almere, case_id, "leerling.naam") == "Noor Voorbeeld", "it is known before that too"
    almere.record(case_id, {"leerling.roepnaam": "Noor"}, GUIDE)
    assert not any(fact.startswith("leerling.") for fact in almere.case(case_id).facts)
    with almere.runtime.reading() as readings:
        found = readings.load_subject("almere", "leerling", NUMBER)
    assert found is not None
    assert found.facts["leerling.naam"].value == "Noor Voorbeeld"
    assert found.facts["leerling.naam"].by == GUIDE.role, "who said so is kept"


def make_old(almere: Office, case_id: str) -> None:
    """The database as the first edition left it: what is of the pupil in the case, and no register."""
    own = asked(almere, case_id).facts
    copies = {
        fact: [
            {"date": one.value.isoformat()} if isinstance(one.value, date) else one.value,
            one.by,
            one.at.isoformat(),
        ]
        for fact, one in own.items()
        if fact.startswith("leerling.")
    }
    with closing(sqlite3.connect(almere.folder / "trede.db")) as database, database:
        (text,) = database.execute("SELECT snapshot FROM cases WHERE id = ?", (case_id,)).fetchone()
        snapshot = json.loads(text)
        snapshot["facts"] |= copies
        database.execute("UPDATE cases SET snapshot = ? WHERE id = ?", (json.dumps(snapshot), case_id))
        database.execute("DELETE FROM subjects")


def test_a_row_of_a_register_is_known_by_what_the_register_says_of_the_pupil(almere: Office) -> None:
    path = REAL / "examples" / "almere" / "register.csv"
    first = import_register(almere.runtime, "tlv", path, GUIDE, skip_bad=True)
    again = import_register(almere.runtime, "tlv", path, GUIDE, skip_bad=True)
    assert first.opened > 10
    assert (again.opened, again.known) == (0, first.opened)
    assert ENGINE.role == "engine"


def test_what_is_known_of_a_school_says_nothing_in_a_case_about_a_pupil(almere: Office) -> None:
    case_id = request(almere)
    strange: dict[str, Value] = {"vestiging.nummer": "12345", "swv.naam": "Het samenwerkingsverband"}
    refused = record(asked(almere, case_id).by(GUIDE), strange)
    with open_line(almere.runtime) as line:
        somebody = {"leerling.nummer": "977000333", "leerling.naam": "Bo Anders", "sector": "vo", "tlv.soort": "vso"}
        other = open_case(line, "tlv", {**somebody, **strange}, GUIDE)
    corrected = correct_facts(asked(almere, case_id).by(GUIDE), FactCorrection(facts=strange, reason="tikfout"))
    for outcome in (refused, other, corrected):
        assert isinstance(outcome, Refusal)
        told = {blocker.subject: say_refused(blocker.said) for blocker in outcome.blockers if blocker.said}
        assert told.keys() == strange.keys()
        assert "(vestiging.nummer) hoort bij een dossier over: School; deze" in told["vestiging.nummer"]
    listed = {name for name, _, _ in names_of(almere.runtime, "facts", "tlv")}
    assert listed.isdisjoint(strange)
    assert {"leerling.roepnaam", "ouder.gezag"} <= listed, "of the pupil, and of what the register holds of a pupil"
