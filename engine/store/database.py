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
from typing import TYPE_CHECKING, Any

from engine.store.complaints import SCHEMA_VERSION, missing_driver, unknown_url, wrong_schema
from engine.store.link import Link, Links, TransactionKind
from engine.store.readings import Readings
from engine.store.snapshot import Row
from engine.store.sqlite import SqliteFile, sqlite_path

if TYPE_CHECKING:
    from engine.store.transaction import Transaction


class Work(Readings):
    """Questions, and then a short transaction for what was decided; after it questions may be asked again."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._transaction: Transaction | None = None
        self.has_written = False

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer, as of the first question since the last writing."""
        if not self._link.is_asked:
            self._link.begin(TransactionKind.ASKING)
        return super().rows(sql, **parameters)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write what was decided: all of it, or nothing when the block raises. Within a block it is the same one."""
        if self._transaction is not None:
            yield self._transaction
            return
        link = self._link
        from engine.store.transaction import Transaction  # a command that only reads writes nothing

        # On PostgreSQL what was asked before belongs to the same transaction, with all that was claimed in it.
        if link.is_asked and not link.is_locking_rows:
            link.end(keeps=False)
        if not link.is_asked:
            link.begin(TransactionKind.WRITING)
        self._transaction = Transaction(link)
        try:
            yield self._transaction
            self._transaction.flush()
        except BaseException:
            link.end(keeps=False)
            raise
        else:
            link.end(keeps=True)
            self.has_written = True
        finally:
            self._transaction = None


class Store:
    """The database at `url`: `sqlite:///file.db` or `postgresql://...`.

    It must exist and have the schema of this program, else StoreError at the first transaction. Whatever a
    driver raises comes out as StoreError or CaseError, and then nothing of the transaction is stored.
    `has_written` tells whether a transaction that writes ended well: from then on something is done.
    """

    def __init__(self, url: str, *, links: Links | None = None, survives_power_cut: bool = True) -> None:
        self.url = url
        self._links = links or links_to(url, survives_power_cut=survives_power_cut)
        self._is_checked = False
        self.has_written = False

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """To write: all of it is stored when the block ends well, nothing when it raises."""
        from engine.store.transaction import Transaction

        with self._begun(TransactionKind.WRITING) as link:
            transaction = Transaction(link)
            yield transaction
            transaction.flush()
            link.end(keeps=True)
        self.has_written = True

    @contextmanager
    def work(self) -> Iterator[Work]:
        """To decide and then write: questions, and a short transaction for what was decided."""
        with self._begun(TransactionKind.ASKING) as link:
            work = Work(link)
            try:
                yield work
            finally:
                self.has_written = self.has_written or work.has_written

    @contextmanager
    def reading(self) -> Iterator[Readings]:
        """To ask: everything is answered as of one moment, and no writer is held up."""
        with self._begun(TransactionKind.READING) as link:
            yield Readings(link)

    def close(self) -> None:
        """Close all connections."""
        self._links.close()

    @contextmanager
    def _begun(self, kind: TransactionKind) -> Iterator[Link]:
        links = self._links
        with links.explained():
            link = links.take()
            try:
                link.begin(kind)
                self._check_schema(link)
                yield link
            finally:
                links.give_back(link)

    def _check_schema(self, link: Link) -> None:
        # A file is looked at each time, which costs a few microseconds: a long-lived program must see an upgrade.
        if self._is_checked and link.is_locking_rows:
            return
        found = link.schema_version()
        if found != SCHEMA_VERSION:
            raise wrong_schema(self._links.shown, found)
        self._is_checked = True


def links_to(url: str, *, survives_power_cut: bool = True) -> Links:
    """Links to the database at this URL. Raises StoreError for a URL of neither kind, or without a driver for it."""
    path = sqlite_path(url)
    if path:
        return SqliteFile(path, survives_power_cut=survives_power_cut)
    if url.partition("://")[0].partition("+")[0] != "postgresql":
        raise unknown_url(url)
    try:
        import psycopg  # noqa: F401  asked for here, so that its absence can be told
    except ModuleNotFoundError:
        raise missing_driver() from None
    from engine.store.postgres import PostgresServer  # slow to import, and not used with a file

    return PostgresServer(url)
