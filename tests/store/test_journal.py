from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from engine.core.errors import StoreError
from engine.store.database import Store
from engine.store.journal import FIRST_HASH, hash_line, verify
from engine.store.transaction import Transaction
from tests.store.samples import make_case, moving, opening

OpenStore = Callable[[], Store]


@pytest.fixture
def filled(store: Store, town: Store) -> Store:
    """Two organisations whose lines are written in turn: six of the village, three of the town."""
    cases = {store: make_case("VOG-2026-0001"), town: make_case("STD-2026-0001", organisation="stad")}
    for one, case in cases.items():
        with one.transaction() as tx:
            tx.append(opening(case))
    for round_number in range(5):
        for one in (store, town) if round_number % 2 else (store,):
            with one.transaction() as tx:
                step = moving(cases[one], f"ronde {round_number}")
                tx.append(step)
            cases[one] = step.after
    return store


def broken_at(store: Store, organisation: str) -> int | None:
    theirs = Store(store.url, organisation)
    with theirs.reading() as readings:
        found = verify(readings, organisation)
    theirs.close()
    return found


def tamper(store: Store, *statements: str) -> None:
    """Do what only somebody with full access to the database can do."""
    is_sqlite = store.url.startswith("sqlite")
    triggers = ("journal_no_update", "journal_no_delete", "journal_no_replace")
    with store.transaction() as tx:
        if is_sqlite:
            for trigger in triggers:
                run(tx, f"DROP TRIGGER {trigger}")
        else:
            run(tx, "ALTER TABLE journal DISABLE TRIGGER USER")
        for statement in statements:
            run(tx, statement)


def run(tx: Transaction, statement: str) -> None:
    tx._link.connection.exec_driver_sql(statement)


def test_the_chain_of_each_organisation_counts_for_itself_and_holds(filled: Store, town: Store) -> None:
    with filled.reading() as readings:
        village = readings.journal("VOG-2026-0001")
    with town.reading() as readings:
        theirs = readings.journal("STD-2026-0001")
    assert [entry.seq for entry in village] == [1, 2, 3, 4, 5, 6]
    assert [entry.seq for entry in theirs] == [1, 2, 3]
    assert village[0].previous_hash == theirs[0].previous_hash == FIRST_HASH
    assert [entry.previous_hash for entry in village[1:]] == [entry.hash for entry in village[:-1]]
    with filled.reading() as readings:
        lines = readings.rows("SELECT * FROM journal")
    assert all(hash_line(line) == line["hash"] for line in lines)
    assert broken_at(filled, "dorp") is None
    assert broken_at(filled, "stad") is None


def test_an_organisation_without_a_journal_has_nothing_broken(store: Store) -> None:
    assert broken_at(store, "nergens") is None


@pytest.mark.parametrize(
    "change",
    [
        'details = \'{"to":"elders"}\'',
        "actor_role = 'bestuur'",
        "actor_name = 'Iemand Anders'",
        "kind = 'recorded'",
        "content_digest = 'anders'",
        "case_version = 9",
        "previous_hash = hash",
        "hash = previous_hash",
    ],
)
def test_a_changed_line_is_named(filled: Store, change: str) -> None:
    tamper(filled, f"UPDATE journal SET {change} WHERE organisation = 'dorp' AND seq = 3")
    assert broken_at(filled, "dorp") == 3
    assert broken_at(filled, "stad") is None


def test_a_line_cannot_be_given_to_a_case_of_another_organisation(filled: Store) -> None:
    with pytest.raises(StoreError):
        tamper(filled, "UPDATE journal SET case_id = 'STD-2026-0001' WHERE organisation = 'dorp' AND seq = 3")


def test_a_changed_moment_is_named(filled: Store) -> None:
    moment = "'2026-08-05T07:00:00.000001+00:00'"
    tamper(filled, f"UPDATE journal SET at = {moment} WHERE organisation = 'dorp' AND seq = 2")
    assert broken_at(filled, "dorp") == 2


@pytest.mark.parametrize("seq", [1, 3, 6])
def test_a_removed_line_is_named_also_when_it_was_the_last(filled: Store, seq: int) -> None:
    tamper(filled, f"DELETE FROM journal WHERE organisation = 'dorp' AND seq = {seq}")
    assert broken_at(filled, "dorp") == seq


def test_swapped_lines_are_named(filled: Store) -> None:
    swap = "UPDATE journal SET seq = {} WHERE organisation = 'dorp' AND seq = {}"
    tamper(filled, swap.format(99, 3), swap.format(3, 4), swap.format(4, 99))
    assert broken_at(filled, "dorp") == 3


def test_a_line_added_behind_the_last_is_named(filled: Store) -> None:
    columns = "case_id, case_version, at, actor_role, actor_name, kind, details, content_digest, previous_hash, hash"
    tamper(
        filled,
        f"INSERT INTO journal (organisation, seq, {columns}) SELECT organisation, 7, {columns} FROM journal "
        "WHERE organisation = 'dorp' AND seq = 6",
    )
    assert broken_at(filled, "dorp") == 7


def test_a_head_that_was_set_back_is_named(filled: Store) -> None:
    tamper(filled, "UPDATE chains SET seq = 4 WHERE organisation = 'dorp'")
    assert broken_at(filled, "dorp") == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET kind = 'moved' WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal",
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(filled: Store, statement: str) -> None:
    with pytest.raises(StoreError, match="append-only"), filled.transaction() as tx:
        run(tx, statement)
    assert broken_at(filled, "dorp") is None


def test_the_database_refuses_the_back_doors_of_its_own_dialect(filled: Store) -> None:
    is_sqlite = filled.url.startswith("sqlite")
    replace_one = "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE organisation = 'dorp' AND seq = 2"
    statement = replace_one if is_sqlite else "TRUNCATE journal"
    with pytest.raises(StoreError, match="append-only"), filled.transaction() as tx:
        run(tx, statement)


def test_writers_at_the_same_time_make_one_unbroken_chain(open_store: OpenStore) -> None:
    stores = [open_store() for _ in range(3)]

    def write(number: int) -> None:
        for turn in range(8):
            with stores[number].transaction() as tx:
                tx.append(opening(make_case(f"VOG-{number}-{turn}")))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].reading() as readings:
        assert readings.rows("SELECT count(*) AS number FROM journal")[0]["number"] == 24
        assert verify(readings, "dorp") is None
