from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.core.deciding.step import DeadlineKind, Notice
from engine.core.errors import CaseError, StoreError, UsageError
from engine.core.moment import end_of_day, local_day
from engine.store.complaints import ExplainedErrors
from engine.store.database import Store
from engine.store.inbox import Looking
from engine.store.quick import sqlite_path
from engine.store.readings import Readings
from engine.store.records import Alarm
from engine.store.upgrading import create_or_upgrade
from tests.store.samples import START, case_row, days, deadline, letter, make_case, moving, opening, running

NOTICE = Notice(to="bestuur", kind="term_warning", parameters={"number": 1}, ask=("toewijzen",))


@pytest.fixture
def readings(store: Store, town: Store) -> Iterator[Readings]:
    """The questions, after the village had a busy week."""
    fill(store, town)
    with store.reading() as opened:
        yield opened


def fill(store: Store, town: Store) -> None:
    """Five cases: 1 is late, 2 has time, 3 is of the board, 4 is closed, 5 is of the town."""
    first, second, third, fourth = (make_case(f"VOG-2026-{number:04d}") for number in (1, 2, 3, 4))
    elsewhere = make_case("STD-2026-0001", organisation="stad")
    due = [deadline("w", days(2), kind=DeadlineKind.REMINDER), deadline("p", days(4))]
    with store.transaction() as tx:
        tx.append(opening(first, deadlines=due, running=[running(days(4))]), owner="loket")
        tx.append(opening(second, deadlines=[deadline("p", days(9))], running=[running(days(9))]), owner="loket")
        tx.append(opening(third, notices=[NOTICE], letters=[letter("b1")]), owner="bestuur")
        tx.append(opening(fourth, deadlines=[deadline("p", days(1))], notices=[NOTICE]), owner="loket")
        tx.append(moving(fourth, "klaar", is_closed=True))
        for key in ("w", "p"):
            tx.mark_fired(first.id, key, days(4))
        tx.finish_messages(fourth.id, days(3), "bestuur")
    with town.transaction() as tx:
        tx.append(opening(elsewhere), owner="loket")


def test_the_inbox_shows_late_cases_first_and_then_by_when_somebody_must_act(readings: Readings) -> None:
    inbox = readings.inbox("dorp", days(5)).rows
    assert [row.case_id[-4:] for row in inbox] == ["0001", "0002", "0003"]
    late, in_time, _ = inbox
    assert late.is_late
    assert [(one.clock, one.due_at) for one in late.overdue] == [("beslissen", days(4))]
    assert (in_time.is_late, in_time.next_due_at) == (False, days(9))


def test_the_inbox_of_a_body_holds_its_cases_and_those_it_has_a_message_about(readings: Readings) -> None:
    assert [row.case_id[-4:] for row in readings.inbox("dorp", days(5), Looking(owner="loket")).rows] == [
        "0001",
        "0002",
    ]
    (row,) = readings.inbox("dorp", days(5), Looking(owner="bestuur")).rows
    assert (row.case_id, [one.parameters for one in row.notices], row.notices[0].ask) == (
        "VOG-2026-0003",
        [{"number": 1}],
        ("toewijzen",),
    )
    assert readings.inbox("dorp", days(5), Looking(owner="niemand")).rows == ()


def test_a_term_that_has_passed_is_late_before_any_sweep_came_by(readings: Readings) -> None:
    by_id = {row.case_id: row for row in readings.inbox("dorp", days(9)).rows}
    assert by_id["VOG-2026-0002"].is_late
    assert not {row.case_id: row for row in readings.inbox("dorp", days(8)).rows}["VOG-2026-0002"].is_late


def test_cases_are_counted_by_workflow_state_and_end(readings: Readings) -> None:
    assert readings.counts("dorp") == {
        ("vogelverschrikker", "ingediend", False): 3,
        ("vogelverschrikker", "klaar", True): 1,
    }


def test_cases_can_be_listed_and_gone_through(readings: Readings) -> None:
    assert [case_id[-1] for case_id in readings.open_case_ids("dorp", "", 9)] == ["1", "2", "3"]
    first, *rest = readings.open_case_ids("dorp", "", 9)
    assert readings.open_case_ids("dorp", first, 1) == (rest[0],)
    assert [case.id[-1] for case in readings.each_case("dorp")] == ["1", "2", "3", "4"]
    assert readings.existing_cases(["VOG-2026-0002", "HEK-1"]) == {"VOG-2026-0002"}
    assert readings.existing_cases([]) == frozenset()


def test_letters_deadlines_and_journal_are_read_the_same_way(readings: Readings) -> None:
    assert [row.letter for row in readings.letters("VOG-2026-0003")] == [letter("b1")]
    assert readings.letters("VOG-2026-0001") == ()
    assert [(row.deadline.key, row.status) for row in readings.deadlines("VOG-2026-0001")] == [
        ("w", "fired"),
        ("p", "fired"),
    ]
    assert readings.next_due_at() == days(9)
    assert [entry.case_version for entry in readings.journal("VOG-2026-0004")] == [1, 2]
    assert readings.load_case("VOG-2026-0001") == make_case("VOG-2026-0001")


def test_an_unknown_case_is_told_in_both_ways(readings: Readings) -> None:
    with pytest.raises(CaseError, match="Bedoelde u VOG-2026-000"):
        readings.load_case("VOG-2026-000")


def test_more_ids_than_a_query_takes_can_be_asked_after(store: Store) -> None:
    with store.transaction() as tx:
        tx.append_many([opening(make_case(f"VOG-{number:05d}")) for number in range(0, 1200, 2)])
        assert len(tx.existing_cases([f"VOG-{number:05d}" for number in range(1200)])) == 600
        assert len(list(tx.each_case("dorp"))) == 600


def test_a_passed_term_that_nobody_can_be_late_with_is_to_be_acted_on_and_not_late(store: Store) -> None:
    case = make_case()
    with store.transaction() as tx:
        tx.append(opening(case, running=[replace(running(days(4)), can_be_late=False)]))
        inbox = tx.inbox("dorp", days(6))
        (row,) = inbox.rows
        assert (inbox.late, row.is_late, row.overdue) == (0, False, ())
        assert row.first is not None
        assert (row.first.due_at, row.act_by) == (days(4), days(4))
        assert tx.late_cases("dorp", days(6)) == ()


def test_a_case_is_late_with_what_its_last_step_says_of_it(store: Store) -> None:
    case = make_case()
    with store.transaction() as tx:
        tx.append(opening(case, running=[running(days(4)), running(days(2), clock="beslissen/buur")]))
        (row,) = tx.inbox("dorp", days(6)).rows
        assert [one.clock for one in row.overdue] == ["beslissen", "beslissen/buur"]
        assert [row.case_id for row in tx.late_cases("dorp", days(2))] == [case.id]
        assert tx.late_cases("dorp", days(1)) == ()
        tx.append(moving(case, running=[running(days(8))]))
        assert not tx.inbox("dorp", days(6)).rows[0].is_late
        tx.keep_running(tx.load_case(case.id), [running(days(5))])
        assert [one.due_at for one in tx.inbox("dorp", days(6)).rows[0].overdue] == [days(5)]
        tx.append(moving(moving(case).after, "klaar", is_closed=True))
        assert tx.late_cases("dorp", days(9)) == tx.inbox("dorp", days(9)).rows == ()


def test_an_inbox_counts_everything_and_shows_the_first(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(9):
            must = [running(days(number))] if number % 2 else []
            case = make_case(f"VOG-2026-{number:04d}")
            tx.append(opening(case, running=must, notices=[NOTICE]), owner="loket")
        for owner in ("loket", "bestuur", ""):
            found = tx.inbox("dorp", days(4), Looking(owner=owner, limit=4))
            assert [row.case_id[-1] for row in found.rows] == ["1", "3", "5", "7"]
            assert (found.total, found.late, found.later) == (9, 2, 0)
            assert all(len(row.notices) == (owner != "loket") for row in found.rows)
        assert [row.case_id[-1] for row in tx.inbox("dorp", days(4)).rows] == list("135702468")
        assert [row.case_id[-1] for row in tx.inbox("dorp", days(4), Looking(limit=1)).rows] == ["1"]
        nothing = tx.inbox("dorp", days(4), Looking(limit=0))
        assert (nothing.rows, nothing.total) == ((), 9)


def test_what_nobody_needs_to_do_before_long_does_not_stand_in_an_inbox(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(9):
            case = make_case(f"VOG-2026-{number:04d}")
            must = [running(days(number))] if number % 2 else []
            told = [replace(NOTICE, to="loket" if number == 8 else "bestuur")] if number > 6 else []
            tx.append(opening(case, running=must, notices=told), owner="loket")
        ahead = Looking(owner="loket", ahead=days(5))
        found = tx.inbox("dorp", days(2), ahead)
        # Late, then by the moment to act; the last has only a message, and one more has a message for another body.
        assert [row.case_id[-1] for row in found.rows] == ["1", "3", "5", "8"]
        assert (found.total, found.late, found.later) == (4, 1, 5), "no case is counted twice"
        assert [row.is_soon for row in found.rows] == [True, True, True, False]
        assert [row.case_id[-1] for row in tx.inbox("dorp", days(2), replace(ahead, owner="bestuur")).rows] == ["7"]
        everything = tx.inbox("dorp", days(2), replace(ahead, ahead=None))
        assert (everything.total, everything.later) == (9, 0)


def test_the_moment_to_act_is_the_end_of_the_latest_start_of_a_term(store: Store) -> None:
    first = end_of_day(local_day(days(3)))
    early = replace(running(days(9)), latest_start=local_day(days(3)), act_by=first)
    with store.transaction() as tx:
        tx.append(opening(make_case("VOG-2026-0001"), running=[running(days(5))]), owner="loket")
        tx.append(opening(make_case("VOG-2026-0002"), running=[early, running(days(7))]), owner="loket")
        rows = tx.inbox("dorp", days(2)).rows
        assert [row.case_id[-1] for row in rows] == ["2", "1"]
        assert (rows[0].act_by, rows[0].first) == (first, early)


def test_a_message_can_be_out_of_sight_for_a_while_and_news_does_not_stay(store: Store) -> None:
    case = make_case()
    with store.transaction() as tx:
        news = replace(NOTICE, kind="transition", ask=(), lies_until=days(4))
        tx.append(opening(case, notices=[NOTICE, news]), owner="loket")
        asking, told = tx.notices(case.id)

        def lies_there(day: int) -> list[int]:
            return [one.id for row in tx.inbox("dorp", days(day), Looking(owner="bestuur")).rows for one in row.notices]

        assert lies_there(2) == [asking.id, told.id]
        assert lies_there(4) == [asking.id]
        for number in (asking.id, told.id):
            tx.put_off_notice(case.id, number, days(6))
        assert lies_there(5) == []
        assert lies_there(6) == [asking.id, told.id]
        tx.finish_notices(case.id, days(6), "bestuur", ids=[told.id])
        assert lies_there(7) == [asking.id]


def test_alarms_are_shown_until_they_were_seen(store: Store) -> None:
    alarm = Alarm(
        organisation="dorp", rule_set="vogels", case_id="VOG-2026-0001", rule="te_hoog",
        facts={"hoogte": 2.5, "dag": START.date()}, truth="waar", other="onwaar", at=START,
    )  # fmt: skip
    with store.transaction() as tx:
        tx.record_alarm(alarm)
        (found,) = tx.alarms()
        assert replace(found, id=0) == alarm
        assert tx.mark_alarms_seen(days(1)) == 1
        assert tx.alarms() == ()
        assert tx.alarms(is_seen=True)[0].seen_at == days(1)


def test_the_rehearsal_clock_goes_forward_only(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.clock_moment() is None
        tx.set_clock_moment(days(1))
        tx.set_clock_moment(days(1))
    with pytest.raises(UsageError, match="niet terug"), store.transaction() as tx:
        tx.set_clock_moment(START)
    with store.reading() as readings:
        assert readings.clock_moment() == days(1)


def test_outside_a_rehearsal_the_clock_cannot_be_set(store: Store) -> None:
    with store.transaction() as tx:
        tx.set_meta("clock_moment", "2026-08-03T07:00:00.000000+00:00")
        tx.set_meta("is_rehearsal", "no")
        assert tx.clock_moment() is None, "a moment that was left behind does not count"
    with pytest.raises(UsageError, match="Dit is geen oefenwerkplek"), store.transaction() as tx:
        tx.set_clock_moment(days(1))


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(opening())
    with store.reading() as readings:
        assert case_row(readings, "VOG-2026-0001").version == 1
        with store.transaction() as tx:
            tx.append(moving(make_case()))
        assert case_row(readings, "VOG-2026-0001").version == 1


def test_reading_a_case_does_not_import_sqlalchemy(tmp_path: Path, sqlite_original: Path) -> None:
    program = """
import sys
from datetime import UTC, datetime
from engine.store.complaints import ExplainedErrors
from engine.store.database import Store
with Store(sys.argv[1], "dorp").reading() as readings:
    readings.inbox("dorp", datetime(2026, 8, 3, tzinfo=UTC))
    readings.open_case_ids("dorp", "", 9)
slow = [name for name in ("sqlalchemy", "alembic", "pydantic", "psycopg") if name in sys.modules]
sys.exit(", ".join(slow) or 0)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, f"sqlite:///{sqlite_original}"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///trede.db", "trede.db"),
        ("sqlite:////var/trede.db", "/var/trede.db"),
        ("sqlite+pysqlite:///trede.db", "trede.db"),
        ("sqlite://", ""),
        ("sqlite:///:memory:", ""),
        ("postgresql://een@elders/trede", ""),
    ],
)
def test_only_a_file_of_sqlite_is_read_directly(url: str, path: str) -> None:
    assert sqlite_path(url) == path


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    missing, nonsense = tmp_path / "weg.db", tmp_path / "tekst.db"
    nonsense.write_text("Dit is geen database, maar een boodschappenlijst. " * 50, encoding="utf-8")
    for path, words in ((missing, "bestaat nog niet"), (nonsense, "niet bereikbaar of niet leesbaar")):
        with pytest.raises(StoreError, match=words) as caught, Store(f"sqlite:///{path}", "dorp").reading():
            pytest.fail("it was opened")
        assert caught.value.exit_code == 5
    assert not missing.exists(), "looking for a database does not make one"


@pytest.mark.parametrize("url", ["mysql://een@elders/trede", "trede.db", ""])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="database-URL"):
        Store(url, "dorp")


def test_a_password_is_not_shown_when_the_server_cannot_be_reached() -> None:
    store = Store("postgresql://een:geheim@127.0.0.1:1/trede", "dorp")
    with pytest.raises(StoreError, match="niet bereikbaar") as caught, store.transaction():
        pytest.fail("it was opened")
    store.close()
    assert "geheim" not in str(caught.value)


def test_a_reading_sees_what_was_written_since_the_last_one_on_the_same_connection(store: Store) -> None:
    for value in ("een", "twee"):
        with store.transaction() as tx:
            tx.set_meta("proef", value)
        with store.reading() as readings, store.reading() as beside:
            assert (readings.meta("proef"), beside.meta("proef")) == (value, value)
    if store.url.startswith("sqlite"):
        assert len(store._file._idle) == 2, "one for each reading at the same time, and no more"  # type: ignore[union-attr]
    store.close()
    with store.reading() as readings:
        assert readings.meta("proef") == "twee"


def test_another_file_in_the_place_of_the_first_is_read(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("een.db", "twee.db")]
    for path in paths:
        made = create_or_upgrade(f"sqlite:///{path}", organisation="dorp")
        with made.transaction() as tx:
            tx.set_meta("naam", path.stem)
        made.close()
    kept = Store(f"sqlite:///{paths[0]}", "dorp")
    with kept.reading() as readings:
        assert readings.meta("naam") == "een"
    paths[1].replace(paths[0])
    with kept.reading() as readings:
        assert readings.meta("naam") == "twee"
    paths[0].unlink()
    with pytest.raises(StoreError), kept.reading():
        pass
    kept.close()


def test_on_a_disk_that_takes_nothing_is_read_and_nothing_is_made_beside_it(
    tmp_path: Path, sqlite_original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F-91: even looking at a case ended with a sentence of the driver."""
    path = tmp_path / "trede.db"
    shutil.copy(sqlite_original, path)
    monkeypatch.setattr("engine.store.quick.os.access", lambda *_: False)
    store = Store(f"sqlite:///{path}", "dorp")
    with store.reading() as readings:
        assert readings.is_rehearsal
    with pytest.raises(StoreError, match="alleen worden gelezen") as caught, store.transaction() as tx:
        tx.set_meta("proef", "x")
    assert "readonly" not in str(caught.value)
    store.close()
    assert [one.name for one in tmp_path.iterdir()] == ["trede.db"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("attempt to write a readonly database", "alleen worden gelezen"),
        ("database or disk is full", "schijf is vol"),
        ("database disk image is malformed", "beschadigd"),
        ("file is not a database", "geen database"),
        ("disk I/O error", "schijf geeft een fout"),
    ],
)
def test_what_sqlite_says_is_said_in_words(said: str, words: str) -> None:
    with pytest.raises(StoreError) as caught, ExplainedErrors("trede.db", sqlite3.Error):
        raise sqlite3.OperationalError(said)
    assert words in str(caught.value)
    assert said not in str(caught.value)
