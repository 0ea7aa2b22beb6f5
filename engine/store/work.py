"""Deciding first and writing briefly afterwards, on one connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from engine.core.deciding.case import Case
from engine.store.cases import Listed, listed_in
from engine.store.claims import ClaimingReadings
from engine.store.codec import decode_case
from engine.store.link import Link
from engine.store.quick import TransactionKind
from engine.store.snapshot import Row
from engine.store.transaction import Transaction


class Work(ClaimingReadings):
    """Questions, and then a short transaction for what was decided; after it questions may be asked again."""

    def __init__(self, link: Link, organisation: str) -> None:
        super().__init__(link, organisation)
        self._transaction: Transaction | None = None
        self._listed: dict[str, Listed] = {}
        self.has_written = False

    def load_case(self, case_id: str) -> Case:
        """The case as it stands; how it is listed is remembered for who writes it next."""
        row = self._row_of(case_id)
        self._listed[case_id] = listed_in(row)
        return decode_case(row)

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer, as of the first question since the last writing."""
        self._ask()
        return super().rows(sql, **parameters)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write what was decided: all of it, or nothing when the block raises. Within a block it is the same one."""
        if self._transaction is not None:
            yield self._transaction
            return
        link = self._link
        # On PostgreSQL what was asked before belongs to the same transaction, with all that was claimed in it.
        if link.is_asked and not link.is_locking_rows:
            link.end(keeps=False)
        if not link.is_asked:
            link.begin(TransactionKind.WRITING)
        self._transaction = Transaction(link, self.organisation, self._listed)
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

    def _ask(self) -> None:
        if not self._link.is_asked:
            self._link.begin(TransactionKind.ASKING)
