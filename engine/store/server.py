"""The driver of PostgreSQL: each statement is a way to the server and back, so it is spared them.

What writes goes in a pipeline, in which only who asks for an answer waits: what was sent before is answered with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any, TypeVar

from engine.store.quick import TransactionKind
from engine.store.snapshot import Row

T = TypeVar("T")


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
        self._awaited: list[tuple[Any, Callable[[Any], None]]] = []
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
        if keeps and self._awaited:
            self._wait(self._ahead.sync)
        self._awaited.clear()
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
        found: list[Row] = self._wait(self._asking.execute(sql, bound).fetchall)
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

        def counted() -> int:
            self._ahead.sync()
            return int(cursor.rowcount)

        return self._wait(counted)

    def send(self, sql: str, bound: Sequence[Any]) -> None:
        """The same without waiting."""
        self._begin()
        if len(bound) == 1:
            self._sending.execute(sql, bound[0])
        else:
            self._sending.executemany(sql, bound)

    def ask_later(self, sql: str, bound: Any, then: Callable[[list[Row]], None]) -> None:
        """Ask, and go on: the answer comes with the next that is waited for."""
        from psycopg.rows import dict_row

        self._begin()
        self._awaited.append(
            (self._raw.cursor(row_factory=dict_row).execute(sql, bound), lambda cursor: then(cursor.fetchall()))
        )

    def run_later(self, sql: str, bound: Any, then: Callable[[int], None]) -> None:
        """Run a statement, and go on."""
        self._begin()
        self._awaited.append((self._raw.cursor().execute(sql, bound), lambda cursor: then(cursor.rowcount)))

    def _wait(self, answer: Callable[[], T]) -> T:
        """What is waited for, after all that was to be known before it was looked at."""
        try:
            found = answer()
        except Exception:
            if self._awaited:
                self._explain_by_what_came_first()
            raise
        self._look_at(self._take_awaited())
        return found

    def _explain_by_what_came_first(self) -> None:
        """What was refused may be the consequence of an answer that nobody has looked at yet: that one is told.

        Outside the transaction, in which nothing can be asked any more.
        """
        answered = [(cursor, then) for cursor, then in self._take_awaited() if cursor.rowcount >= 0]
        self.end(keeps=False)
        self._look_at(answered)

    def _take_awaited(self) -> list[tuple[Any, Callable[[Any], None]]]:
        taken, self._awaited = self._awaited, []
        return taken

    @staticmethod
    def _look_at(answered: Sequence[tuple[Any, Callable[[Any], None]]]) -> None:
        for cursor, then in answered:
            then(cursor)
