"""Deciding first and writing briefly afterwards, on one connection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from engine.core.deciding.case import Case
from engine.store.cases import Listed, listed_in
from engine.store.claims import ClaimingReadings
from engine.store.codec import decode_case
from engine.store.link import Link, Links
from engine.store.quick import TransactionKind
from engine.store.readings import PUBLISHED
from engine.store.snapshot import Row, maybe_moment
from engine.store.transaction import Transaction
from engine.store.waiting_readings import CLOCK

if TYPE_CHECKING:
    from engine.core.content.subjects import SubjectKind
    from engine.core.deciding.subject import Subject

_AT_FIRST = f""",
    ({CLOCK}) AS clock_moment,
    (SELECT value FROM meta WHERE organisation = :organisation AND key = '{PUBLISHED}') AS published"""


class Work(ClaimingReadings):
    """Questions, and then a short transaction for what was decided; after it questions may be asked again.

    `published_at_first` is the digest of the publication that counts (empty: there never was one), `clock_at_first`
    where the clock of a rehearsal stands (UTC; None: it was never set, or this is no rehearsal); both as this began.
    """

    def __init__(self, link: Link, organisation: str) -> None:
        super().__init__(link, organisation)
        found = link.at_first
        self.published_at_first: str = found["published"] or ""
        self.clock_at_first = maybe_moment(found["clock_moment"])
        self._transaction: Transaction | None = None
        self._listed: dict[str, Listed] = {}
        self._alone: dict[str, Case] = {}
        self.has_written = False

    def load_case(self, case_id: str) -> Case:
        """The case as it stands; how it is listed is remembered for who writes it next."""
        row = self._row_of(case_id)
        self._listed[case_id] = listed_in(row)
        return decode_case(row)

    def dossier(
        self, kind: SubjectKind | None, case: Case, *, with_cases: bool
    ) -> tuple[Subject | None, tuple[Case, ...]]:
        """The same; that nobody else is about whom the case is about, is remembered until something is written."""
        found, others = super().dossier(kind, case, with_cases=with_cases)
        if with_cases and not others and case.id in self._listed:
            self._alone[case.subject] = case
        return found, others

    def open_beside(self, organisation: str, subject: str) -> tuple[str, ...]:
        """The same, without asking where it is known."""
        case = self._alone.get(subject)
        if case is None or case.organisation != organisation:
            return super().open_beside(organisation, subject)
        return () if case.is_closed else (case.id,)

    @classmethod
    @contextmanager
    def begun(cls, links: Links, organisation: str) -> Iterator[Work]:
        """Work on one of these links. Every command begins so: what each of them must know is asked in one question."""
        with links.begun(TransactionKind.ASKING, _AT_FIRST, {"organisation": organisation}) as link:
            yield cls(link, organisation)

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
        self._alone.clear()
        is_as_asked = link.begin_to_write()
        self._transaction = Transaction(link, self.organisation, self._listed)
        self._transaction.is_as_asked = is_as_asked
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
