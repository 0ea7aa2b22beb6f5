"""Reading an SQLite file without SQLAlchemy, for commands that a person waits for: sqlite3 alone."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from engine.store.complaints import SCHEMA_VERSION, missing_database, unreadable_database, wrong_schema
from engine.store.readings import Readings
from engine.store.snapshot import Row, moment_text

_BUSY_SECONDS = 10


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


class KeptReadings:
    """The questions to an SQLite file, whose connections are kept: opening one costs more than most answers."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: list[tuple[tuple[int, int], sqlite3.Connection]] = []

    @contextmanager
    def reading(self) -> Iterator[Readings]:
        """To ask: everything is answered as of one moment.

        Raises StoreError when the file is not there, cannot be read, or has another schema version.
        """
        file = _identity(self._path)
        try:
            connection = self._take(file)
            try:
                connection.execute("BEGIN")
                _check_schema(connection, self._path)
                yield SqliteReadings(connection)
            except BaseException:
                connection.close()
                raise
            connection.execute("ROLLBACK")
            self._idle.append((file, connection))
        except sqlite3.Error as error:
            raise unreadable_database(self._path, str(error), is_busy="locked" in str(error)) from error

    def close(self) -> None:
        """Close all connections."""
        while self._idle:
            self._idle.pop()[1].close()

    def _take(self, file: tuple[int, int]) -> sqlite3.Connection:
        # One that is in use (by another thread, or further up) is not in the list.
        while self._idle:
            known, kept = self._idle.pop()
            if known == file:
                return kept
            kept.close()  # another file was put in its place
        # mode=rw, not ro: a reader of a write-ahead log must be able to make its shared memory file.
        uri = f"file:{quote(self._path)}?mode=rw"
        options: dict[str, Any] = {"timeout": _BUSY_SECONDS, "isolation_level": None, "check_same_thread": False}
        connection: sqlite3.Connection = sqlite3.connect(uri, uri=True, **options)
        connection.row_factory = sqlite3.Row
        return connection


def _identity(path: str) -> tuple[int, int]:
    """Which file it is, whatever its name. Raises StoreError when there is none."""
    try:
        there = Path(path).stat()
    except OSError:
        raise missing_database(path) from None
    if not stat.S_ISREG(there.st_mode):
        raise missing_database(path)
    return there.st_dev, there.st_ino


def _check_schema(connection: sqlite3.Connection, path: str) -> None:
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    if connection.execute(sql).fetchone() is None:
        raise wrong_schema(path, "")
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None or found["version_num"] != SCHEMA_VERSION:
        raise wrong_schema(path, found["version_num"] if found else "")
