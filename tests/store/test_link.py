"""What writes is made by SQLAlchemy from the tables, once, and goes through the types of their columns."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Dialect
from sqlalchemy.exc import CompileError

from engine.core.errors import StoreError, UsageError
from engine.store.columns import Statement
from engine.store.database import Store
from engine.store.quick import TransactionKind
from engine.store.tables import cases, meta
from tests.store.samples import opening


def test_a_column_that_is_not_in_the_table_is_refused_before_anything_is_asked(store: Store) -> None:
    with store.links.begun(TransactionKind.WRITING) as link:
        with pytest.raises(CompileError, match="gone"):
            link.add(meta, [{"organisation": "dorp", "key": "a", "gone": "b"}])
        with pytest.raises(CompileError, match="gone"):
            link.change(meta, ({"gone": "b"}, {"key": "a"}))
        with pytest.raises(KeyError, match="gone"):
            link.change(meta, ({"value": "b"}, {"gone": "a"}))


def test_a_naive_moment_is_refused_by_the_type_of_its_column(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(opening())
    with store.links.begun(TransactionKind.WRITING) as link, pytest.raises(UsageError, match="moment_without_zone"):
        link.change(cases, ({"next_due_at": datetime(2026, 8, 1)}, {"id": "VOG-2026-0001"}))  # noqa: DTZ001


def test_a_statement_is_written_out_once_however_often_it_runs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    really = Statement.written_for

    def written_for(statement: Statement, dialect: Dialect) -> Any:
        seen.append((written := really(statement, dialect)).sql)
        return written

    monkeypatch.setattr(Statement, "written_for", written_for)
    with store.links.begun(TransactionKind.WRITING) as link:
        for value in ("a", "b"):
            link.add(meta, [{"organisation": "dorp", "key": value, "value": value}])
    assert len(seen) == 2
    assert seen[0] is seen[1]


def test_a_link_is_kept_and_a_failed_one_is_not(store: Store) -> None:
    with store.links.begun(TransactionKind.WRITING) as first:
        first.end(keeps=True)
    with store.links.begun(TransactionKind.WRITING) as second:
        assert second is first
    with pytest.raises(ZeroDivisionError), store.links.begun(TransactionKind.WRITING):
        raise ZeroDivisionError
    with store.links.begun(TransactionKind.WRITING) as third:
        assert third is not first
        assert third.is_asked


def test_a_link_that_its_server_closed_is_noticed_before_anything_is_asked(
    store: Store, open_store: Callable[..., Store]
) -> None:
    if store.url.startswith("sqlite"):
        pytest.skip("a file is not started again")
    with store.links.begun(TransactionKind.ASKING) as link:
        (row,) = link.rows("SELECT pg_backend_pid() AS number", {})
    with open_store().transaction() as other:
        other.rows("SELECT pg_terminate_backend(:number, 5000)", number=row["number"])
    with store.transaction() as tx:
        tx.set_meta("een", "x")
    with store.reading() as readings:
        assert readings.meta("een") == "x"


def test_of_a_question_nobody_keeps_a_transaction_open_on_a_server(store: Store) -> None:
    """Else who decides for long, or leaves the screen open, holds up whoever cleans or changes the tables."""
    with store.work() as work:
        work.meta("een")
        assert work._link.is_asked is store.url.startswith("sqlite")
        with work.writing() as tx:
            tx.set_meta("een", "x")
            assert work._link.is_asked
        assert not work._link.is_asked


def test_what_was_sent_ahead_and_is_refused_is_told_at_the_latest_at_the_end(store: Store) -> None:
    with pytest.raises(StoreError, match="past niet bij wat al is opgeslagen"), store.transaction() as tx:
        tx._link.add(meta, [{"organisation": "dorp", "key": "is_rehearsal", "value": "no"}])
    with store.reading() as readings:
        assert readings.is_rehearsal


def test_the_counts_of_what_changed_are_those_of_the_database(store: Store) -> None:
    with store.links.begun(TransactionKind.WRITING) as link:
        link.add(meta, [{"organisation": "dorp", "key": key, "value": "x"} for key in ("een", "twee")])
        assert link.change(meta, ({"value": "y"}, {"value": "x"})) == 2
        assert link.change(meta, ({"value": "z"}, {"key": "een"}), ({"value": "z"}, {"key": "drie"})) == 1
        assert link.add_new(meta, [{"organisation": "dorp", "key": "een", "value": "x"}]) == 0
        link.end(keeps=True)
    with store.reading() as readings:
        assert (readings.meta("een"), readings.meta("twee")) == ("z", "y")


def test_several_rows_go_together_and_what_does_not_fit_is_told_of_its_column(store: Store) -> None:
    rows = [{"organisation": "dorp", "key": f"k{number}", "value": f"v{number}"} for number in range(30)]
    with store.transaction() as tx:
        tx._link.add(meta, rows[:3])
        tx._link.add(meta, rows[2:5], unless_there=True)
        tx._link.add(meta, rows[5:])
    with store.reading() as readings:
        assert [readings.meta(row["key"]) for row in rows] == [row["value"] for row in rows]
    with store.links.begun(TransactionKind.WRITING) as link, pytest.raises(UsageError) as refused:
        link.add(meta, [rows[0] | {"key": "a"}, rows[0] | {"key": "b", "value": "half\ud800"}])
    assert "value" in str(refused.value)
    assert "value_1" not in str(refused.value)


def test_what_is_in_use_when_a_second_store_opens_is_not_kept_for_ever(store: Store) -> None:
    """SQLAlchemy is put out of sight of the collector when it is imported, and only then."""
    with store.transaction():
        frozen = gc.get_freeze_count()
    other = Store(store.url, "dorp")
    with closing(other), other.transaction():
        # Fewer is possible: what was put out of sight can still go when nobody has it any more.
        assert gc.get_freeze_count() <= frozen
