"""Making the tables and bringing them up to date. Alembic is imported here only: it is slow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, insert, text

from engine.store.complaints import SCHEMA_VERSION, unreadable_database, wrong_schema
from engine.store.database import Store
from engine.store.dialects import begin, open_memory
from engine.store.link import Links, links_to
from engine.store.quick import OPTIONS, TransactionKind, sqlite_path
from engine.store.schema import meta

_MIGRATIONS = Path(__file__).parent / "migrations"


def create_or_upgrade(url: str, *, organisation: str = "", is_rehearsal: bool = False) -> Store:
    """The store at this URL with the tables of this program; made when it is not there.

    `organisation` and `is_rehearsal` are remembered when the database is made, and never changed afterwards: a
    workplace for rehearsal cannot become a real one, nor the other way round.
    Raises StoreError when it cannot be reached or is of a newer version.
    """
    path = sqlite_path(url)
    if path:
        _touch(Path(path))
    links = links_to(url)
    try:
        with links.explained(), changing(links.engine) as connection:
            _bring_up_to_date(connection, links.shown, organisation, is_rehearsal=is_rehearsal)
    except BaseException:
        links.engine.dispose()
        raise
    return Store(url, links=links)


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction to change the tables in; all of it, or nothing when the block raises."""
    with engine.connect() as connection:
        begin(connection, TransactionKind.WRITING)
        yield connection
        connection.commit()


def schema_version(connection: Connection) -> str:
    """The version of the tables in this database; empty when it has none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""


def migration_config(connection: Connection) -> Config:
    """The configuration Alembic needs to work on this connection, without a file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _touch(path: Path) -> None:
    try:
        # Readable by its owner alone: it tells about the health of children. The log beside it gets the same rights.
        path.touch(mode=0o600)
    except OSError as error:
        raise unreadable_database(str(path), str(error)) from error


def _bring_up_to_date(connection: Connection, shown: str, organisation: str, *, is_rehearsal: bool) -> None:
    if connection.dialect.name == "postgresql":
        # Only one program at a time changes the tables.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('trede.schema'))"))
    found = schema_version(connection)
    if found > SCHEMA_VERSION:
        raise wrong_schema(shown, found)
    if found != SCHEMA_VERSION:
        command.upgrade(migration_config(connection), "head")
    if not found:
        _remember(connection, organisation, is_rehearsal)


def _remember(connection: Connection, organisation: str, is_rehearsal: bool) -> None:
    values = {"organisation": organisation, "is_rehearsal": "yes" if is_rehearsal else "no"}
    connection.execute(insert(meta), [{"key": key, "value": value} for key, value in values.items()])


class MemoryStore(Store):
    """For a rehearsal that leaves nothing behind: SQLite in memory, made once, and empty again in a moment."""

    def __init__(self, organisation: str) -> None:
        self._raw = sqlite3.connect(":memory:", **OPTIONS)
        links = Links(open_memory(self._raw), "sqlite://")
        with changing(links.engine) as connection:
            _bring_up_to_date(connection, links.shown, organisation, is_rehearsal=True)
        super().__init__(links.shown, links=links)
        self._empty = self._raw.serialize()

    def begin(self, moment: datetime) -> None:
        """Throw everything away; the clock of the rehearsal stands at this moment."""
        self._raw.deserialize(self._empty)
        with self.transaction() as tx:
            tx.set_clock_moment(moment)
