"""Everything in which SQLite and PostgreSQL differ when rows are written, in one place.

SQLite: SQLAlchemy's own transactions lose updates there (measured), so the driver is left out of beginning, and every
transaction begins here: `BEGIN IMMEDIATE` to write, which lets writers wait for each other, and `BEGIN` to ask.

PostgreSQL: rows are what is locked, so what was claimed and what is written are one transaction (`server.py`).

What runs through a driver was made by SQLAlchemy and written out once (`link.py`). What it does around each statement
takes longer than the statement, so texts go to the driver of the connection that its pool gave.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import QueuePool, StaticPool

from engine.store.complaints import missing_driver, unknown_url
from engine.store.quick import OPTIONS, TransactionKind, connect_to, file_identity, sqlite_path

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
