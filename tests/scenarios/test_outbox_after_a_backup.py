"""An older backup is put back and other cases get the numbers that were given before: nobody gets another's letter."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.deciding.step import Step
from engine.usecases.diagnose import diagnose
from engine.usecases.list_work import LetterFilter, list_letters
from engine.usecases.own_outbox import adopt_outbox
from engine.usecases.send_letters import send_letters
from tests.core.decisions.garden import BOARD, MEMBER
from tests.usecases.workplace import Office, ask_gardens, day

pytestmark = pytest.mark.long


def grant(office: Office, case_id: str) -> None:
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)


def put_back(office: Office, copy: Path) -> Office:
    """The database is again what it was when it was copied; the outbox is not."""
    office.close()
    for beside in office.folder.glob("trede.db*"):
        beside.unlink()
    shutil.copy(copy, office.folder / "trede.db")
    return Office(office.folder)


def copy_of(office: Office) -> Path:
    """A backup, with nothing left in the log beside it."""
    office.close()
    copy = office.folder / "kopie"
    shutil.copy(office.folder / "trede.db", copy)
    return copy


def pdfs(office: Office) -> list[str]:
    return sorted(path.name for path in office.runtime.settings.outbox.glob("*/*.pdf"))


def test_a_letter_of_another_child_is_never_counted_as_sent(office: Office) -> None:
    """F-80: the new child's letter "was there", bore the old day, and did not exist."""
    copy = copy_of(office)
    office = Office(office.folder)
    (first,) = ask_gardens(office, 1)
    grant(office, first)
    assert send_letters(office.runtime).done == 2
    theirs = pdfs(office)

    office = put_back(office, copy)
    office.put_clock("2026-03-16 10:00")
    (second,) = ask_gardens(office, 1)
    assert second == first, "the number is given out again"
    assert isinstance(office.put_right(second, {"plan": "rozen"}, MEMBER), Step)
    grant(office, second)
    assert send_letters(office.runtime).done == 2
    assert len(pdfs(office)) == 4, "a letter of its own for each"
    for row in office.letters(second):
        assert row.sent_on == day("2026-03-16")
        assert row.pdf_path.rpartition("/")[2] not in theirs
        page = (office.runtime.settings.outbox / row.html_path).read_text(encoding="utf-8")
        assert "rozen" in page
    seen = {check.name: check for check in diagnose(office.runtime)}["uitvoer"]
    assert not seen.is_sound
    assert all(name.removesuffix(".pdf") in seen.text for name in theirs), "the doctor names what nobody knows"


def test_what_left_before_the_backup_was_put_back_is_not_sent_twice(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    copy = copy_of(office)
    office = Office(office.folder)
    assert send_letters(office.runtime).done == 2
    theirs = pdfs(office)
    office = put_back(office, copy)
    office.put_clock("2026-03-16 10:00")
    assert send_letters(office.runtime).done == 2
    assert pdfs(office) == theirs
    for row in office.letters(case_id):
        assert row.sent_on == day("2026-03-02"), "the day on the letter that lies there"
        assert row.frozen is not None
        assert row.frozen.sent_on == row.sent_on
    last = {row.deadline.last_day for row in office.deadlines(case_id) if row.deadline.term == "bezwaar"}
    assert last == {day("2026-04-13")}
    assert {check.name for check in diagnose(office.runtime) if not check.is_sound} <= {"achterstand"}


def test_a_letter_that_says_something_else_than_what_left_is_an_error_that_names_both(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    copy = copy_of(office)
    office = Office(office.folder)
    assert send_letters(office.runtime).done == 2
    office = put_back(office, copy)
    with closing(sqlite3.connect(office.folder / "trede.db")) as other, other:
        other.execute("UPDATE letters SET fields = replace(fields, 'Prei', 'rozen')")
    report = send_letters(office.runtime)
    assert report.done == 0
    for one, row in zip(report.failed, office.letters(case_id), strict=True):
        assert row.status == "waiting", "nothing counts as sent that was not"
        assert "al een andere brief" in one.why
        assert one.why.count(row.letter.key) == 2, "what lies there, and what would be laid there"


def test_two_outboxes_on_one_database_are_refused_until_a_person_chooses(office: Office, tmp_path: Path) -> None:
    """F-81: each handed over what it found, and neither saw the folder of the other."""
    first, second = ask_gardens(office, 2)
    grant(office, first)
    assert send_letters(office.runtime).done == 2
    other = Office(office.folder)
    other.runtime.settings = replace(other.runtime.settings, outbox=tmp_path / "elders")
    grant(office, second)
    (refused,) = send_letters(other.runtime).failed
    assert "niet de uitvoermap van deze database" in refused.why
    assert "`trede letters outbox --adopt`" in refused.why
    assert not (tmp_path / "elders").exists(), "nothing is made there"
    assert {(row.status, row.attempts) for row in office.letters(second)} == {("waiting", 0)}
    assert {check.name for check in diagnose(other.runtime) if not check.is_sound} >= {"uitvoer"}
    assert adopt_outbox(other.runtime).is_ours
    assert send_letters(other.runtime).done == 2
    assert len(list((tmp_path / "elders").glob("*/*.pdf"))) == 2


def test_a_workplace_that_moved_lists_its_letters_where_they_are(office: Office, tmp_path: Path) -> None:
    """F-91: it listed files in the old place."""
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    assert send_letters(office.runtime).done == 2
    office.close()
    moved = Office(Path(shutil.move(office.folder, tmp_path / "verhuisd")))
    rows = list_letters(moved.runtime, LetterFilter(case_id=case_id))
    assert len(rows) == 2
    for row in rows:
        assert Path(row.pdf_path).parts[0] == "outbox"
        assert (moved.folder / row.pdf_path).is_file()
        assert (moved.folder / row.html_path).is_file()
    (another,) = ask_gardens(moved, 1, {"tuinder.nummer": "lid-9"})
    grant(moved, another)
    assert send_letters(moved.runtime).done == 2
    assert all((moved.folder / row.pdf_path).is_file() for row in list_letters(moved.runtime))
    assert not list(office.folder.parent.glob("kantoor/*")), "nothing is made in the old place"
    assert {check.name for check in diagnose(moved.runtime) if not check.is_sound} <= {"achterstand"}


def test_a_letter_that_is_gone_from_the_outbox_or_was_changed_there_is_found(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    grant(office, case_id)
    assert send_letters(office.runtime).done == 2
    one, other = (office.runtime.settings.outbox / row.pdf_path for row in office.letters(case_id))
    one.unlink()
    other.write_bytes(b"%PDF een andere")
    (seen,) = (check for check in diagnose(office.runtime) if check.name == "uitvoer")
    assert not seen.is_sound
    assert all(row.letter.key in seen.text for row in office.letters(case_id))
