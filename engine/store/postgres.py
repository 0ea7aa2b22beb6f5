"""PostgreSQL through psycopg alone. Rows are what is locked, so asking and writing are one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import cache
from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.rows import dict_row

from engine.core.moment import to_utc
from engine.store.complaints import broken_rule, overtaken, unreadable_database
from engine.store.link import SERVER_OPTIONS, Given, Link, Links, TransactionKind
from engine.store.snapshot import Row

# Deadlock found, serialization failure, lock not available: another writer won.
_LOST_TO_ANOTHER = frozenset({"40P01", "40001", "55P03"})
_BEGIN = {
    TransactionKind.ASKING: "BEGIN",
    TransactionKind.READING: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    TransactionKind.WRITING: "BEGIN",
}
_NAMED = re.compile(r"(?<!:):([a-z]\w*)")


class PostgresLink(Link):
    """A connection of psycopg, which begins no transaction by itself."""

    doubled: ClassVar[type[Exception]] = psycopg.IntegrityError

    def __init__(self, url: str) -> None:
        self._url = url
        self.raw = self._connect()
        self._pipeline = ExitStack()
        self._sent: Any = None

    def _connect(self) -> Any:
        return psycopg.connect(
            self._url,
            autocommit=True,
            row_factory=dict_row,
            **SERVER_OPTIONS,
        )

    def begin(self, kind: TransactionKind) -> None:
        try:
            self.raw.execute(_BEGIN[kind])
        except psycopg.OperationalError:
            if not self.raw.closed:
                raise
            # The server was started anew while this link lay idle; nothing was asked yet.
            self.raw = self._connect()
            self.raw.execute(_BEGIN[kind])
        # From here on nothing is waited for that nobody asks about: each wait is a way to the server and back.
        self._sent = self._pipeline.enter_context(self.raw.pipeline())

    def end(self, *, keeps: bool) -> None:
        if keeps:
            self.raw.execute("COMMIT")
            self._pipeline.close()
            return
        with suppress(psycopg.Error):  # whatever was refused is undone with the rest
            self._pipeline.close()
        self.raw.rollback()

    @property
    def is_asked(self) -> bool:
        return bool(self.raw.info.transaction_status)

    def rows(self, sql: str, given: Given) -> list[Row]:
        found: list[Row] = self.raw.execute(_text(sql), _bound(given)).fetchall()
        return found

    def run(self, sql: str, *given: Given) -> int:
        cursor = self._run(sql, given)
        self.wait()
        return int(cursor.rowcount)

    def send(self, sql: str, *given: Given) -> None:
        self._run(sql, given)

    def wait(self) -> None:
        self._sent.sync()

    def _run(self, sql: str, given: tuple[Given, ...]) -> Any:
        cursor = self.raw.cursor()
        if len(given) == 1:
            cursor.execute(_text(sql), _bound(given[0]))
        else:
            cursor.executemany(_text(sql), [_bound(one) for one in given])
        return cursor

    def schema_version(self) -> str:
        if self.rows("SELECT to_regclass('alembic_version') AS found", {})[0]["found"] is None:
            return ""
        found = self.rows("SELECT version_num FROM alembic_version", {})
        return str(found[0]["version_num"]) if found else ""

    def claiming(self, table: str) -> str:
        return f" FOR UPDATE OF {table} SKIP LOCKED"

    def locking(self) -> str:
        return " FOR UPDATE"


@cache
def _text(sql: str) -> bytes:
    """The statement as this driver wants it."""
    return _NAMED.sub(r"%(\1)s", sql.replace("%", "%%")).encode()


def _bound(given: Given) -> Mapping[str, Any]:
    return {name: to_utc(value) if isinstance(value, datetime) else value for name, value in given.items()}


class PostgresServer(Links):
    """Links to a database of a server."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._url = urlunsplit(("postgresql", *parts[1:]))
        password = f":{parts.password}@" if parts.password else ""
        self.shown = urlunsplit(parts).replace(password, ":***@", 1) if password else url
        self._idle: list[PostgresLink] = []

    def take(self) -> PostgresLink:
        return self._idle.pop() if self._idle else PostgresLink(self._url)

    def give_back(self, link: PostgresLink) -> None:
        if not link.raw.closed:
            link.end(keeps=False)
            self._idle.append(link)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().raw.close()

    @contextmanager
    def explained(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            if error.sqlstate in _LOST_TO_ANOTHER:
                raise overtaken() from error
            if isinstance(error, psycopg.IntegrityError):
                raise broken_rule(self.shown, str(error)) from error
            raise unreadable_database(self.shown, str(error), is_busy="locked" in str(error)) from error
