from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.core.deciding.falling_due import HandedOver
from engine.core.deciding.question import Question
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.errors import LetterError
from engine.letters.drawing import DrawingRoom
from engine.letters.handover import FolderOutbox, HandoverProof, Parcel
from engine.store.transaction import Transaction
from engine.usecases import send_letters as sending
from engine.usecases.send_letters import MOST_ATTEMPTS, PAUSE, put_back_letter, send_letters
from engine.usecases.show_letter import show_letter
from tests.core.decisions.garden import BOARD
from tests.usecases.workplace import Office, ask_gardens, at, change, day, make_office

pytestmark = pytest.mark.long

LETTER = "templates/letters/tuindorp/T-01/2026-01-01.md"


def grant(office: Office, case_id: str) -> None:
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)


def spoil(office: Office, case_id: str) -> None:
    """The letters of a case hold a sign that cannot be printed; no act orders such a letter any more."""
    with closing(sqlite3.connect(office.folder / "trede.db")) as other, other:
        other.execute("UPDATE letters SET fields = replace(fields, 'Prei', '𓀀') WHERE case_id = ?", (case_id,))


def block_outbox(office: Office) -> Path:
    """A file lies where the folder for letters should be."""
    outbox = office.runtime.settings.outbox
    outbox.parent.mkdir(parents=True, exist_ok=True)
    outbox.write_text("in de weg")
    return outbox


def block_day(office: Office, of: str) -> Path:
    """The outbox is there, but the folder of this day cannot be made."""
    office.runtime.outbox.give_name()
    blocked = office.runtime.settings.outbox / of
    blocked.write_text("in de weg")
    return blocked


def test_nothing_is_claimed_for_an_outbox_that_cannot_be_written(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    blocked = block_outbox(office)
    report = send_letters(office.runtime)
    assert [one.named[0] for one in report.failed] == ["uitvoermap"]
    assert "staat een bestand met die naam" in report.failed[0].why
    assert {(row.status, row.attempts) for row in office.letters(case_id)} == {("waiting", 0)}
    blocked.unlink()
    assert send_letters(office.runtime).done == 2, "and then it goes at once"
    assert office.case(case_id).state == "in_gebruik"


def test_a_letter_that_cannot_be_handed_over_waits_is_tried_again_and_then_goes(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    blocked = block_day(office, "2026-03-02")
    report = send_letters(office.runtime)
    assert (report.done, len(report.failed)) == (0, 2)
    assert {row.status for row in office.letters(case_id)} == {"waiting"}
    assert send_letters(office.runtime).failed == (), "tried again without a pause"
    blocked.unlink()
    office.put_clock("2026-03-02 09:16")
    assert PAUSE.total_seconds() == 15 * 60
    assert send_letters(office.runtime).done == 2
    assert office.case(case_id).state == "in_gebruik"


def test_letters_wait_for_a_full_disk_however_long_it_takes(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    blocked = block_day(office, "2026-03-02")
    for number in range(MOST_ATTEMPTS + 2):
        office.put_clock(f"2026-03-02 1{number}:00")
        assert len(send_letters(office.runtime).failed) == 2
    assert {row.status for row in office.letters(case_id)} == {"waiting"}, "nobody has to put them back one by one"
    blocked.unlink()
    office.put_clock("2026-03-02 18:00")
    assert send_letters(office.runtime).done == 2


def test_a_letter_that_keeps_failing_is_set_aside_until_a_person_puts_it_back(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    spoil(office, case_id)
    for number in range(MOST_ATTEMPTS):
        office.put_clock(f"2026-03-02 1{number}:00")
        assert len(send_letters(office.runtime).failed) == 2
    rows = office.letters(case_id)
    assert {(row.status, row.attempts) for row in rows} == {("failed", MOST_ATTEMPTS)}
    assert all(row.error for row in rows)
    office.put_clock("2026-03-03 09:00")
    assert send_letters(office.runtime).failed == ()
    put_back_letter(office.runtime, rows[0].letter.key)
    with pytest.raises(LetterError, match="niet mislukt"):
        put_back_letter(office.runtime, rows[0].letter.key)
    assert len(send_letters(office.runtime).failed) == 1
    with pytest.raises(LetterError, match="bestaat niet"):
        put_back_letter(office.runtime, f"{case_id}/T-99/tuinder/1")


def test_a_letter_bears_the_day_it_leaves_and_so_do_its_last_day_and_its_clock(office: Office) -> None:
    """F-22: they were those of the first try that failed, three weeks before."""
    (case_id,) = ask_gardens(office, 1)
    office.put_clock("2026-03-02 23:50")
    grant(office, case_id)
    block_day(office, "2026-03-02")
    assert len(send_letters(office.runtime).failed) == 2
    assert {row.frozen for row in office.letters(case_id)} == {None}, "a hand-over that failed thaws"
    office.put_clock("2026-03-23 09:10")
    assert send_letters(office.runtime).done == 2
    for row in office.letters(case_id):
        assert row.frozen is not None
        assert row.frozen.sent_on == row.sent_on == day("2026-03-23")
        assert row.frozen.fields["laatste_dag"] == day("2026-05-04")
    last = {row.deadline.last_day for row in office.deadlines(case_id) if row.deadline.term == "bezwaar"}
    assert last == {day("2026-05-04")}


def test_one_that_was_handed_over_and_not_confirmed_keeps_the_day_it_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "confirm_sent", lambda *_: 1 / 0)
        assert len(send_letters(office.runtime).failed) == 2
    office.put_clock("2026-03-04 09:10")
    assert send_letters(office.runtime).done == 2
    assert {row.sent_on for row in office.letters(case_id)} == {day("2026-03-02")}
    assert len(list(office.runtime.settings.outbox.glob("*/*.pdf"))) == 2


def test_one_bad_letter_does_not_hold_up_the_others(office: Office) -> None:
    first, second = ask_gardens(office, 2)
    grant(office, first)
    grant(office, second)
    spoil(office, first)
    report = send_letters(office.runtime)
    assert {one.case_id for one in report.failed} == {first}
    assert report.done == 2
    assert office.case(second).state == "in_gebruik"


def test_a_letter_that_waits_is_made_from_the_text_it_was_ordered_with(tmp_path: Path, own_world: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    change(own_world, LETTER, "krijgt de tuin. Het plan is", "krijgt een andere tuin. Het idee is")
    later = Office(office.folder)
    assert send_letters(later.runtime).done == 2
    shown = show_letter(later.runtime, f"{case_id}/T-01/tuinder/1")
    assert "Het plan is" in shown.text
    assert not shown.is_draft
    later.close()
    office.close()


def test_a_letter_looks_the_same_when_it_is_shown_again(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    send_letters(office.runtime)
    row = office.letters(case_id)[0]
    shown = show_letter(office.runtime, row.letter.key)
    assert row.frozen is not None
    assert shown.rendered.text_hash == row.frozen.hash
    assert shown.rendered.pdf == (office.runtime.settings.outbox / row.pdf_path).read_bytes()


def test_letters_share_their_transactions_however_many_they_are(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[Transaction] = []
    flush = Transaction.flush

    def note(transaction: Transaction) -> None:
        ended.append(transaction)
        flush(transaction)

    def writes_of(number: int) -> int:
        for case_id in ask_gardens(office, number):
            grant(office, case_id)
        ended.clear()
        assert send_letters(office.runtime).done == 2 * number
        return len(ended)

    monkeypatch.setattr(Transaction, "flush", note)
    assert writes_of(6) == writes_of(1) == len(["claim", "freeze", "confirm"])


def test_letters_drawn_by_workers_go_out_like_the_others_and_one_that_fails_fails_alone(office: Office) -> None:
    office.runtime.drawing_room = DrawingRoom(office.runtime.settings.content_root, workers=2, worthwhile=0)
    first, second = ask_gardens(office, 2)
    grant(office, first)
    grant(office, second)
    spoil(office, first)
    report = send_letters(office.runtime)
    assert report.done == 2
    assert {(one.case_id, "13000" in one.why) for one in report.failed} == {(first, True)}
    assert {row.status for row in office.letters(first)} == {"waiting"}
    for row in office.letters(second):
        assert (office.runtime.settings.outbox / row.pdf_path).read_bytes() == show_letter(
            office.runtime, row.letter.key
        ).rendered.pdf


def test_a_letter_that_another_worker_took_over_meanwhile_is_left_to_it_and_the_others_are_confirmed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, kept = ask_gardens(office, 2)
    grant(office, lost)
    grant(office, kept)
    hand_over = office.runtime.outbox.hand_over

    def while_another_takes_over(parcel: Parcel) -> HandoverProof:
        if parcel.label.case_id == lost:
            with closing(sqlite3.connect(office.folder / "trede.db", isolation_level=None)) as other:
                other.execute("UPDATE letters SET attempts = attempts + 1 WHERE key = ?", (parcel.label.key,))
        return hand_over(parcel)

    monkeypatch.setattr(FolderOutbox, "hand_over", lambda _, parcel: while_another_takes_over(parcel))
    report = send_letters(office.runtime)
    assert (report.done, report.failed) == (2, ())
    assert {row.status for row in office.letters(kept)} == {"sent"}
    assert {row.status for row in office.letters(lost)} == {"claimed"}
    assert all(mark.sent_on is None for mark in office.case(lost).letters)
    assert office.is_sound()


def test_a_case_that_cannot_be_confirmed_does_not_keep_the_others_of_its_batch_from_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = ask_gardens(office, 2)
    grant(office, bad)
    grant(office, good)
    confirm = sending.confirm_sent

    def stumble(question: Question, command: HandedOver) -> Step | Refusal:
        if question.case.id == bad:
            raise RuntimeError("gestruikeld")
        return confirm(question, command)

    with monkeypatch.context() as patch:
        patch.setattr(sending, "confirm_sent", stumble)
        report = send_letters(office.runtime)
    assert (report.done, {one.case_id for one in report.failed}) == (2, {bad})
    assert {row.status for row in office.letters(good)} == {"sent"}
    files = sorted(office.runtime.settings.outbox.glob("*/*.pdf"))
    office.put_clock("2026-03-02 09:16")
    assert send_letters(office.runtime).done == 2
    assert sorted(office.runtime.settings.outbox.glob("*/*.pdf")) == files, "handed over twice"


def test_a_letter_that_cannot_leave_does_not_carry_the_clock_past_what_is_due_on_the_way(office: Office) -> None:
    granted, waiting = ask_gardens(office, 2)
    assert isinstance(office.act(granted, "toewijzen", BOARD), Step)
    block_outbox(office)
    report = office.pass_time("2026-05-20 09:00")
    assert report.failed
    reminded = [entry.at for entry in office.journal(waiting) if entry.kind is EntryKind.TERM_REMINDED]
    assert reminded
    assert all(moment < at("2026-05-19 09:00") for moment in reminded), "each on its own day, not all at the end"
