"""A case as it stands: frozen, changed only by a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from engine.core.language.facts import KnownFact
from engine.core.legal_clock.ledger import LedgerEntry
from engine.core.quick_class import dataclass

FixedFacts = Mapping[str, str]
"""Facts on which a decision rests, each with the transition that took it."""
Numbers = tuple[str, ...]
"""Numbers of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: in which role (a body of the content), and, when known, the name of the person.

    `person` is the number in the register of people; the name is kept beside it as it was when the act was done.
    """

    role: str
    name: str = ""
    person: str = ""

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
    """What a case remembers of a letter it ordered. `sent_on` is a local date; None when it waits, or was withdrawn.

    `act` is the transition that ordered it, where something counts from the sending of what that one orders; `record`
    the key of the record it was about, where that has clocks of its own.
    """

    key: str
    letter: str
    addressee: str
    sent_on: date | None = None
    is_withdrawn: bool = False
    act: str = ""
    record: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to leave."""
        return self.sent_on is None and not self.is_withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a case (or of a subject): a meeting, a next step, an advice.

    `number` counts from 1 within its kind. `fields` holds what is known, by the name of the field. `life` is empty for
    a kind that has none; `belongs_to` is the number of the record of the kind it belongs to, 0 when it belongs to
    none. `at` (UTC) and `by`: when it was written, and by which role. What changes its life leaves both as they were.
    `case` is the case that wrote a record of a subject, empty when it came another way.
    """

    kind: str
    number: int
    fields: Mapping[str, KnownFact]
    at: datetime
    by: str
    life: str = ""
    belongs_to: int = 0
    case: str = ""

    @property
    def key(self) -> str:
        """Kind and number: unique within a case, and within a subject."""
        return f"{self.kind}.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAct:
    """The last act of a person, and how the case stood before it.

    `act` is a transition, or what else was done; `at` (UTC) when it was written down. `facts` are those it changed,
    as they were (None: unknown). `lines` counts the lines of every ledger, `letters` the letters. `barred` says what
    came of it since that cannot be taken back: the kind of a line of the journal, `parent` or `subject`.
    `registered` are the records of the subject that it wrote or changed: as they were (None: not there), and as it
    left them.
    """

    act: str
    role: str
    at: datetime
    state: str
    entered_at: datetime
    subject: str
    facts: Mapping[str, KnownFact | None]
    fixed: FixedFacts
    records: tuple[Record, ...]
    lines: tuple[tuple[str, int], ...]
    letters: int
    barred: str = ""
    registered: tuple[tuple[Record | None, Record], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case: where it stands, what is known, which clocks run, and the versions it is pinned to.

    `version` grows by one with every step; a step on an older version is refused by the store.
    `subject` is the key of the pupil. `is_closed` when the state is an end. Moments in UTC. `fixed` are the facts on
    which a decision rests that was taken, each with the transition that took it. `handler` and `acted` are numbers of
    people: who has the case in hand (empty: nobody), and everybody who ever acted in it. `owed` are letters that could
    not be ordered when they should: letter, addressee and the act that asked for it. `of_subject` are the records
    of its subject, for as long as a question about the case is answered: the register keeps them, never the case.
    `workflow_digest` and `rules_digest` are those of the files it is pinned to; empty in a case of before there were.
    `law_version` is the first day of the newest law under its rules when it was pinned to them, `lower_rules` the
    layers they lay on (`RuleSet.lower`); None in a case of before that was kept.
    """

    id: str
    organisation: str
    workflow: str
    workflow_version: date
    rules_version: date
    workflow_digest: str = ""
    rules_digest: str = ""
    law_version: date | None = None
    lower_rules: str | None = None
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
    fixed: FixedFacts = field(default_factory=dict)
    last_act: LastAct | None = None
    handler: str = ""
    acted: Numbers = ()
    owed: tuple[tuple[str, str, str], ...] = ()
    of_subject: tuple[Record, ...] = ()

    def clock(self, key: str) -> Clock | None:
        """The clock with this key, if it ever started."""
        return next((clock for clock in self.clocks if clock.key == key), None)

    def records_of(self, kind: str) -> tuple[Record, ...]:
        """The records of a kind, its own or those of its subject, in the order in which they were written."""
        return tuple(record for record in (*self.records, *self.of_subject) if record.kind == kind)

    def records_by_kind(self) -> Mapping[str, Sequence[Record]]:
        """The same of every kind that there is a record of."""
        found: dict[str, list[Record]] = {}
        for record in (*self.records, *self.of_subject):
            found.setdefault(record.kind, []).append(record)
        return found
