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

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.store.quick import QuickFile, TransactionKind, sqlite_path
from engine.store.readings import Readings

# SQLAlchemy is imported by who writes, and with a server: a command that reads a file does not wait for it.
if TYPE_CHECKING:
    from engine.store.link import Links
    from engine.store.transaction import Transaction
    from engine.store.work import Work


class Store:
    """What one organisation has in the database at `url`: `sqlite:///file.db` or `postgresql://...`.

    Others may have theirs beside it; nothing of that is seen or touched from here. It must exist and have the schema
    of this program, else StoreError at the first transaction. Whatever a driver raises comes out as StoreError or
    CaseError, and then nothing of the transaction is stored. `has_written` tells whether a transaction that writes
    ended well: from then on something is done.
    """

    def __init__(
        self, url: str, organisation: str, *, links: Links | None = None, survives_power_cut: bool = True
    ) -> None:
        self.url, self.organisation = url, organisation
        self.has_written = False
        self._links = links
        self._survives_power_cut = survives_power_cut
        path = sqlite_path(url)
        self._file = QuickFile(path) if path else None
        if not path:
            _ = self.links  # what is wrong with the URL is told at once

    @property
    def links(self) -> Links:
        """On which everything is written, and a server is asked."""
        if self._links is None:
            with _for_good():
                from engine.store.link import links_to

            self._links = links_to(self.url, self.organisation, survives_power_cut=self._survives_power_cut)
        return self._links

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """To write: all of it is stored when the block ends well, nothing when it raises."""
        from engine.store.transaction import Transaction

        with self.links.begun(TransactionKind.WRITING) as link:
            transaction = Transaction(link, self.organisation)
            yield transaction
            transaction.flush()
            link.end(keeps=True)
        self.has_written = True

    @contextmanager
    def work(self) -> Iterator[Work]:
        """To decide and then write: questions, and a short transaction for what was decided."""
        from engine.store.work import Work

        with Work.begun(self.links, self.organisation) as work:
            try:
                yield work
            finally:
                self.has_written = self.has_written or work.has_written

    @contextmanager
    def reading(self) -> Iterator[Readings]:
        """To ask: everything is answered as of one moment, and no writer is held up."""
        begun = self._file.reading() if self._file else self.links.begun(TransactionKind.READING)
        with begun as link:
            yield Readings(link, self.organisation)

    def close(self) -> None:
        """Close all connections."""
        if self._file:
            self._file.close()
        if self._links:
            self._links.close()


@contextmanager
def _for_good() -> Iterator[None]:
    """Import something large: what it makes lives as long as the program, so the collector need not go through it.

    That costs a third of importing SQLAlchemy, and at the end of a command once more.
    """
    if "engine.store.link" in sys.modules:  # freezing twice would keep whatever is in use by then for ever
        yield
        return
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()
