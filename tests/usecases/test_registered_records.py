"""What an act writes in the dossier stands there for every case of the pupil: declarations, places, stays (F-7)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.amending import Amended, Amendment, RecordAmendment
from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.core.deciding.subject import Subject
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.line.case_line import open_line
from engine.store.records import JournalEntry
from engine.usecases.correct_dossier import correct_dossier
from engine.usecases.dossier import content_about, load_dossier, show_dossier
from engine.usecases.send_letters import send_letters
from engine.views.case_view import Reader
from tests.scenarios.story_of_a_grant import ADMISSION, DECISION, LEADER, WHO, apply_for, bring_to_decision, done
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.long

NUMBER = str(WHO["leerling.nummer"])
DIRECTOR, SCHOOL = Actor(role="directeur_bestuurder"), Actor(role="ontvangende_school")
PLACE: dict[str, Value] = {
    "plek.soort": "vso",
    "school_van_aanmelding.brin": "16AW00",
    "school_van_aanmelding.contact": "Voorbeeldweg 2, 1300 AB Almere",
    "ouders.naam": "J. en M. Voorbeeld",
    "ouders.adres": "Voorbeeldstraat 1 te Almere",
}
FIRST_DAY: dict[str, Value] = {"eerste_dag.contactpersoon": "mevrouw De Boer"}
FROM_ELSEWHERE: dict[str, Value] = {
    "verklaring.nummer": "TLV-2025-0900",
    "verklaring.soort": "vso",
    "verklaring.begin": date(2025, 8, 1),
    "verklaring.einde": date(2028, 7, 31),
}


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield made
    made.close()


def dossier(office: Office) -> Subject:
    content, kind = content_about(office.runtime)
    with office.runtime.reading() as readings:
        return load_dossier(readings, content.organisation.id, kind, NUMBER)


def held(office: Office, kind: str) -> list[tuple[str, str, dict[str, Value]]]:
    """Life, case and fields of the records of a kind."""
    found = (one for one in dossier(office).records if one.kind == kind)
    return [(one.life, one.case, {name: known.value for name, known in one.fields.items()}) for one in found]


def seen(office: Office, case_id: str) -> Situation:
    with open_line(office.runtime) as line:
        return look(line.about(case_id, ENGINE))


def put_right(
    office: Office, fields: Mapping[str, Value], number: int = 1, kind: str = "verklaring"
) -> Amended | Refusal:
    with open_line(office.runtime) as line:
        content, pupil = content_about(office.runtime)
        subject = load_dossier(line.work, "almere", pupil, NUMBER)
        one = RecordAmendment(kind=kind, number=number, fields=fields)
        return correct_dossier(line, content, subject, Amendment(records=(one,), reason="brief van DUO"), ADMISSION)


def granted(office: Office, **more: Value) -> tuple[str, Step]:
    """A case whose decision was taken on 24 March."""
    case_id = apply_for(office)
    bring_to_decision(office, case_id, {"asked": "2027-02-10", "completed": "2027-02-24", "advised": "2027-03-10"})
    office.pass_time("2027-03-24 11:00")
    return case_id, done(office.act(case_id, "toekennen", LEADER, {**DECISION, **more}))


def applied(office: Office, received: date) -> str:
    """The parents apply at a special school."""
    return office.open("aanmelding", {**WHO_ELSE, **PLACE, "aanmelding.ontvangen_op": received}, ADMISSION)


WHO_ELSE = {fact: value for fact, value in WHO.items() if fact != "tlv.soort"}


def admitted(office: Office, case_id: str, first: date) -> Step | Refusal:
    return office.act(case_id, "toelaten", SCHOOL, {**FIRST_DAY, "eerste_dag.op": first})


@pytest.mark.slow
def test_the_act_that_grants_writes_the_declaration_in_the_same_step(almere: Office) -> None:
    case_id, step = granted(almere)
    assert step.subject is not None
    fields = {
        "nummer": case_id, "soort": "vso", "categorie": "categorie_1",
        "begin": day("2027-03-24"), "einde": day("2028-07-31"),
    }  # fmt: skip
    assert held(almere, "verklaring") == [("verleend", case_id, fields)]
    assert [entry.kind for entry in step.entries].count(EntryKind.SUBJECT) == 1
    assert not any(entry.details.get("record") == "verklaring" for entry in step.entries), "it is told once"
    assert not step.after.of_subject
    assert not almere.case(case_id).records_of("verklaring"), "the case keeps no copy"


@pytest.mark.slow
def test_another_case_reads_whether_a_declaration_counts_and_nobody_is_asked(almere: Office) -> None:
    case_id, _ = granted(almere)
    application = applied(almere, date(2027, 3, 24))
    early = admitted(almere, application, date(2028, 7, 31))
    assert isinstance(early, Refusal), "a decision works from when it was sent (Awb 3:40)"
    assert send_letters(almere.runtime).failed == ()
    assert [life for life, _, _ in held(almere, "verklaring")] == ["geldig"]
    refused = admitted(almere, application, date(2028, 8, 1))
    assert isinstance(refused, Refusal)
    assert {one.kind for one in refused.blockers} == {BlockerKind.CONDITION}
    (reason,) = (one.reason for one in refused.blockers if one.reason)
    assert "verklaring.1" in repr(reason), "the reason names the record that does not count"
    assert isinstance(admitted(almere, application, date(2028, 7, 31)), Step)
    assert case_id in repr(held(almere, "verklaring"))


@pytest.mark.slow
def test_what_an_act_wrote_in_the_dossier_is_taken_back_with_it(almere: Office) -> None:
    case_id, _ = granted(almere)
    undone = done(almere.undo(case_id, LEADER))
    assert held(almere, "verklaring") == []
    (line,) = (entry.details for entry in undone.entries if entry.kind is EntryKind.SUBJECT)
    assert line["facts"]["verklaring.1.nummer"] == [case_id, None]  # type: ignore[index]  # plain JSON
    assert isinstance(almere.act(case_id, "toekennen", LEADER, DECISION), Step)
    assert [life for life, _, _ in held(almere, "verklaring")] == ["verleend"]


def lines_of(office: Office, case_id: str) -> tuple[JournalEntry, ...]:
    with open_line(office.runtime) as line:
        return line.work.journal(case_id)


def test_an_act_is_not_taken_back_over_what_the_dossier_says_since(almere: Office) -> None:
    case_id = apply_for(almere)
    stay: dict[str, Value] = {"verblijfsperiode.begin": date(2027, 1, 4), "verblijfsperiode.school": "16AW00"}
    done(almere.act(case_id, "residentieel_verblijf_vastleggen", ADMISSION, stay))
    assert isinstance(put_right(almere, {"begin": date(2027, 1, 5)}, kind="verblijfsperiode"), Amended)
    outcome = almere.undo(case_id, ADMISSION)
    assert isinstance(outcome, Refusal)
    assert [one.said.code for one in outcome.blockers if one.said] == ["subject_was_changed"]


def test_a_record_of_an_act_and_a_name_are_put_right_at_once_and_the_letter_that_waits_follows(almere: Office) -> None:
    case_id = apply_for(almere)
    stay: dict[str, Value] = {"verblijfsperiode.begin": date(2027, 1, 4), "verblijfsperiode.school": "16AW00"}
    done(almere.act(case_id, "residentieel_verblijf_vastleggen", ADMISSION, stay))
    with open_line(almere.runtime) as line:
        content, pupil = content_about(almere.runtime)
        subject = load_dossier(line.work, "almere", pupil, NUMBER)
        one = RecordAmendment(kind="verblijfsperiode", number=1, fields={"begin": date(2027, 1, 5)})
        said = Amendment(facts={"leerling.naam": "Sam de Vries"}, records=(one,), reason="brief van DUO")
        assert isinstance(correct_dossier(line, content, subject, said, ADMISSION), Amended)
    made_anew = [one for one in lines_of(almere, case_id) if one.kind is EntryKind.LETTER_REMADE]
    assert made_anew
    assert all("Sam de Vries" in repr(one.details) for one in made_anew)


def test_a_letter_whose_text_is_of_a_lower_layer_is_not_made_anew_when_nothing_changed(almere: Office) -> None:
    case_id = apply_for(almere)
    stay: dict[str, Value] = {"verblijfsperiode.begin": date(2027, 1, 4), "verblijfsperiode.school": "16AW00"}
    step = done(almere.act(case_id, "residentieel_verblijf_vastleggen", ADMISSION, stay))
    assert EntryKind.LETTER_REMADE not in {entry.kind for entry in step.entries}
    assert isinstance(put_right(almere, {"begin": date(2027, 1, 5)}, kind="verblijfsperiode"), Amended)
    assert EntryKind.LETTER_REMADE not in {one.kind for one in lines_of(almere, case_id)}


@pytest.mark.slow
def test_what_a_decision_wrote_is_not_put_right_by_hand_and_the_way_to_a_new_one_is_named(almere: Office) -> None:
    case_id, _ = granted(almere)
    assert send_letters(almere.runtime).failed == ()
    wrong: tuple[dict[str, Value], ...] = ({"einde": date(2029, 7, 31)}, {"life": "ingetrokken"})
    for said in wrong:
        outcome = put_right(almere, said)
        assert isinstance(outcome, Refusal)
        (blocker,) = outcome.blockers
        assert (blocker.kind, blocker.subject) == (BlockerKind.FIXED, "verklaring.1")
        assert blocker.said is not None
        assert (blocker.said.parameters["case"], blocker.said.parameters["act"]) == (case_id, "besluit_wijzigen")
    assert [life for life, _, _ in held(almere, "verklaring")] == ["geldig"]


@pytest.mark.slow
def test_a_decision_that_is_revoked_ends_the_declaration_of_its_own_case_and_no_other(almere: Office) -> None:
    case_id, _ = granted(almere)
    assert isinstance(register(almere), Step)
    assert send_letters(almere.runtime).failed == ()
    done(almere.act(case_id, "besluit_wijzigen", DIRECTOR, reason="fout in de stukken"))
    intended: dict[str, Value] = {"voornemen": "afwijzen", "voornemen.reden": "De stukken waren van een ander"}
    done(almere.act(case_id, "zienswijze_vragen", DIRECTOR, intended))
    for party in ("ouders", "aanvrager"):
        view: dict[str, Value] = {
            f"zienswijze.{party}": "Het is een vergissing",
            "zienswijze.vorm": "schriftelijk",
            "zienswijze.ontvangen_op": local_day(almere.runtime.now()),
        }
        done(almere.act(case_id, "zienswijze_vastleggen", ADMISSION, view))
    revoked: dict[str, Value] = {
        "besluit.motivering": "De stukken waren van een ander", "besluit.beslisser": "R. Bakker",
        "besluit.samenvatting_adviezen": "Over een ander", "besluit.criteria_niet_gehaald": ("arrangement_mogelijk",),
        "besluit.reactie_op_zienswijze": "Er is geen zienswijze gegeven", "besluit.wat_nu": "Een arrangement",
    }  # fmt: skip
    done(almere.act(case_id, "herroepen", DIRECTOR, revoked, reason="fout in de stukken"))
    assert [(life, fields["nummer"]) for life, _, fields in held(almere, "verklaring")] == [
        ("ingetrokken", case_id), ("geldig", "TLV-2025-0900"),
    ]  # fmt: skip


def register(office: Office) -> Step | Refusal:
    """A declaration from elsewhere is put in the dossier along with an application that was withdrawn."""
    application = applied(office, date(2027, 1, 28))
    return office.act(application, "verklaring_vastleggen", ADMISSION, FROM_ELSEWHERE)


def test_a_declaration_from_elsewhere_is_put_in_the_dossier_once(almere: Office) -> None:
    application = applied(almere, date(2027, 1, 28))
    assert isinstance(admitted(almere, application, date(2027, 2, 8)), Refusal)
    assert isinstance(almere.act(application, "verklaring_vastleggen", ADMISSION, FROM_ELSEWHERE), Step)
    assert isinstance(admitted(almere, application, date(2027, 2, 8)), Step)
    second = applied(almere, date(2027, 1, 29))
    assert seen(almere, second).lookup("tlv_in_orde") is None, "the first day is not known yet"
    assert isinstance(admitted(almere, second, date(2027, 2, 8)), Step)


def test_who_has_a_declaration_that_counts_asks_for_none(almere: Office) -> None:
    assert isinstance(register(almere), Step)
    assert has_one(almere, "aanvraag", WHO) is True
    assert has_one(almere, "verlenging", WHO) is False, "who asks for the next one needs it"
    assert has_one(almere, "aanvraag", {**WHO, "tlv.soort": "pro"}) is False, "it is for another sort"


def has_one(office: Office, entry: str, facts: Mapping[str, Value]) -> Value | None:
    case_id = office.open("tlv", facts, ADMISSION, entry=entry)
    found = seen(office, case_id).lookup("overstap_op_geldige_tlv")
    done(office.act(case_id, "concept_laten_vervallen", ADMISSION, reason="alleen gekeken"))
    return found


def test_what_the_dossier_holds_is_not_recorded_or_corrected_in_a_case(almere: Office) -> None:
    application = applied(almere, date(2027, 1, 28))
    done(almere.act(application, "verklaring_vastleggen", ADMISSION, FROM_ELSEWHERE))
    said: dict[str, Value] = {"verklaring.einde": date(2029, 7, 31)}
    for outcome in (almere.record(application, said, ADMISSION), almere.put_right(application, said, ADMISSION)):
        assert isinstance(outcome, Refusal)
        assert [one.kind for one in outcome.blockers] == [BlockerKind.NOT_AT_HAND]


def test_what_the_dossier_says_is_put_right_within_the_limits_of_the_same_record(almere: Office) -> None:
    assert isinstance(register(almere), Step)
    refused = put_right(almere, {"einde": date(2025, 7, 31)})
    assert isinstance(refused, Refusal)
    assert [(one.kind, one.subject) for one in refused.blockers] == [(BlockerKind.WRONG_VALUE, "verklaring.einde")]
    later = put_right(almere, {"begin": date(2028, 8, 1)})
    assert isinstance(later, Refusal), "a limit looks both ways"
    beyond = put_right(almere, {"einde": date(2060, 1, 1)})
    assert isinstance(beyond, Refusal), "what follows from today is a limit too"
    assert isinstance(put_right(almere, {"einde": date(2027, 7, 31)}), Amended)
    assert held(almere, "verklaring")[0][2]["einde"] == date(2027, 7, 31)


def test_the_life_of_a_declaration_is_put_right_by_whoever_writes_it_and_the_cases_follow(almere: Office) -> None:
    assert isinstance(register(almere), Step)
    refused = put_right(almere, {"life": "kwijt"})
    assert isinstance(refused, Refusal)
    assert [one.kind for one in refused.blockers] == [BlockerKind.WRONG_VALUE]
    outcome = put_right(almere, {"life": "ingetrokken"})
    assert isinstance(outcome, Amended)
    assert outcome.entry.details["facts"] == {"verklaring.1.life": ["geldig", "ingetrokken"]}
    assert isinstance(admitted(almere, applied(almere, date(2027, 1, 29)), date(2027, 2, 8)), Refusal)


def test_a_declaration_that_is_added_by_hand_counts_at_once(almere: Office) -> None:
    application = applied(almere, date(2027, 1, 28))
    fields = {name.partition(".")[2]: value for name, value in FROM_ELSEWHERE.items()}
    assert isinstance(put_right(almere, fields, number=0), Amended)
    assert [(life, case) for life, case, _ in held(almere, "verklaring")] == [("geldig", "")]
    assert isinstance(admitted(almere, application, date(2027, 2, 8)), Step)


def test_the_dossier_shows_declarations_with_their_life_and_case(almere: Office) -> None:
    assert isinstance(register(almere), Step)
    view = show_dossier(almere.runtime, NUMBER, Reader())
    (record,) = (one for one in view.records if one.key == "verklaring.1")
    assert (record.life, record.case) == ("geldig", "AAN-2027-0001")
    assert {one.fact: one.value for one in record.fields}["nummer"] == "TLV-2025-0900"


def test_a_temporary_placement_is_a_stay_in_the_dossier_that_ends_with_the_decision(almere: Office) -> None:
    application = applied(almere, date(2027, 1, 28))
    done(almere.record(application, {"elders_ingeschreven": False}, ADMISSION))
    almere.pass_time("2027-04-09 09:00")
    assert [(life, fields["school"]) for life, _, fields in held(almere, "verblijfsperiode")] == [
        ("aan_de_gang", "16AW00")
    ]
    refusing: dict[str, Value] = {
        "weigering.grond": "geen_plaats", "weigering.reden": "De klassen zijn vol", "extra_ondersteuning": True,
    }  # fmt: skip
    done(almere.act(application, "weigeren", SCHOOL, refusing))
    ((life, _, fields),) = held(almere, "verblijfsperiode")
    assert (life, fields["begin"], fields["einde"]) == ("voltooid", day("2027-04-09"), day("2027-04-10"))


OTHER = "900000002"
OTHER_PUPIL: dict[str, Value] = {**WHO_ELSE, "leerling.nummer": OTHER, "leerling.naam": "Noor Anders"}


def test_a_number_that_another_pupil_has_is_refused_without_saying_whose_it_is(almere: Office) -> None:
    assert isinstance(register(almere), Step)
    other = almere.open("aanmelding", {**OTHER_PUPIL, **PLACE, "aanmelding.ontvangen_op": date(2027, 1, 28)}, ADMISSION)
    outcome = almere.act(other, "verklaring_vastleggen", ADMISSION, FROM_ELSEWHERE)
    assert isinstance(outcome, Refusal)
    (blocker,) = outcome.blockers
    assert (blocker.kind, blocker.subject) == (BlockerKind.SUBJECT_RULE, "verklaring.nummer")
    assert blocker.said is not None
    assert blocker.said.code == "number_is_taken"
    assert NUMBER not in repr(blocker)
    free = {**FROM_ELSEWHERE, "verklaring.nummer": "TLV-2025-0901"}
    assert isinstance(almere.act(other, "verklaring_vastleggen", ADMISSION, free), Step)
    taken = put_right(almere, {"nummer": "TLV-2025-0901"})
    assert isinstance(taken, Refusal)
    assert [one.said.code for one in taken.blockers if one.said] == ["number_is_taken"]
    assert isinstance(put_right(almere, {"nummer": "TLV-2025-0902"}), Amended)
    again = almere.act(other, "verklaring_vastleggen", ADMISSION, FROM_ELSEWHERE)
    assert isinstance(again, Step), "a number that was a slip is free again"


def test_one_pupil_has_no_two_declarations_that_count_under_one_number(almere: Office) -> None:
    assert isinstance(register(almere), Step)
    again = almere.act("AAN-2027-0001", "verklaring_vastleggen", ADMISSION, FROM_ELSEWHERE)
    assert isinstance(again, Refusal)
    assert [one.said.code for one in again.blockers if one.said] == ["number_given_twice"]


@pytest.mark.slow
def test_a_granted_declaration_gets_its_own_number_when_that_of_its_case_is_given_already(almere: Office) -> None:
    """Numbers of declarations and of cases are apart: an older declaration may bear what is now a number of a case."""
    other = almere.open("aanmelding", {**OTHER_PUPIL, **PLACE, "aanmelding.ontvangen_op": date(2027, 1, 28)}, ADMISSION)
    named = {**FROM_ELSEWHERE, "verklaring.nummer": "TLV-2027-0001"}
    assert isinstance(almere.act(other, "verklaring_vastleggen", ADMISSION, named), Step)
    case_id = apply_for(almere)
    assert case_id == "TLV-2027-0001", "a declaration takes no number of a case"
    bring_to_decision(almere, case_id, {"asked": "2027-02-10", "completed": "2027-02-24", "advised": "2027-03-10"})
    refused = almere.act(case_id, "toekennen", LEADER, DECISION)
    assert isinstance(refused, Refusal)
    assert [one.said.code for one in refused.blockers if one.said] == ["number_is_taken"]
    done(almere.act(case_id, "toekennen", LEADER, {**DECISION, "tlv.nummer": "TLV-2027-1001"}))
    assert [fields["nummer"] for _, _, fields in held(almere, "verklaring")] == ["TLV-2027-1001"]
    assert seen(almere, case_id).lookup("tlv.nummer") == "TLV-2027-1001"


@pytest.fixture
def with_mentors(tmp_path: Path) -> Iterator[Office]:
    """The content of this project, in which a pupil has a mentor."""
    content = tmp_path / "content"
    for folder in ("rules", "workflows", "templates"):
        shutil.copytree(REAL / folder, content / folder)
    organisation = content / "rules" / "landelijk" / "organisation.yaml"
    mentor = "      mentor: {type: person, label: Mentor, question: Wie is de mentor?, supplied_by: [toeleiding]}\n"
    told = organisation.read_text(encoding="utf-8").replace("      roepnaam:\n", f"{mentor}      roepnaam:\n", 1)
    organisation.write_text(told, encoding="utf-8")
    made = make_office(tmp_path / "almere", "2027-01-29 09:00", content, organisation="almere")
    yield made
    made.close()


def say_mentor(office: Office, name: str) -> Amended | Refusal:
    with open_line(office.runtime) as line:
        content, pupil = content_about(office.runtime)
        subject = load_dossier(line.work, "almere", pupil, NUMBER)
        command = Amendment(facts={"leerling.mentor": name}, reason="nieuw schooljaar")
        return correct_dossier(line, content, subject, command, ADMISSION)


def test_a_person_in_the_dossier_is_looked_up_in_the_register_as_everywhere(with_mentors: Office) -> None:
    applied(with_mentors, date(2027, 1, 28))
    assert isinstance(say_mentor(with_mentors, "a.  DE BOER"), Amended)
    known = dossier(with_mentors).facts["leerling.mentor"].value
    assert str(known).startswith("P-")
    for name in ("Niemand Bekend", "de Boer"):
        refused = say_mentor(with_mentors, name)
        assert isinstance(refused, Refusal)
        assert {one.kind for one in refused.blockers} == {BlockerKind.PERSON}
    assert dossier(with_mentors).facts["leerling.mentor"].value == known
