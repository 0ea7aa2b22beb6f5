"""A case as it stands: frozen, changed only by a step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.core.language.facts import KnownFact
from engine.core.legal_clock.ledger import LedgerEntry
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: in which role (a body of the content), and, when known, the name of the person."""

    role: str
    name: str = ""

    @property
    def is_person(self) -> bool:
        """False for the engine itself."""
        return self.role != ENGINE_ROLE


ENGINE_ROLE = "engine"
OWNER = "owner"
"""Whoever owns the state a case is in, where content names a body to be told."""
ENGINE = Actor(role=ENGINE_ROLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One running or stopped clock: term, addressee (only for terms per addressee) and its ledger.

    `fired` holds the keys of the deadlines of this clock that were dealt with.
    """

    term: str
    ledger: tuple[LedgerEntry, ...]
    addressee: str = ""
    fired: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Term, and addressee when there is one: unique within a case."""
        return f"{self.term}/{self.addressee}" if self.addressee else self.term


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMark:
    """What a case remembers of a letter it ordered. `sent_on` is a local date; None while it waits."""

    key: str
    letter: str
    addressee: str
    sent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a case (or of a subject): a meeting, a next step, an advice.

    `number` counts from 1 within its kind. `fields` holds what is known, by the name of the field. `life` is empty for
    a kind that has none; `belongs_to` is the number of the record of the kind it belongs to, 0 when it belongs to
    none. `at` (UTC) and `by`: when it was written, and by which role. What changes its life leaves both as they were.
    """

    kind: str
    number: int
    fields: Mapping[str, KnownFact]
    at: datetime
    by: str
    life: str = ""
    belongs_to: int = 0

    @property
    def key(self) -> str:
        """Kind and number: unique within a case."""
        return f"{self.kind}.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case: where it stands, what is known, which clocks run, and the versions it is pinned to.

    `version` grows by one with every step; a step on an older version is refused by the store.
    `subject` is the key of the pupil. `is_closed` when the state is an end. Moments in UTC.
    """

    id: str
    organisation: str
    workflow: str
    workflow_version: date
    rules_version: date
    state: str
    version: int
    subject: str
    opened_at: datetime
    entered_at: datetime
    facts: Mapping[str, KnownFact]
    clocks: tuple[Clock, ...] = ()
    letters: tuple[LetterMark, ...] = ()
    records: tuple[Record, ...] = ()
    parent: str = ""
    is_closed: bool = False

    def clock(self, key: str) -> Clock | None:
        """The clock with this key, if it ever started."""
        return next((clock for clock in self.clocks if clock.key == key), None)

    def records_of(self, kind: str) -> tuple[Record, ...]:
        """The records of a kind, in the order in which they were written."""
        return tuple(record for record in self.records if record.kind == kind)
