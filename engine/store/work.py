"""Asking first, writing briefly: one connection for a command that decides before it writes.

On SQLite only one program writes at a time, so whoever decides while holding that right makes all others wait
(a consultant beside a sweep waited six seconds and was then refused). Here questions are asked in a transaction
that reads; the right to write is taken when everything is decided, and given back as soon as that is written.
Between the two somebody else may have written. Nothing is lost by that: a step goes with the version of the case
it was decided on, and is refused by the store when the case has moved since.

On PostgreSQL the rows are what is locked, so there asking and writing are one transaction, and what a worker
claimed (`due`) stays its own until it has written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from engine.store.dialects import begin_asking, begin_writing
from engine.store.snapshot import Row
from engine.store.transaction import ConnectedReadings, Transaction


class Work(ConnectedReadings):
    """Questions, and then a short transaction for what was decided; after it questions may be asked again."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._transaction: Transaction | None = None
        self.has_written = False

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer, as of the first question since the last writing."""
        if self._transaction is None:
            begin_asking(self._connection)
        return super().rows(sql, **parameters)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write what was decided: all of it, or nothing when the block raises. Within a block it is the same one."""
        if self._transaction is not None:
            yield self._transaction
            return
        begin_writing(self._connection)
        self._transaction = Transaction(self._connection)
        try:
            yield self._transaction
            self._transaction.flush()
        except BaseException:
            self._connection.rollback()
            raise
        else:
            self._connection.commit()
            self.has_written = True
        finally:
            self._transaction = None
