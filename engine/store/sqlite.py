"""SQLite through sqlite3 alone: nothing here may be slow to import, because a consultant waits for every start.

The driver is left out of beginning and ending: every transaction begins here, with `BEGIN IMMEDIATE` to write, which
lets writers wait for each other, and `BEGIN` to ask.
"""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

from engine.store.complaints import broken_rule, missing_database, unreadable_database
from engine.store.link import BUSY_SECONDS, Given, Link, Links, TransactionKind
from engine.store.snapshot import Row, moment_text

# Of every connection that writes. They cannot be set within a transaction.
_TO_WRITE = ("PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON")
_AS_TEXT: dict[type, Callable[[Any], str]] = {datetime: moment_text, date: date.isoformat}
OPTIONS: dict[str, Any] = {"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False}
"""How a connection is opened: isolation_level None keeps the driver from beginning transactions by itself."""


def sqlite_path(url: str) -> str:
    """The file of an SQLite URL; empty for any other URL and for a database in memory."""
    prefix, _, path = url.partition(":///")
    is_file = prefix.partition("+")[0] == "sqlite" and path not in ("", ":memory:")
    return path if is_file else ""


def pragmas(*, survives_power_cut: bool) -> tuple[str, ...]:
    """What is set before writing.

    Without `survives_power_cut` SQLite does not wait for the disk: a killed process loses nothing, a power cut may
    lose the last commits. Good enough for a rehearsal, and much faster.
    """
    return (*_TO_WRITE, f"PRAGMA synchronous = {'FULL' if survives_power_cut else 'NORMAL'}")


class SqliteLink(Link):
    """A connection of sqlite3."""

    doubled: ClassVar[type[Exception]] = sqlite3.IntegrityError

    def __init__(self, raw: sqlite3.Connection, to_write: tuple[str, ...], file: tuple[int, int] = (0, 0)) -> None:
        self.raw, self.file = raw, file
        self._to_write = to_write

    def begin(self, kind: TransactionKind) -> None:
        if kind is not TransactionKind.WRITING:
            self.raw.execute("BEGIN")
            return
        while self._to_write:
            self.raw.execute(self._to_write[0])
            self._to_write = self._to_write[1:]
        self.raw.execute("BEGIN IMMEDIATE")

    def end(self, *, keeps: bool) -> None:
        if keeps:
            self.raw.commit()
        else:
            self.raw.rollback()

    @property
    def is_asked(self) -> bool:
        return self.raw.in_transaction

    def rows(self, sql: str, given: Given) -> list[Row]:
        cursor = self.raw.execute(sql, _bound(given))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def run(self, sql: str, *given: Given) -> int:
        if len(given) == 1:
            return self.raw.execute(sql, _bound(given[0])).rowcount
        return self.raw.executemany(sql, [_bound(one) for one in given]).rowcount

    def schema_version(self) -> str:
        try:
            found = self.raw.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return ""
            raise
        return str(found[0]) if found else ""


def _bound(given: Given) -> dict[str, Any]:
    return {name: _AS_TEXT[type(value)](value) if type(value) in _AS_TEXT else value for name, value in given.items()}


class SqliteFile(Links):
    """Links to an SQLite file. One that was put in its place is noticed; a missing one is a StoreError."""

    def __init__(self, path: str, *, survives_power_cut: bool) -> None:
        self.shown = path
        self._to_write = pragmas(survives_power_cut=survives_power_cut)
        self._idle: list[SqliteLink] = []

    def take(self) -> SqliteLink:
        file = _identity(self.shown)
        while self._idle:
            link = self._idle.pop()
            if link.file == file:
                return link
            link.raw.close()  # another file was put in its place
        # mode=rw, not ro: a reader of a write-ahead log must be able to make its shared memory file.
        uri = f"file:{quote(self.shown)}?mode=rw"
        return SqliteLink(sqlite3.connect(uri, uri=True, **OPTIONS), self._to_write, file)

    def give_back(self, link: SqliteLink) -> None:
        try:
            link.end(keeps=False)
        except sqlite3.Error:
            link.raw.close()
        else:
            self._idle.append(link)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().raw.close()

    @contextmanager
    def explained(self) -> Iterator[None]:
        with explained_errors(self.shown):
            yield


class SqliteMemory(Links):
    """The one connection to a database that is never on disk."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.shown, self.raw = "sqlite://", raw

    def take(self) -> SqliteLink:
        return SqliteLink(self.raw, ("PRAGMA foreign_keys = ON",))

    def give_back(self, link: SqliteLink) -> None:
        link.end(keeps=False)

    def close(self) -> None:
        self.raw.close()

    @contextmanager
    def explained(self) -> Iterator[None]:
        with explained_errors(self.shown):
            yield


@contextmanager
def explained_errors(shown: str) -> Iterator[None]:
    """Turn what sqlite3 raises into StoreError."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise broken_rule(shown, str(error)) from error
    except sqlite3.Error as error:
        raise unreadable_database(shown, str(error), is_busy="locked" in str(error)) from error


def _identity(path: str) -> tuple[int, int]:
    """Which file it is, whatever its name. Raises StoreError when there is none."""
    try:
        there = Path(path).stat()
    except OSError:
        raise missing_database(path) from None
    if not stat.S_ISREG(there.st_mode):
        raise missing_database(path)
    return there.st_dev, there.st_ino
