"""The store: opens a database, and gives transactions to write and to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from engine.store.complaints import wrong_schema
from engine.store.dialects import begin_asking, begin_reading, explained_errors, open_engine
from engine.store.readings import Readings
from engine.store.transaction import ConnectedReadings, Transaction
from engine.store.version import SCHEMA_VERSION
from engine.store.work import Work


class Store:
    """The database at `url`: `sqlite:///file.db` or `postgresql://...`.

    It must exist and have the schema of this program, else StoreError at the first transaction. Whatever a
    driver raises comes out as StoreError or CaseError, and then nothing of the transaction is stored.
    `has_written` tells whether a transaction that writes ended well: from then on something is done.
    """

    def __init__(self, url: str, *, engine: Engine | None = None, survives_power_cut: bool = True) -> None:
        self._engine = engine or open_engine(url, survives_power_cut=survives_power_cut)
        self._is_checked = False
        self.has_written = False

    @property
    def engine(self) -> Engine:
        """The engine of SQLAlchemy, for migrations and tests."""
        return self._engine

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """To write: all of it is stored when the block ends well, nothing when it raises."""
        with explained_errors(self._engine.url), self._engine.connect() as connection, connection.begin():
            self._check_schema(connection)
            transaction = Transaction(connection)
            yield transaction
            transaction.flush()
        self.has_written = True

    @contextmanager
    def work(self) -> Iterator[Work]:
        """To decide and then write: questions, and a short transaction for what was decided."""
        with explained_errors(self._engine.url), self._engine.connect() as connection:
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
        with explained_errors(self._engine.url), self._engine.connect() as fresh:
            connection = begin_reading(fresh)
            with connection.begin():
                self._check_schema(connection)
                yield ConnectedReadings(connection)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _check_schema(self, connection: Connection) -> None:
        if self._is_checked:
            return
        found = schema_version(connection)
        if found != SCHEMA_VERSION:
            shown = self._engine.url.render_as_string(hide_password=True)
            raise wrong_schema(shown, found, SCHEMA_VERSION)
        self._is_checked = True


def schema_version(connection: Connection) -> str:
    """The version of the tables in this database; empty when it has none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""
