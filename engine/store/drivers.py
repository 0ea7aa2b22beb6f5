"""What a link runs its texts on: the driver of the database itself, with at most one transaction under way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

from engine.store.dialects import begin_in_file, is_locking_rows
from engine.store.quick import TransactionKind, rows_of
from engine.store.snapshot import Row


class Driver(Protocol):
    """What a link runs its texts on, with at most one transaction under way."""

    def begin(self, kind: TransactionKind) -> None:
        """Begin a transaction. To write on SQLite waits until no other program writes."""

    def goes_on(self, sql: str) -> bool:
        """Whether one can write now in the transaction in which was asked, beside which nobody wrote: `sql` tries."""

    def end(self, *, keeps: bool) -> None:
        """End the transaction, if any: with all that was written in it, or without."""

    @property
    def is_begun(self) -> bool:
        """Whether a transaction is under way."""

    @property
    def is_lost(self) -> bool:
        """Whether the connection is no more."""

    def ask(self, sql: str, bound: Any) -> list[Row]:
        """All rows of the answer."""

    def claim(self, sql: str, bound: Any) -> list[Row]:
        """The same of a question that locks what it finds, until the end of the transaction."""

    def run(self, sql: str, bound: Sequence[Any]) -> int:
        """Run a statement for each of these; the number of rows it changed."""

    def send(self, sql: str, bound: Sequence[Any]) -> None:
        """The same for who asks nothing back: a server is not waited for, and what it refuses is told later."""

    def ask_later(self, sql: str, bound: Any, then: Callable[[list[Row]], None]) -> None:
        """Ask what must be known before anything is kept: `then` gets all rows, with what is answered next or sooner.

        What it raises undoes the transaction. On a server the answer is of this moment, and `then` sees later ones.
        """

    def run_later(self, sql: str, bound: Any, then: Callable[[int], None]) -> None:
        """Run a statement of which the number of rows it changed must be known before anything is kept."""


class FileDriver:
    """The driver of SQLite."""

    is_lost = False

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def begin(self, kind: TransactionKind) -> None:
        """Begin a transaction; to write waits until no other program writes."""
        begin_in_file(self._raw, kind)

    def end(self, *, keeps: bool) -> None:
        """End the transaction, if any."""
        if keeps:
            self._raw.commit()
        else:
            self._raw.rollback()

    def goes_on(self, sql: str) -> bool:
        """Whether one can write now in the transaction in which was asked, beside which nobody wrote: `sql` tries."""
        try:
            self._raw.execute(sql)
        except sqlite3.OperationalError as error:
            # At once, also while another writes: SQLite lets nobody wait who would hold up what is waited for.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    @property
    def is_begun(self) -> bool:
        """Whether a transaction is under way."""
        return self._raw.in_transaction

    def ask(self, sql: str, bound: Any) -> list[Row]:
        """All rows of the answer."""
        return rows_of(self._raw.execute(sql, bound))

    claim = ask  # whoever writes has locked all there is

    def run(self, sql: str, bound: Sequence[Any]) -> int:
        """Run a statement for each of these; the number of rows it changed."""
        if len(bound) == 1:
            return self._raw.execute(sql, bound[0]).rowcount
        return self._raw.executemany(sql, bound).rowcount

    def send(self, sql: str, bound: Sequence[Any]) -> None:
        """The same: in a file nobody waits."""
        self.run(sql, bound)

    def ask_later(self, sql: str, bound: Any, then: Callable[[list[Row]], None]) -> None:
        """The same, at once."""
        then(self.ask(sql, bound))

    def run_later(self, sql: str, bound: Any, then: Callable[[int], None]) -> None:
        """The same, at once."""
        then(self._raw.execute(sql, bound).rowcount)


def driver_of(connection: Connection) -> Driver:
    """What runs texts on a connection."""
    raw: Any = connection.connection.driver_connection
    if not is_locking_rows(connection):
        return FileDriver(raw)
    from engine.store.server import ServerDriver  # not used with a file

    return ServerDriver(raw)
