"""Everything in which SQLite and PostgreSQL differ when rows are written, in one place.

SQLite: SQLAlchemy's own transactions lose updates there (measured), so the driver is left out of beginning, and every
transaction begins here: `BEGIN IMMEDIATE` to write, which lets writers wait for each other, and `BEGIN` to ask.

PostgreSQL: rows are what is locked, so asking and writing are one transaction. Each statement is a way to the server
and back, unless it goes in a pipeline: there only who asks for an answer waits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DisconnectionError, IntegrityError
from sqlalchemy.pool import QueuePool, StaticPool

from engine.store.complaints import missing_driver, unknown_url
from engine.store.quick import OPTIONS, TransactionKind, connect_to, file_identity, sqlite_path

_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON")
_PIPELINE = "trede_pipeline"
_BY_PLACE: Dialect = sqlite.dialect(paramstyle="qmark")
KEY_IS_THERE = (IntegrityError, sqlite3.IntegrityError)
"""What a statement raises that adds a key which is there already: from a server, from a file."""
AHEAD = "trede_ahead"
"""The execution option of a statement that is only sent: what it refuses is told later."""

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


def begin(connection: Connection, kind: TransactionKind) -> None:
    """Begin a transaction. To write on SQLite waits until no other program writes."""
    if kind is TransactionKind.READING and is_locking_rows(connection):
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    connection.begin()
    if not is_locking_rows(connection):
        begin_in_file(connection.connection.driver_connection, kind)


def begin_in_file(driver: Any, kind: TransactionKind) -> None:
    """Begin a transaction on the driver of SQLite."""
    driver.execute("BEGIN IMMEDIATE" if kind is TransactionKind.WRITING else "BEGIN")


@contextmanager
def sent_ahead(connection: Connection) -> Iterator[None]:
    """On a server: from here on statements that say they are `AHEAD` are not waited for."""
    if not is_locking_rows(connection):
        yield
        return
    driver: Any = connection.connection.driver_connection
    with driver.pipeline() as pipeline:
        connection.info[_PIPELINE] = pipeline
        try:
            yield
        finally:
            del connection.info[_PIPELINE]


def is_locking_rows(connection: Connection) -> bool:
    """Whether asking and writing can be one transaction, because rows are what is locked."""
    return connection.dialect.name != "sqlite"


def writing_dialect(dialect: Dialect) -> Dialect:
    """The dialect in which statements are written out: in a file with values by place, which binds three times faster.

    Questions, and whatever SQLAlchemy itself runs, keep values by name.
    """
    return _BY_PLACE if dialect.name == "sqlite" else dialect


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
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args=_server_options(organisation),
            pool_pre_ping=True,
            use_native_hstore=False,
        )
    except ModuleNotFoundError:
        raise missing_driver() from None

    @event.listens_for(engine, "after_cursor_execute")
    def wait_for_the_answer(connection: Connection, *told: Any) -> None:
        context = told[3]
        pipeline = connection.info.get(_PIPELINE)
        if pipeline is not None and not context.execution_options.get(AHEAD):
            pipeline.sync()

    return engine


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
