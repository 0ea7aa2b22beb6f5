"""The driver of PostgreSQL: each statement is a way to the server and back, so it is spared them.

What writes goes in a pipeline, in which only who asks for an answer waits: what was sent before is answered with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any

from engine.store.quick import TransactionKind
from engine.store.snapshot import Row


class ServerDriver:
    """The driver of PostgreSQL (psycopg).

    A question needs no transaction: each sees what was kept before it, as it would within one. So it begins with the
    first row that is claimed or written, and nobody keeps one open while deciding.
    """

    def __init__(self, raw: Any) -> None:
        raw.autocommit = True  # it begins here, and not with every question
        self._raw = raw
        self._pipeline = ExitStack()
        self._ahead: Any = None
        self.is_begun = False

    @cached_property
    def _asking(self) -> Any:
        from psycopg.rows import dict_row

        return self._raw.cursor(row_factory=dict_row)

    @cached_property
    def _sending(self) -> Any:
        # Apart from who counts: what is still under way here would be counted there.
        return self._raw.cursor()

    def begin(self, kind: TransactionKind) -> None:
        """Begin a transaction where one is needed."""
        if kind is TransactionKind.READING:
            self.is_begun = True
            self._raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        elif kind is TransactionKind.WRITING:
            self._begin()

    def _begin(self) -> None:
        if not self.is_begun:
            self.is_begun = True
            self._ahead = self._pipeline.enter_context(self._raw.pipeline())
            self._sending.execute("BEGIN")

    def goes_on(self, _sql: str) -> bool:
        """Never: each question saw what was kept before it."""
        return False

    def end(self, *, keeps: bool) -> None:
        """End the transaction, if any: what was refused of what was sent is told here at the latest."""
        if not self.is_begun:
            return
        self.is_begun = False
        with self._pipeline:
            # Written out: in a pipeline the driver does not know that a transaction is under way, and keeps nothing.
            if keeps:
                self._sending.execute("COMMIT")
            else:
                self._raw.rollback()

    @property
    def is_lost(self) -> bool:
        """Whether the server was started again, or is not there."""
        return bool(self._raw.closed)

    def ask(self, sql: str, bound: Any) -> list[Row]:
        """All rows of the answer; what was sent before is waited for."""
        found: list[Row] = self._asking.execute(sql, bound).fetchall()
        return found

    def claim(self, sql: str, bound: Any) -> list[Row]:
        """The same of a question that locks what it finds."""
        self._begin()
        return self.ask(sql, bound)

    def run(self, sql: str, bound: Sequence[Any]) -> int:
        """Run a statement for each of these; the number of rows it changed."""
        self._begin()
        cursor = self._asking
        if len(bound) == 1:
            cursor.execute(sql, bound[0])
        else:
            cursor.executemany(sql, bound)
        self._ahead.sync()
        return int(cursor.rowcount)

    def send(self, sql: str, bound: Sequence[Any]) -> None:
        """The same without waiting."""
        self._begin()
        if len(bound) == 1:
            self._sending.execute(sql, bound[0])
        else:
            self._sending.executemany(sql, bound)
