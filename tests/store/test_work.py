"""Who decides and then writes goes on in the transaction in which was asked, as long as nobody else wrote beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.core.deciding.keeping_people import Kept
from engine.store.database import Store
from engine.store.quick import TransactionKind
from engine.store.upgrading import create_or_upgrade
from tests.store.samples import opening


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dorp.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    made = create_or_upgrade(f"sqlite:///{file}", organisation="dorp")
    yield made
    made.close()


def test_nothing_needs_to_be_held_against_what_was_asked_while_nobody_else_wrote(store: Store) -> None:
    with store.work() as work:
        work.meta("a")
        with work.writing() as tx:
            assert tx.is_as_asked
            tx.set_meta("a", "b")
    with store.reading() as readings:
        assert readings.meta("a") == "b"


def test_it_must_be_once_somebody_wrote_in_between_whatever_it_was(store: Store) -> None:
    with store.work() as work:
        assert work.meta("a") == ""
        with store.transaction() as other:
            other.append(opening())
        with work.writing() as tx:
            assert not tx.is_as_asked
            assert tx.existing_cases(["VOG-2026-0001"]) == {"VOG-2026-0001"}, "it sees what the other wrote"


def test_a_second_writing_is_held_against_what_was_asked_after_the_first(store: Store) -> None:
    with store.work() as work:
        with work.writing() as tx:
            tx.set_meta("a", "b")
        assert work.meta("a") == "b"
        with store.transaction() as other:
            other.set_meta("a", "c")
        with work.writing() as tx:
            assert not tx.is_as_asked
            assert tx.meta("a") == "c"


def test_who_asked_nothing_yet_has_nothing_that_still_holds(store: Store) -> None:
    with store.work() as work:
        with work.writing():
            pass
        with work.writing() as tx:
            assert not tx.is_as_asked


def test_who_finds_another_writing_waits_as_anybody_does(store: Store, file: Path) -> None:
    with store.work() as work, closing(sqlite3.connect(file, isolation_level=None)) as other:
        work.meta("a")
        with store.links.begun(TransactionKind.ASKING) as link:  # this one waits no ten seconds
            link.connection.connection.driver_connection.execute("PRAGMA busy_timeout = 1")
            link.rows("SELECT 1", {})
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                link.begin_to_write()
            other.execute("ROLLBACK")
            assert not link.begin_to_write(), "by now it may write, but what it asked may be old"


def test_who_changes_a_register_knows_that_what_was_asked_of_it_is_old(store: Store) -> None:
    """Why: a case that follows from it in the same transaction was decided on what the register said before."""
    with store.work() as work:
        work.meta("a")
        with work.writing() as tx:
            assert tx.is_as_asked
            tx.keep_people("dorp", Kept(changes=(), entries=()))
            assert not tx.is_as_asked
