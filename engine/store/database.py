"""The store: opens a database, and gives transactions to write and to read, or to ask first and write briefly.

On SQLite only one program writes at a time, so whoever decides while holding that right makes all others wait
(a consultant beside a sweep waited six seconds and was then refused). Here questions are asked in a transaction
that reads; the right to write is taken when everything is decided, and given back as soon as that is written.
Between the two somebody else may have written. Nothing is lost by that: a step goes with the version of the case
it was decided on, and is refused by the store when the case has moved since.

On PostgreSQL the rows are what is locked, so there asking and writing are one transaction, and what a worker
claimed (`due`) stays its own until it has written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, text

from engine.store.complaints import SCHEMA_VERSION, wrong_schema
from engine.store.connected import ConnectedReadings
from engine.store.dialects import begin_asking, begin_reading, begin_writing, explained_errors, open_engine
from engine.store.readings import Readings
from engine.store.snapshot import Row
from engine.store.transaction import Transaction


class Work(ConnectedReadings):
    """Questions, and then a short transaction for what was decided; after it questions may be asked again."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._transaction: Transaction | None = None
        self.has_written = False

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer, as of the first question since the last writing."""
        if self._transaction is None:
            begin_asking(self._connection)
        return super().rows(sql, **parameters)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write what was decided: all of it, or nothing when the block raises. Within a block it is the same one."""
        if self._transaction is not None:
            yield self._transaction
            return
        begin_writing(self._connection)
        self._transaction = Transaction(self._connection)
        try:
            yield self._transaction
            self._transaction.flush()
        except BaseException:
            self._connection.rollback()
            raise
        else:
            self._connection.commit()
            self.has_written = True
        finally:
            self._transaction = None


class Store:
    """The database at `url`: `sqlite:///file.db` or `postgresql://...`.

    It must exist and have the schema of this program, else StoreError at the first transaction. Whatever a
    driver raises comes out as StoreError or CaseError, and then nothing of the transaction is stored.
    `engine` is that of SQLAlchemy, for migrations and tests. `has_written` tells whether a transaction that writes
    ended well: from then on something is done.
    """

    def __init__(self, url: str, *, engine: Engine | None = None, survives_power_cut: bool = True) -> None:
        self.engine = engine or open_engine(url, survives_power_cut=survives_power_cut)
        self._is_checked = False
        self.has_written = False

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """To write: all of it is stored when the block ends well, nothing when it raises."""
        with explained_errors(self.engine.url), self.engine.connect() as connection, connection.begin():
            self._check_schema(connection)
            transaction = Transaction(connection)
            yield transaction
            transaction.flush()
        self.has_written = True

    @contextmanager
    def work(self) -> Iterator[Work]:
        """To decide and then write: questions, and a short transaction for what was decided."""
        with explained_errors(self.engine.url), self.engine.connect() as connection:
            begin_asking(connection)
            self._check_schema(connection)
            work = Work(connection)
            try:
                yield work
            finally:
                self.has_written = self.has_written or work.has_written

    @contextmanager
    def reading(self) -> Iterator[Readings]:
        """To ask: everything is answered as of one moment, and no writer is held up."""
        with explained_errors(self.engine.url), self.engine.connect() as fresh:
            connection = begin_reading(fresh)
            with connection.begin():
                self._check_schema(connection)
                yield ConnectedReadings(connection)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _check_schema(self, connection: Connection) -> None:
        if self._is_checked:
            return
        found = schema_version(connection)
        if found != SCHEMA_VERSION:
            shown = self.engine.url.render_as_string(hide_password=True)
            raise wrong_schema(shown, found)
        self._is_checked = True


def schema_version(connection: Connection) -> str:
    """The version of the tables in this database; empty when it has none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""
