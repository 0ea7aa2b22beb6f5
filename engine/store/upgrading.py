"""Making the tables and bringing them up to date. Alembic is imported here only, because it is slow."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert

from engine.store.complaints import SCHEMA_VERSION, wrong_schema
from engine.store.database import Store, schema_version
from engine.store.dialects import explained_errors, lock_schema, open_engine
from engine.store.schema import meta

MEMORY = "sqlite://"
"""The URL of a database that is never on disk."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def create_or_upgrade(url: str, *, organisation: str = "", is_rehearsal: bool = False) -> Store:
    """The store at this URL with the tables of this program; made when it is not there.

    `organisation` and `is_rehearsal` are remembered when the database is made, and never changed afterwards: a
    workplace for rehearsal cannot become a real one, nor the other way round.
    Raises StoreError when it cannot be reached or is of a newer version.
    """
    engine = open_engine(url, may_create=True)
    try:
        with explained_errors(engine.url), engine.connect() as connection, connection.begin():
            _bring_up_to_date(connection, organisation, is_rehearsal=is_rehearsal)
    except BaseException:
        engine.dispose()
        raise
    return Store(url, engine=engine)


def migration_config(connection: Connection) -> Config:
    """The configuration Alembic needs to work on this connection, without a file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _bring_up_to_date(connection: Connection, organisation: str, *, is_rehearsal: bool) -> None:
    lock_schema(connection)
    found = schema_version(connection)
    if found > SCHEMA_VERSION:
        raise wrong_schema(connection.engine.url.render_as_string(hide_password=True), found)
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
        super().__init__(MEMORY, engine=create_or_upgrade(MEMORY, organisation=organisation, is_rehearsal=True).engine)
        raw = self.engine.raw_connection().driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._raw, self._empty = raw, raw.serialize()

    def begin(self, moment: datetime) -> None:
        """Throw everything away; the clock of the rehearsal stands at this moment."""
        self._raw.deserialize(self._empty)
        with self.transaction() as tx:
            tx.set_clock_moment(moment)
