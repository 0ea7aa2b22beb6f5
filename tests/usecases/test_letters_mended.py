"""A letter that waits can be mended: made anew, withdrawn, held, released, or noted as sent outside (F-20 to F-23)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cli.pages.letter_pages import owed_lines
from engine.core.deciding.handling_letters import LetterAct, LetterDeed
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.scheduler import beat
from engine.usecases.audit_cases import replay_all
from engine.usecases.diagnose import diagnose
from engine.usecases.handle_letter import mend_letter
from engine.usecases.list_work import LetterFilter, letters_owed, letters_to_mend, list_letters
from engine.usecases.send_letters import claimed_elsewhere, put_back_all, send_letters
from engine.usecases.show_letter import show_letter
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER, MEMBER
from tests.usecases.workplace import Office, ask_gardens, day, make_office

pytestmark = pytest.mark.long

LATE_LETTER = "templates/letters/tuindorp/T-02"
NAMED: dict[str, Value] = {"tuinder.naam": "Otje Moes"}


@pytest.fixture
def granted(office: Office) -> str:
    """A case whose letters wait."""
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    return case_id


def mend(office: Office, deed: LetterDeed, key: str, *, reason: str = "omdat", on: str = "") -> Step | Refusal:
    with open_line(office.runtime) as line:
        return mend_letter(line, LetterAct(deed=deed, key=key, reason=reason, on=day(on) if on else None), BOARD)


def said(outcome: Step | Refusal) -> str:
    """The code of the one reason why not."""
    assert isinstance(outcome, Refusal)
    (blocker,) = outcome.blockers
    return blocker.said.code if blocker.said else blocker.kind.value


def statuses(office: Office, case_id: str) -> dict[str, str]:
    return {row.letter.addressee: row.status for row in office.letters(case_id)}


def sound(office: Office) -> bool:
    wrong = {check.name for check in diagnose(office.runtime, whole=True) if not check.is_sound}
    return wrong <= {"achterstand", "brieven"} and {one.first for one in replay_all(office.runtime)} == {None}


def test_what_cannot_be_printed_refuses_the_step_and_names_the_field(office: Office) -> None:
    """F-20: the decision stood, and the letter failed for ever."""
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.put_right(case_id, {"plan": "𓀀"}, MEMBER), Step), "this fact says no letter shows it"
    before = office.case(case_id)
    refused = office.act(case_id, "toewijzen", BOARD)
    assert isinstance(refused, Refusal)
    assert {(one.kind, one.subject, one.detail) for one in refused.blockers} == {
        (BlockerKind.LETTER_PRINT, "T-01", "plan")
    }
    assert office.case(case_id) == before
    assert office.letters(case_id) == ()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Laan 1\nhuis 2\ngang 3\nkamer 4\nbed 5\n1234 AB Dorp", "address_too_long"),
        (f"{'Lange' * 30} 1, 1234 AB Dorp", "word_too_wide"),
        (f"{'Lange laan ' * 30} 1, 1234 AB Dorp", "address_too_long"),
    ],
)
def test_an_address_that_does_not_fit_in_the_window_refuses_the_step(address: str, code: str) -> None:
    from engine.core.deciding.readers import LetterReader, unfit_addresses
    from tests.letters.samples import template

    reader = LetterReader(key="ouders", name="De heer en mevrouw Test", address=address)
    (blocker,) = unfit_addresses(template("Beste lezer."), (reader,))
    assert blocker.detail == "ouders"
    assert blocker.said is not None
    assert blocker.said.code == code


def test_corrected_facts_make_waiting_letters_anew_and_the_old_words_stay_in_the_journal(
    office: Office, granted: str
) -> None:
    """F-21: the letter still left with what had been corrected."""
    keys = {row.letter.key for row in office.letters(granted)}
    assert isinstance(office.put_right(granted, NAMED, KEEPER), Step)
    remade = [one for one in office.journal(granted) if one.kind is EntryKind.LETTER_REMADE]
    assert {one.details["key"] for one in remade} == keys
    assert {str(one.details["said"]["naam"]) for one in remade} == {"Tuinder 0"}  # type: ignore[index]
    assert {str(one.details["says"]["naam"]) for one in remade} == {"Otje Moes"}  # type: ignore[index]
    assert send_letters(office.runtime).done == 2
    for key in keys:
        assert "Otje Moes krijgt de tuin" in show_letter(office.runtime, key).text
    assert sound(office)


def test_a_correction_that_is_taken_back_takes_the_letters_back_too(office: Office, granted: str) -> None:
    assert isinstance(office.put_right(granted, NAMED, KEEPER), Step)
    assert isinstance(office.undo(granted, KEEPER), Step)
    assert {str(row.letter.fields["naam"]) for row in office.letters(granted)} == {"Tuinder 0"}
    assert sound(office)


def test_a_correction_that_no_letter_speaks_of_leaves_them_as_they_are(office: Office, granted: str) -> None:
    assert isinstance(office.put_right(granted, {"veld": "zuid"}, KEEPER), Step)
    assert not [one for one in office.journal(granted) if one.kind is EntryKind.LETTER_REMADE]


def test_a_failed_letter_waits_again_once_the_fact_is_corrected(office: Office, granted: str) -> None:
    with office.runtime.store.transaction() as tx:
        for claimed in tx.claim_letters(office.runtime.now(), 10):
            tx.fail_letter(claimed, "kapot")
    assert set(statuses(office, granted).values()) == {"failed"}
    assert isinstance(office.put_right(granted, NAMED, KEEPER), Step)
    assert set(statuses(office, granted).values()) == {"waiting"}
    assert send_letters(office.runtime).done == 2


def test_a_letter_that_is_held_does_not_leave_until_it_is_released(office: Office, granted: str) -> None:
    key = office.letters(granted)[0].letter.key
    assert isinstance(mend(office, LetterDeed.HOLD, key), Step)
    assert send_letters(office.runtime).done == 1
    assert sorted(statuses(office, granted).values()) == ["held", "sent"]
    assert said(mend(office, LetterDeed.HOLD, key)) == "letter_cannot_be_held"
    office.put_clock("2026-03-09 09:00")
    assert isinstance(mend(office, LetterDeed.RELEASE, key), Step)
    assert send_letters(office.runtime).done == 1
    assert {row.sent_on for row in office.letters(granted)} == {day("2026-03-02"), day("2026-03-09")}
    assert sound(office)


def test_a_withdrawn_letter_does_not_leave_cannot_be_released_and_can_be_made_anew(
    office: Office, granted: str
) -> None:
    key = office.letters(granted)[0].letter.key
    assert isinstance(mend(office, LetterDeed.WITHDRAW, key), Step)
    assert send_letters(office.runtime).done == 1
    assert said(mend(office, LetterDeed.RELEASE, key)) == "letter_cannot_be_released"
    assert said(mend(office, LetterDeed.WITHDRAW, key)) == "letter_cannot_be_withdrawn"
    assert said(mend(office, LetterDeed.SENT, key)) == "letter_cannot_be_sent"
    assert sound(office)
    assert isinstance(mend(office, LetterDeed.REDO, key), Step)
    assert send_letters(office.runtime).done == 1
    assert set(statuses(office, granted).values()) == {"sent"}
    assert sound(office)


def test_a_letter_sent_outside_starts_its_terms_on_the_day_that_is_said(office: Office, granted: str) -> None:
    one, other = (row.letter.key for row in office.letters(granted))
    office.put_clock("2026-03-06 09:00")
    assert isinstance(mend(office, LetterDeed.SENT, one, reason="aan de balie gegeven", on="2026-03-03"), Step)
    assert isinstance(mend(office, LetterDeed.SENT, other, reason="per post", on="2026-03-04"), Step)
    last = {row.deadline.clock: row.deadline.last_day for row in office.deadlines(granted) if row.status == "open"}
    assert set(last.values()) >= {day("2026-04-14"), day("2026-04-15")}
    assert send_letters(office.runtime).done == 0, "nothing is left to send"
    row = office.letters(granted)[0]
    assert (row.status, row.pdf_path, row.sent_on) == ("sent", "", day("2026-03-03"))
    assert "14 april 2026" in show_letter(office.runtime, one).text, "what it said is kept"
    assert office.case(granted).state == "in_gebruik"
    assert sound(office)


def test_a_day_of_sending_in_the_future_or_before_the_decision_is_refused(office: Office, granted: str) -> None:
    key = office.letters(granted)[0].letter.key
    assert said(mend(office, LetterDeed.SENT, key, on="2026-03-03")) == "letter_sent_in_future"
    assert said(mend(office, LetterDeed.SENT, key, on="2026-03-01")) == "letter_sent_before_order"
    assert set(statuses(office, granted).values()) == {"waiting"}


def test_a_letter_that_left_or_does_not_exist_is_refused_by_what_it_is(office: Office, granted: str) -> None:
    key = office.letters(granted)[0].letter.key
    assert said(mend(office, LetterDeed.HOLD, f"{granted}/T-99/tuinder/1")) == "no_such_letter"
    assert said(mend(office, LetterDeed.HOLD, key, reason=" ")) == "reason_missing"
    with office.runtime.store.transaction() as tx:
        tx.claim_letters(office.runtime.now(), 1)
    assert said(mend(office, LetterDeed.HOLD, key)) == "letter_is_leaving"
    office.put_clock("2026-03-02 10:00")
    assert send_letters(office.runtime).done == 2
    for deed in LetterDeed:
        assert said(mend(office, deed, key)) == "letter_has_left"


def test_only_who_may_act_or_signs_can_mend_a_letter(office: Office, granted: str) -> None:
    key = office.letters(granted)[0].letter.key
    with open_line(office.runtime) as line:
        refused = mend_letter(line, LetterAct(deed=LetterDeed.HOLD, key=key, reason="x"), COMMITTEE)
    assert said(refused) == "no_mandate"


def test_a_letter_that_could_not_be_ordered_is_ordered_once_the_cause_is_gone(tmp_path: Path, own_world: Path) -> None:
    """F-86: a template that was missing at a deadline dropped the letter for good."""
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    (case_id,) = ask_gardens(office, 1)
    template = own_world / LATE_LETTER
    away = template.rename(own_world / "weg")
    later = Office(office.folder)
    later.pass_time("2026-05-20 09:00")
    assert later.case(case_id).owed, "the case owes what it could not order"
    assert "T-02" not in {row.letter.letter for row in later.letters(case_id)}
    (owed,) = {(one.case_id, one.letter) for one in letters_owed(later.runtime)}
    assert owed == (case_id, "T-02"), "and it is told where the owner looks"
    assert letters_owed(later.runtime, "niemand") == ()
    assert "T-02 voor" in " ".join(owed_lines(letters_owed(later.runtime, case_id=case_id)))
    away.rename(template)
    again = Office(office.folder)
    done = beat(again.runtime).done
    assert again.case(case_id).owed == ()
    assert letters_owed(again.runtime) == ()
    assert any("brieven" in part for part in done)
    assert "T-02" in {row.letter.letter for row in again.letters(case_id) if row.status == "sent"}
    assert sound(again)


def test_all_failed_letters_are_put_back_at_once(office: Office, granted: str) -> None:
    with office.runtime.store.transaction() as tx:
        for claimed in tx.claim_letters(office.runtime.now(), 10):
            tx.fail_letter(claimed, "kapot")
    assert [row.letter.key for row in letters_to_mend(office.runtime)] == [
        row.letter.key for row in office.letters(granted)
    ], "they need somebody"
    assert letters_to_mend(office.runtime, "niemand") == ()
    assert put_back_all(office.runtime) == 2
    assert letters_to_mend(office.runtime) == ()
    assert send_letters(office.runtime).done == 2


def test_what_a_killed_process_had_taken_is_told_with_when_it_comes_free(office: Office, granted: str) -> None:
    with office.runtime.store.transaction() as tx:
        tx.claim_letters(office.runtime.now(), 10)
    many, until = claimed_elsewhere(office.runtime)
    assert until is not None
    assert (many, (until - office.runtime.now()).total_seconds()) == (2, 600)
    office.put_clock("2026-03-02 09:10")
    assert claimed_elsewhere(office.runtime) == (0, None)


def test_letters_are_listed_by_case_status_reader_template_and_day(office: Office, granted: str) -> None:
    office.put_clock("2026-03-03 09:00")
    (other,) = ask_gardens(office, 1)
    assert isinstance(office.act(other, "toewijzen", BOARD), Step)

    def keys(**wanted: object) -> set[str]:
        found = list_letters(office.runtime, LetterFilter(**wanted))  # type: ignore[arg-type]
        return {f"{row.case_id}/{row.letter.addressee}" for row in found}

    both = {f"{granted}/buur", f"{other}/buur", f"{granted}/tuinder", f"{other}/tuinder"}
    assert keys() == keys(status="waiting") == keys(letter="T-01") == both
    assert keys(to="buur") == {f"{granted}/buur", f"{other}/buur"}
    assert keys(since=day("2026-03-03")) == keys(case_id=other) == {f"{other}/buur", f"{other}/tuinder"}
    assert keys(status="sent") == keys(letter="T-02") == set()
