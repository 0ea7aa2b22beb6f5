"""Reading an SQLite file through sqlite3 alone, for what a person or an idle beat waits for, without SQLAlchemy.

Nothing is written here. Whoever writes, and everything on a server, goes through `link.py`.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from engine.store.complaints import SCHEMA_VERSION, ExplainedErrors, missing_database, wrong_schema
from engine.store.snapshot import Row, moment_text

Given = Mapping[str, Any]
"""Values by name. Days and moments go as they are: a link knows what its database wants."""

OPTIONS: dict[str, Any] = {"timeout": 10, "isolation_level": None, "check_same_thread": False}
"""Seconds a writer waits for another; None keeps the driver from beginning transactions by itself."""

_AT_ONCE = 500
_AS_TEXT: dict[type, Callable[[Any], str]] = {datetime: moment_text, date: date.isoformat}


class TransactionKind(Enum):
    """What a transaction is begun for."""

    ASKING = "asking"
    """Questions, of which some may be followed by writing. It holds up no writer."""
    READING = "reading"
    """Questions alone: all answered as of one moment."""
    WRITING = "writing"


class Answers(Protocol):
    """What answers a question: SQL with `:name` where a value comes."""

    def rows(self, sql: str, given: Given) -> list[Row]:
        """All rows of the answer."""


class RowSource(Protocol):
    """What can run a query: SQL with `:name` parameters, rows as mappings."""

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer. Moments may be given as they are."""


class QuickLink:
    """A connection of sqlite3 that is only asked, and kept: opening one costs more than most answers."""

    def __init__(self, raw: sqlite3.Connection, file: tuple[int, int]) -> None:
        self.raw, self.file = raw, file

    def rows(self, sql: str, given: Given) -> list[Row]:
        """All rows of the answer."""
        return rows_of(self.raw.execute(sql, as_sqlite(given)))


class QuickFile:
    """Readings of an SQLite file. One that was put in its place is noticed."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: list[QuickLink] = []

    @contextmanager
    def reading(self) -> Iterator[QuickLink]:
        """All is answered as of one moment. Raises StoreError when it is missing, unreadable or of another version."""
        with ExplainedErrors(self._path, sqlite3.Error):
            link = self._take(file_identity(self._path))
            try:
                link.raw.execute("BEGIN")
                check_schema(link, self._path)
                yield link
                link.raw.rollback()
            except BaseException:
                link.raw.close()
                raise
            self._idle.append(link)

    def close(self) -> None:
        """Close all connections."""
        while self._idle:
            self._idle.pop().raw.close()

    def _take(self, file: tuple[int, int]) -> QuickLink:
        while self._idle:
            link = self._idle.pop()
            if link.file == file:
                return link
            link.raw.close()  # another file was put in its place
        return QuickLink(connect_to(self._path), file)


def sqlite_path(url: str) -> str:
    """The file of an SQLite URL; empty for any other URL and for a database in memory."""
    prefix, _, path = url.partition(":///")
    is_file = prefix.partition("+")[0] == "sqlite" and path not in ("", ":memory:")
    return path if is_file else ""


def connect_to(path: str) -> sqlite3.Connection:
    """A connection to a file that exists."""
    made: sqlite3.Connection = sqlite3.connect(f"file:{quote(path)}?{_mode_of(path)}", uri=True, **OPTIONS)
    return made


def _mode_of(path: str) -> str:
    """How the file can be opened: where nothing can be made beside it, it is only read."""
    if os.access(Path(path).parent, os.W_OK):
        return "mode=rw"  # not ro: a reader of a write-ahead log must be able to make its shared memory file
    # With a log somebody may be writing, and then what they share is read along; without, nobody can be.
    return "mode=ro" if Path(f"{path}-wal").exists() else "mode=ro&immutable=1"


def file_identity(path: str) -> tuple[int, int]:
    """Which file it is, whatever its name. Raises StoreError when there is none."""
    try:
        there = os.stat(path)  # noqa: PTH116  # asked at every command and beat: a Path costs four times as much
    except OSError:
        raise missing_database(path) from None
    if not stat.S_ISREG(there.st_mode):
        raise missing_database(path)
    return there.st_dev, there.st_ino


def as_sqlite(given: Given) -> dict[str, Any]:
    """These values as SQLite holds them. Raises UsageError for a naive moment."""
    return {name: _AS_TEXT[type(value)](value) if type(value) in _AS_TEXT else value for name, value in given.items()}


def in_lists(ids: Sequence[str] | Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The names of parameters for `IN (...)` with their values, by so many as a database takes at once."""
    for start in range(0, len(ids), _AT_ONCE):
        asked = {f"id{number}": one for number, one in enumerate(ids[start : start + _AT_ONCE])}
        yield ", ".join(f":{name}" for name in asked), asked


def rows_of(cursor: Any) -> list[Row]:
    """What a cursor of any driver found, by the names of its columns."""
    found = cursor.fetchall()
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in found]  # noqa: B905  # both are of the same question


def check_schema(link: Answers, shown: str, along: str = "", given: Given | None = None) -> Row:
    """The answer to what is asked `along` with it, as columns. Raises StoreError for tables of another version."""
    try:
        found = link.rows(f"SELECT version_num{along} FROM alembic_version", given or {})
    except Exception as error:
        if along:  # of tables of another version there may be nothing to ask
            check_schema(link, shown)
            raise
        # The code is that of PostgreSQL for a table that is not there.
        if "no such table" not in str(error) and getattr(error, "sqlstate", "") != "42P01":
            raise
        found = []
    version = str(found[0]["version_num"]) if found else ""
    if version != SCHEMA_VERSION:
        raise wrong_schema(shown, version)
    return found[0]
