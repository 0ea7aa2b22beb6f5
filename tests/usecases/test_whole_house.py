"""The doctor compares the whole house, and finds each damage that looking at the chain alone does not (F-62)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from engine.store.journal import FIRST_HASH
from engine.usecases.audit_cases import replay_all, replay_case
from engine.usecases.diagnose import diagnose
from tests.core.decisions.garden import BOARD, FITS, KEEPER
from tests.usecases.workplace import Office, ask_gardens

pytestmark = pytest.mark.long


@pytest.fixture
def lived_in(office: Office) -> Office:
    """Cases in several states, with terms that run and letters that wait and left."""
    first, second, _ = ask_gardens(office, 3)
    office.act(first, "vragen", KEEPER, reason="plan ontbreekt")
    office.record(second, FITS, KEEPER)
    office.pass_time("2026-05-04 09:00")
    assert sick(office) == set()
    return office


def sick(office: Office, *, whole: bool = False) -> set[str]:
    """What the doctor says is wrong, apart from work that waits."""
    return {check.name for check in diagnose(office.runtime, whole=whole) if not check.is_sound} - {"achterstand"}


def damage(office: Office, *statements: str) -> None:
    """Do what only somebody with full access to the database can do."""
    with closing(sqlite3.connect(office.folder / "trede.db")) as database, database:
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for statement in (*(f"DROP TRIGGER {name}" for (name,) in found), *statements):
            database.execute(statement)


def test_a_log_that_was_wiped_is_found(lived_in: Office) -> None:
    damage(lived_in, "DELETE FROM journal", f"UPDATE chains SET seq = 0, hash = '{FIRST_HASH}'")
    assert "zaken" in sick(lived_in)


def test_a_tail_that_was_cut_with_the_head_set_back_is_found(lived_in: Office) -> None:
    cut = "(SELECT max(seq) FROM journal WHERE case_version = 1)"
    damage(
        lived_in,
        f"DELETE FROM journal WHERE seq > {cut}",
        "UPDATE chains SET seq = (SELECT max(seq) FROM journal), "
        "hash = (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)",
    )
    found = sick(lived_in)
    assert "logboek" not in found, "the chain itself holds"
    assert "zaken" in found


def test_facts_that_were_changed_are_found(lived_in: Office) -> None:
    damage(lived_in, "UPDATE cases SET snapshot = replace(snapshot, '\"noord\"', '\"zuid\"')")
    assert "zaken" in sick(lived_in)


@pytest.mark.parametrize("snapshot", ["{", "", "[1, 2]", '{"facts": 3}', "null"])
def test_a_case_that_cannot_be_read_any_more_is_found(lived_in: Office, snapshot: str) -> None:
    damage(lived_in, f"UPDATE cases SET snapshot = '{snapshot}' WHERE id LIKE '%1'")
    assert "zaken" in sick(lived_in)


@pytest.mark.parametrize("details", ["{", "[]", "7", '{"facts": 3}'])
def test_a_line_that_cannot_be_read_any_more_is_found(lived_in: Office, details: str) -> None:
    damage(lived_in, f"UPDATE journal SET details = '{details}' WHERE case_version = 1 AND case_id LIKE '%1'")
    assert {"logboek", "zaken"} <= sick(lived_in)


def test_a_state_that_was_changed_is_found(lived_in: Office) -> None:
    damage(lived_in, "UPDATE cases SET state = 'in_gebruik' WHERE id LIKE '%1'")
    assert "zaken" in sick(lived_in)


def test_open_deadlines_that_were_deleted_are_found(lived_in: Office) -> None:
    damage(lived_in, "DELETE FROM deadlines WHERE status = 'open'")
    assert "bewaking" in sick(lived_in)


def test_one_later_deadline_that_was_deleted_is_found(lived_in: Office) -> None:
    damage(lived_in, "DELETE FROM deadlines WHERE status = 'open' AND kind = 'passed'")
    assert "bewaking" in sick(lived_in)


def test_waiting_letters_that_were_deleted_are_found(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    office.record(case_id, FITS, KEEPER)
    office.act(case_id, "toewijzen", BOARD)
    assert sick(office) == set()
    damage(office, "DELETE FROM letters WHERE status = 'waiting'")
    assert "wachtende brieven" in sick(office)


def test_a_clock_that_is_behind_the_journal_is_found(lived_in: Office) -> None:
    damage(lived_in, "UPDATE meta SET value = '2026-01-01T09:00:00.000000+00:00' WHERE key = 'clock_moment'")
    assert "klok" in sick(lived_in)


def test_a_file_in_the_outbox_that_the_database_does_not_know_is_found(lived_in: Office) -> None:
    day = lived_in.runtime.settings.outbox / "2026-03-03"
    day.mkdir(parents=True, exist_ok=True)
    (day / "TUIN-2026-0099-T-01-tuinder-0.pdf").write_bytes(b"%PDF")
    assert sick(lived_in) == {"uitvoer"}


def test_cases_that_did_not_change_lately_are_looked_at_when_asked(
    lived_in: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.usecases.audit_cases.BOUND", 1)
    last = replay_order(lived_in)[0]
    damage(lived_in, f"UPDATE cases SET snapshot = replace(snapshot, '\"noord\"', '\"zuid\"') WHERE id <> '{last}'")
    assert sick(lived_in) == set()
    assert sick(lived_in, whole=True) == {"zaken"}


def replay_order(office: Office) -> tuple[str, ...]:
    from engine.store.audit import recent_cases

    with office.runtime.reading() as readings:
        return recent_cases(readings, 9)


def test_a_case_played_again_says_the_first_difference(lived_in: Office) -> None:
    found = tuple(replay_all(lived_in.runtime))
    assert {one.case_id for one in found} == {case.id for case in lived_in.cases()}
    assert {one.first for one in found} == {None}
    damage(lived_in, "UPDATE cases SET snapshot = replace(snapshot, '\"noord\"', '\"zuid\"')")
    before = found[-1]
    again = replay_case(lived_in.runtime, before.case_id)
    assert again.first == ("facts.veld", "noord", "zuid")
    assert (again.lines, again.state) == (before.lines, before.state)
