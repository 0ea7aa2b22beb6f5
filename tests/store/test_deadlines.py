from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table

from engine.core.deciding.step import DeadlineKind, EntryKind
from engine.core.errors import CaseError
from engine.store.claims import _DUE
from engine.store.database import Store
from engine.store.link import Link
from engine.store.quick import TransactionKind
from engine.store.waiting_readings import _NEXT_DUE
from tests.store.samples import START, case_row, days, deadline, make_case, moving, opening, running

OpenStore = Callable[[], Store]
CASE = "VOG-2026-0001"


def statuses(store: Store) -> dict[str, str]:
    with store.reading() as readings:
        return {row.deadline.key: row.status for row in readings.deadlines(CASE)}


def test_the_rows_are_made_equal_to_the_deadlines_of_the_step(store: Store) -> None:
    case = make_case()
    reminder = deadline("w1", days(3), kind=DeadlineKind.REMINDER)
    with store.transaction() as tx:
        tx.append(opening(case, deadlines=[reminder, deadline("p1", days(7))]))
    assert statuses(store) == {"w1": "open", "p1": "open"}
    moved = moving(case, deadlines=[deadline("p1", days(7)), deadline("p2", days(9))])
    with store.transaction() as tx:
        assert case_row(tx, CASE).next_due_at == days(3)
        tx.append(moved)
        assert case_row(tx, CASE).next_due_at == days(7)
    assert statuses(store) == {"w1": "cancelled", "p1": "open", "p2": "open"}
    with store.transaction() as tx:
        tx.append(moving(moved.after, "terug", deadlines=[reminder]))
        assert case_row(tx, CASE).next_due_at == days(3)
    assert statuses(store) == {"w1": "open", "p1": "cancelled", "p2": "cancelled"}


def test_a_deadline_comes_back_whole(store: Store) -> None:
    in_hours = deadline("h1", START + timedelta(hours=48, microseconds=1), clock="antwoord/boer")
    with store.transaction() as tx:
        tx.append(opening(deadlines=[in_hours]))
        (due,) = tx.due(days(3), 10)
    assert (due.case_id, due.deadline) == (CASE, in_hours)


def test_what_was_fired_stays_fired_and_no_longer_counts_as_next(store: Store) -> None:
    case, kept, later = make_case(), deadline("p1", days(2)), deadline("p2", days(5))
    with store.transaction() as tx:
        tx.append(opening(case, deadlines=[kept, later]))
        assert tx.mark_fired(CASE, "p1", days(2))
        assert case_row(tx, CASE).next_due_at == days(5)
        assert not tx.mark_fired(CASE, "p1", days(3)), "the second time it was already done"
        assert not tx.mark_fired(CASE, "nergens", days(3))
        tx.append(moving(case, deadlines=[kept, later]))
        assert case_row(tx, CASE).next_due_at == days(5)
    with store.reading() as readings:
        fired = {row.deadline.key: row.fired_at for row in readings.deadlines(CASE)}
    assert statuses(store) == {"p1": "fired", "p2": "open"}
    assert fired == {"p1": days(2), "p2": None}


def test_a_deadline_that_its_own_step_drops_is_fired_and_not_cancelled(store: Store) -> None:
    case = make_case()
    with store.transaction() as tx:
        tx.append(opening(case, deadlines=[deadline("p1", days(2))]))
    with store.transaction() as tx:
        (due,) = tx.due(days(2), 10)
        tx.append(moving(case))
        assert tx.mark_fired(due.case_id, due.deadline.key, days(2))
    assert statuses(store) == {"p1": "fired"}


def test_due_gives_the_oldest_first_up_to_the_moment_itself(store: Store) -> None:
    with store.transaction() as tx:
        for number, day in ((1, 5), (2, 1), (3, 3), (4, 6)):
            case = make_case(f"VOG-2026-{number:04d}")
            tx.append(opening(case, deadlines=[deadline(f"p{number}", days(day))]))
        assert [one.deadline.key for one in tx.due(days(5), 10)] == ["p2", "p3", "p1"]
        assert [one.deadline.key for one in tx.due(days(5) - timedelta(microseconds=1), 10)] == ["p2", "p3"]
        assert [one.deadline.key for one in tx.due(days(9), 2)] == ["p2", "p3"]
        assert tx.due(START, 10) == ()
        assert tx.next_due_at() == days(1)


def test_one_that_cannot_be_handled_does_not_hold_up_the_rest(store: Store) -> None:
    with store.transaction() as tx:
        for number in (1, 2, 3):
            case = make_case(f"VOG-2026-{number:04d}")
            tx.append(opening(case, deadlines=[deadline("a", days(1)), deadline("b", days(1))]))
        seen, last = [], None
        while found := tx.due(days(2), 2, after=last):
            seen += [(one.case_id[-1], one.deadline.key) for one in found]
            last = found[-1]
    assert seen == [(number, key) for number in "123" for key in "ab"]


def test_an_idle_store_has_nothing_due_and_no_next_moment(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.due(days(9999), 10) == ()
        assert tx.next_due_at() is None


def test_two_workers_never_take_the_same_deadline(open_store: OpenStore) -> None:
    count = 60
    with open_store().transaction() as tx:
        cases = [make_case(f"VOG-2026-{number:04d}") for number in range(count)]
        tx.append_many([opening(case, deadlines=[deadline("p", days(1))]) for case in cases])
    taken: list[str] = []
    stores = [open_store() for _ in range(3)]

    def work(store: Store) -> None:
        while True:
            with store.transaction() as tx:
                found = tx.due(days(2), 4)
                for due in found:
                    tx.append(moving(tx.load_case(due.case_id)))
                    assert tx.mark_fired(due.case_id, due.deadline.key, days(2))
            if not found:
                return
            taken.extend(due.case_id for due in found)

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A worker may leave early when another holds the last ones, which then are done by that other.
    assert sorted(taken) == [case.id for case in cases]
    with stores[0].reading() as readings:
        assert {readings.load_case(case.id).version for case in cases} == {2}


def test_a_person_and_a_worker_on_one_case_do_not_wait_for_each_other_in_a_circle(open_store: OpenStore) -> None:
    worker, person = open_store(), open_store()
    with worker.transaction() as tx:
        tx.append(opening(deadlines=[deadline("p", days(1))]))
    with person.reading() as readings:
        stale = readings.load_case(CASE)
    refused: list[CaseError] = []

    def act() -> None:
        try:
            with person.transaction() as tx:
                tx.append(moving(stale, "ingetrokken", is_closed=True))
        except CaseError as error:
            refused.append(error)

    with worker.transaction() as tx:
        (due,) = tx.due(days(1), 1)
        thread = threading.Thread(target=act)
        thread.start()
        thread.join(timeout=0.3)
        assert thread.is_alive(), "the person waits for the worker"
        tx.append(moving(tx.load_case(CASE)))
        tx.mark_fired(due.case_id, due.deadline.key, days(1))
    thread.join()
    assert "intussen gewijzigd" in refused[0].what
    assert statuses(worker) == {"p": "fired"}


def test_the_question_what_is_due_uses_the_index_on_open_rows(store: Store) -> None:
    if not store.url.startswith("sqlite"):
        pytest.skip("the planner of PostgreSQL chooses by the size of the table")
    due = _DUE.written_for(store.links.engine.dialect)
    asked = due.bound({"organisation": "dorp", "now": days(3), "limit": 10})
    with store.links.begun(TransactionKind.READING) as link:
        for sql, given in ((_NEXT_DUE, {"organisation": "dorp"}), (due.sql, asked)):
            plan = " ".join(str(row["detail"]) for row in link._driver.ask(f"EXPLAIN QUERY PLAN {sql}", given))
            assert "ix_deadlines_due" in plan
            assert "TEMP B-TREE" not in plan


def test_what_older_programs_stored_is_still_read() -> None:
    """A reminder was called a warning; journals and waiting rows of then keep their word."""
    assert (DeadlineKind("warning"), EntryKind("term_warned")) == (DeadlineKind.REMINDER, EntryKind.TERM_REMINDED)


def test_a_step_that_lists_a_case_as_it_was_leaves_the_indexes_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, written = make_case(), list[set[str]]()
    really = Link.change_one

    def seen(link: Link, table: Table, change: Any, unless: Callable[[], None]) -> None:
        written.append(set(change[0]))
        really(link, table, change, unless)

    with store.transaction() as tx:
        tx.append(opening(case, running=[running(days(4))]), owner="loket")
    monkeypatch.setattr(Link, "change_one", seen)
    with store.work() as work:
        before = work.load_case(case.id)
        with work.writing() as tx:
            tx.append(moving(before, case.state, running=[running(days(4))]), owner="loket")
        before = work.load_case(case.id)
        with work.writing() as tx:
            tx.append(moving(before, case.state, running=[running(days(5))]), owner="loket")
    assert [names & {"owner", "late_from", "act_by"} for names in written] == [set(), {"owner", "late_from", "act_by"}]


def test_a_case_that_a_sweep_listed_anew_while_somebody_decided_is_listed_as_the_step_says(
    open_store: OpenStore,
) -> None:
    """Why: working the running terms out anew makes no version of the case, so the version does not show it."""
    store, sweep, case = open_store(), open_store(), make_case()
    with store.transaction() as tx:
        tx.append(opening(case, running=[running(days(4))]), owner="loket")
    with store.work() as work:
        before = work.load_case(case.id)
        with sweep.transaction() as tx:
            tx.keep_running(before, [running(days(2))])
        with work.writing() as tx:
            tx.append(moving(before, running=[running(days(4))]), owner="loket")
    with store.reading() as readings:
        (row,) = readings.late_cases("dorp", days(6))
        assert [one.due_at for one in row.overdue] == [days(4)]
        assert readings.late_cases("dorp", days(3)) == ()
