"""Everything in which SQLite and PostgreSQL differ, in one place.

SQLite: SQLAlchemy's own transactions lose updates there (measured), so the driver is left out of it and every
transaction begins here: `BEGIN IMMEDIATE` to write, which lets writers wait for each other, and `BEGIN` to read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, cast

from sqlalchemy import URL, Connection, Engine, Insert, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, StatementError
from sqlalchemy.pool import StaticPool

from engine.core.errors import EngineError, OvertakenError, StoreError
from engine.store.complaints import broken_rule, missing_database, unreadable_database

BUSY_SECONDS = 10
"""How long a writer waits for another one before it gives up."""

_READING = "trede_reading"
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
# Deadlock found, serialization failure, lock not available: another writer won.
_LOST_TO_ANOTHER = frozenset({"40P01", "40001", "55P03"})


def open_engine(url: str, *, may_create: bool = False, survives_power_cut: bool = True) -> Engine:
    """An engine on this database. A missing SQLite file is a StoreError, unless it `may_create` one.

    Without `survives_power_cut` SQLite does not wait for the disk: a killed process loses nothing, a power cut may
    lose the last commits. Good enough for a rehearsal, and much faster.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _unknown_url(url) from None
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed, may_create, survives_power_cut)
        case "postgresql":
            return _open_postgresql(parsed)
    raise _unknown_url(url)


def begin_reading(connection: Connection) -> Connection:
    """Make the coming transaction one that sees one moment and writes nothing."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection.execution_options(**{_READING: True})


def begin_asking(connection: Connection) -> None:
    """Begin a transaction that asks, unless one is under way. It holds up no writer."""
    if not connection.in_transaction():
        _begin(connection, is_reading=True)


def begin_writing(connection: Connection) -> None:
    """Take the right to write. What was asked before is over on SQLite; on PostgreSQL it is the same transaction."""
    if connection.dialect.name == "postgresql":
        begin_asking(connection)
        return
    connection.rollback()
    _begin(connection, is_reading=False)


def _begin(connection: Connection, *, is_reading: bool) -> None:
    if connection.dialect.name == "sqlite":
        connection.execution_options(**{_READING: is_reading})
    connection.begin()


def lock_schema(connection: Connection) -> None:
    """Let only one program at a time change the tables; until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('trede.schema'))"))


def lock_clause(connection: Connection, tables: str) -> str:
    """What ends a SELECT that claims rows so that no second worker gets them.

    Empty on SQLite: the immediate transaction already keeps every other writer out.
    """
    return f" FOR UPDATE OF {tables} SKIP LOCKED" if connection.dialect.name == "postgresql" else ""


def insert_or_ignore(connection: Connection, table: Table) -> Insert:
    """An INSERT that does nothing when the key is already there."""
    return upserting(connection.dialect.name, table).on_conflict_do_nothing()


def upserting(dialect: str, table: Table) -> sqlite.Insert:
    """An INSERT that can say what happens when the key is already there; both databases say it alike."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # a fifth of the start of a command, for nothing on SQLite

        return cast(sqlite.Insert, postgresql.insert(table))
    return sqlite.insert(table)


@contextmanager
def explained_errors(url: URL) -> Iterator[None]:
    """Turn what a database driver raises into StoreError, or CaseError when another writer was first."""
    try:
        yield
    except StatementError as error:
        _raise_explained(error, url)
    except sqlite3.Error as error:  # of what went to SQLite as text
        shown = url.render_as_string(hide_password=True)
        if isinstance(error, sqlite3.IntegrityError):
            raise broken_rule(shown, str(error)) from error
        raise unreadable_database(shown, str(error), is_busy="locked" in str(error)) from error


def _raise_explained(error: StatementError, url: URL) -> NoReturn:
    if isinstance(error.orig, EngineError):
        raise error.orig from None
    shown = url.render_as_string(hide_password=True)
    if getattr(error.orig, "sqlstate", None) in _LOST_TO_ANOTHER:
        raise OvertakenError(
            "Een ander werkte op hetzelfde moment aan dezelfde zaken.",
            why="De database liet de ander voorgaan; van deze handeling is niets opgeslagen.",
            next_step="Voer de opdracht opnieuw uit.",
        ) from error
    if isinstance(error, IntegrityError):
        raise broken_rule(shown, str(error.orig)) from error
    if isinstance(error, DBAPIError):
        raise unreadable_database(shown, str(error.orig), is_busy="locked" in str(error.orig)) from error
    raise error


def _open_sqlite(url: URL, may_create: bool, survives_power_cut: bool) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory:
        _find_file(Path(str(url.database)), may_create)
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    # isolation_level None keeps the driver from beginning and ending transactions by itself.
    options = {"isolation_level": None, "timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=options, **pool)
    event.listen(engine, "connect", _set_pragmas)
    if not survives_power_cut:
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous = NORMAL"))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _find_file(path: Path, may_create: bool) -> None:
    if not may_create and not path.is_file():
        raise missing_database(str(path))
    if not may_create:
        return
    try:
        # Readable by its owner alone: it tells about the health of children. The log beside it gets the same rights.
        path.touch(mode=0o600)
    except OSError as error:
        raise unreadable_database(str(path), str(error)) from error


def _set_pragmas(raw: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        raw.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _open_postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": BUSY_SECONDS, "options": f"-c lock_timeout={BUSY_SECONDS}s"},
            pool_pre_ping=True,
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreError(
            "De verbinding met PostgreSQL kan niet worden gemaakt.",
            why="Het pakket psycopg is niet geïnstalleerd.",
            next_step="Installeer trede met de toevoeging [postgresql].",
        ) from None


def _unknown_url(url: str) -> StoreError:
    return StoreError(
        f"De database-URL {url.split('@')[-1]!r} wordt niet begrepen.",
        why="Alleen SQLite (sqlite:///bestand.db) en PostgreSQL (postgresql://...) worden ondersteund.",
        next_step="Verbeter `database` in trede.toml of TREDE_DATABASE.",
    )
