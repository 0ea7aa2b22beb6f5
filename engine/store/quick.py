"""Reading without SQLAlchemy, for commands that a person waits for: sqlite3 alone.

For another database than SQLite the same questions go through SQLAlchemy, imported only then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from engine.store.complaints import missing_database, unreadable_database, wrong_schema
from engine.store.readings import Readings
from engine.store.snapshot import Row, moment_text
from engine.store.version import SCHEMA_VERSION

_BUSY_SECONDS = 10


@contextmanager
def open_readings(url: str) -> Iterator[Readings]:
    """The questions to this database, all answered as of one moment.

    Raises StoreError when it is not there, cannot be read, or has another schema version.
    """
    path = sqlite_path(url)
    if path:
        with _open_sqlite(path) as readings:
            yield readings
        return
    from engine.store.database import Store  # slow, and only needed here

    with closing(Store(url)) as store, store.reading() as readings:
        yield readings


def sqlite_path(url: str) -> str:
    """The file of an SQLite URL; empty for any other URL and for a database in memory."""
    prefix, _, path = url.partition(":///")
    is_file = prefix.partition("+")[0] == "sqlite" and path not in ("", ":memory:")
    return path if is_file else ""


class SqliteReadings(Readings):
    """The questions, asked through sqlite3."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer; moments may be given as they are."""
        bound = {
            name: moment_text(value) if isinstance(value, datetime) else value for name, value in parameters.items()
        }
        return [dict(row) for row in self._connection.execute(sql, bound)]


@contextmanager
def _open_sqlite(path: str) -> Iterator[Readings]:
    if not Path(path).is_file():
        raise missing_database(path)
    try:
        # mode=rw, not ro: a reader of a write-ahead log must be able to make its shared memory file.
        uri = f"file:{quote(path)}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            _check_schema(connection, path)
            yield SqliteReadings(connection)
    except sqlite3.Error as error:
        raise unreadable_database(path, str(error), is_busy="locked" in str(error)) from error


def _check_schema(connection: sqlite3.Connection, path: str) -> None:
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    if connection.execute(sql).fetchone() is None:
        raise wrong_schema(path, "", SCHEMA_VERSION)
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None or found["version_num"] != SCHEMA_VERSION:
        raise wrong_schema(path, found["version_num"] if found else "", SCHEMA_VERSION)
