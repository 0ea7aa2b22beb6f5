"""Everything in which SQLite and PostgreSQL differ when rows are written, in one place.

SQLite: SQLAlchemy's own transactions lose updates there (measured), so the driver is left out of beginning, and every
transaction begins here: `BEGIN IMMEDIATE` to write, which lets writers wait for each other, and `BEGIN` to ask.

PostgreSQL: rows are what is locked, so what was claimed and what is written are one transaction (`server.py`).

What runs through a driver was made by SQLAlchemy and written out once (`link.py`). What it does around each statement
takes longer than the statement, so texts go to the driver of the connection that its pool gave.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Dialect, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import QueuePool, StaticPool

from engine.store.complaints import missing_driver, unknown_url
from engine.store.quick import OPTIONS, TransactionKind, connect_to, file_identity, rows_of, sqlite_path
from engine.store.snapshot import Row

_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON")
EVERYONE = "*"
"""Stands for all organisations, where a server is connected to in order to change its tables."""


def open_engine(url: str, organisation: str, *, survives_power_cut: bool = True) -> Engine:
    """An engine on the database at this URL, for one organisation.

    Raises StoreError for another kind, or without a driver for it.

    Without `survives_power_cut` SQLite does not wait for the disk: a killed process loses nothing, a power cut may
    lose the last commits. Good enough for a rehearsal, and much faster.
    """
    path = sqlite_path(url)
    if path:
        return _open_file(path, survives_power_cut)
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise unknown_url(url) from None
    if parsed.get_backend_name() != "postgresql":
        raise unknown_url(url)
    return _open_server(parsed, organisation)


def open_memory(raw: sqlite3.Connection) -> Engine:
    """An engine on a database that is never on disk, which has this one connection."""
    raw.execute("PRAGMA foreign_keys = ON")
    return create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, paramstyle="named")


def begin(connection: Connection) -> None:
    """Begin to change tables, in a transaction of SQLAlchemy."""
    connection.begin()
    if not is_locking_rows(connection):
        begin_in_file(connection.connection.driver_connection, TransactionKind.WRITING)


def begin_in_file(driver: Any, kind: TransactionKind) -> None:
    """Begin a transaction on the driver of SQLite."""
    driver.execute("BEGIN IMMEDIATE" if kind is TransactionKind.WRITING else "BEGIN")


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


def driver_of(connection: Connection) -> Driver:
    """What runs texts on a connection."""
    raw: Any = connection.connection.driver_connection
    if not is_locking_rows(connection):
        return FileDriver(raw)
    from engine.store.server import ServerDriver  # not used with a file

    return ServerDriver(raw)


def is_locking_rows(connection: Connection) -> bool:
    """Whether rows are what is locked, so that what was claimed stays so until it is written."""
    return connection.dialect.name != "sqlite"


@cache
def writing_dialect(name: str) -> Dialect:
    """The dialect in which statements are written out: with values by place, which binds three times faster.

    Questions, and whatever SQLAlchemy itself runs, keep values by name.
    """
    if name == "sqlite":
        return sqlite.dialect(paramstyle="qmark")
    from sqlalchemy.dialects.postgresql import psycopg  # slow to import, and not used with a file

    made: Dialect = psycopg.dialect(paramstyle="format")  # type: ignore[no-untyped-call]
    return made


def insert_into(dialect: str, table: Table) -> sqlite.Insert:
    """An INSERT that can say what happens when the key is already there; both databases say it alike."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # slow to import, and not used with a file

        made: Any = postgresql.insert(table)
        return made  # type: ignore[no-any-return]
    return sqlite.insert(table)


def _open_file(path: str, survives_power_cut: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        file_identity(path)
        return connect_to(path)

    # A pool of connections as for a server: a file is by default opened anew for each.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, paramstyle="named")

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, record: Any) -> None:
        for pragma in (*_PRAGMAS, f"PRAGMA synchronous = {'FULL' if survives_power_cut else 'NORMAL'}"):
            raw.execute(pragma)
        record.info["file"] = file_identity(path)

    @event.listens_for(engine, "checkout")
    def look_at_the_file(_raw: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        if record.info["file"] != file_identity(path):
            raise DisconnectionError  # another file was put in its place: the pool opens that one

    return engine


def _open_server(url: URL, organisation: str) -> Engine:
    try:
        # The pool asks whether a server that lay idle is still there, and connects anew when it is not.
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args=_server_options(organisation),
            pool_pre_ping=True,
            use_native_hstore=False,
        )
    except ModuleNotFoundError:
        raise missing_driver() from None


def _server_options(organisation: str) -> dict[str, Any]:
    """How a server is connected to, for one organisation: the server itself then shows the rows of no other.

    That is the second fence, behind the organisation in every question. A superuser of the server goes over it.
    """
    named = "".join(sign for sign in organisation if sign.isalnum() or sign in "_-*")
    seconds = OPTIONS["timeout"]
    return {
        "connect_timeout": seconds,
        "options": f"-c lock_timeout={seconds}s -c trede.organisation={named}",
    }
