"""What a procedure demands: facts, rules, decision tables, terms and the ladder, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from engine.core.content.ladder import Ladder
from engine.core.content.letter_readers import Addressee
from engine.core.content.obligations import DecisionKind, LaterObligation, Obligation
from engine.core.content.planned import PlannedWork
from engine.core.content.records import RecordKind, View
from engine.core.content.term_rules import Floor, TermAddition, TermRule
from engine.core.language.conditions import ALWAYS, Condition, Expression
from engine.core.language.facts import Declared, FactRule
from engine.core.language.orders import Conclusion
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Declared):
    """`when` holds -> `then`. When every rule for a fact is false, `otherwise` speaks, or false for yes/no.

    A `statutory` rule may not be replaced by a layer above it. `only_shown` is the reason why no other part needs to
    read what it says: people do.
    """

    id: str
    label: str
    when: Condition = ALWAYS
    then: tuple[Conclusion, ...]
    otherwise: tuple[Conclusion, ...] = ()
    explanation: str = ""
    statutory: bool = False
    only_shown: str = ""


class HitPolicy(StrEnum):
    """How many rows of a table may hold, and what then counts."""

    UNIQUE = "unique"
    FIRST = "first"
    COLLECT = "collect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Declared):
    """One line of a decision table."""

    when: Condition = ALWAYS
    then: Expression
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Declared):
    """A decision table that concludes one fact. COLLECT unites the rows that hold into a list.

    `only_shown` is what it is of a rule.
    """

    id: str
    label: str
    hit: HitPolicy
    output: str
    rows: tuple[Row, ...]
    statutory: bool = False
    only_shown: str = ""


WAITING = frozenset({"concept", "to_opr", "rejected"})
"""What is said of a version that no council agreed to: nothing runs on it, and what is wrong in it breaks nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The consent of a participation council to a version; days inclusive. `source` names the document it stands in.

    `state` is what is said of it, empty where only a day is given: then it was consented to on that day.
    """

    sector: str
    state: str = ""
    given_on: date | None = None
    valid_through: date | None = None
    source: tuple[str, ...] = ()
    note: str = ""
    status: str = ""

    @property
    def is_given(self) -> bool:
        """Whether the council agreed, on whatever day."""
        return self.given_on is not None and self.state not in WAITING

    def holds_on(self, day: date) -> bool:
        """True when the consent was given by this day and has not run out; its last day counts."""
        through = self.valid_through
        return (
            self.is_given and self.given_on is not None and self.given_on <= day and (through is None or day <= through)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """A rule set of one organisation: one layer as its file says it, or with all layers it inherits merged in.

    `adds` are what this layer adds to terms below it; `floors`, `decisions` and `obligations` bind the layers above
    and their workflows; `later_obligations` are those of a law of after the rules of a case. `other_cases` are
    cases of other workflows that its views look at. `planned` is work that the
    calendar brings up. Once merged, `records` holds these kinds and `facts` those of
    its records and views too, `order` lists the derived facts so that each comes after what it reads, and `layers`
    names every file used, national layer first, as organisation/rule set@valid from. `law` is the first day of the
    newest law below its own, or its own; `lower` names the layers below its own with a space between, each that is no
    law (`is_law`: its later versions bind who runs) with the digest of its file. `valid_through` is inclusive.
    `digest` is the SHA-256 of its file. `sectors` are those it is for; none: all of the organisation. `shares` names
    what it takes over of the vocabulary of the organisation: facts and addressees, with what these rest on.
    """

    id: str
    organisation: str
    title: str
    valid_from: date
    valid_through: date | None = None
    facts: Mapping[str, FactRule]
    rules: tuple[Rule, ...]
    tables: tuple[Table, ...]
    terms: Mapping[str, TermRule]
    addressees: Mapping[str, Addressee]
    ladders: Mapping[str, Ladder]
    consents: tuple[Consent, ...]
    may_wait: Mapping[str, str] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    records: Mapping[str, RecordKind] = field(default_factory=dict)
    other_cases: Mapping[str, RecordKind] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    adds: Mapping[str, TermAddition] = field(default_factory=dict)
    floors: Mapping[str, Floor] = field(default_factory=dict)
    decisions: Mapping[str, DecisionKind] = field(default_factory=dict)
    obligations: tuple[Obligation, ...] = ()
    later_obligations: tuple[LaterObligation, ...] = ()
    planned: Mapping[str, PlannedWork] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    law: date | None = None
    lower: str = ""
    is_law: bool = True
    where: str = ""
    digest: str = ""

    def consent_of(self, sector: str) -> Consent | None:
        """What is said of this sector; None when nothing is."""
        return next((one for one in self.consents if one.sector == sector), None)

    def is_open_to(self, sector: str, day: date) -> bool:
        """Whether new cases of the sector may come under it: it began, did not end, and has the consent that day."""
        consent = self.consent_of(sector)
        began = self.valid_from <= day and (self.valid_through is None or day <= self.valid_through)
        return began and self.is_for(sector) and consent is not None and consent.holds_on(day)

    def is_for(self, sector: str) -> bool:
        """Whether new cases of this sector come under these rules."""
        return not self.sectors or sector in self.sectors

    def can_lack(self, fact: str) -> bool:
        """Whether it is a field without which its record is written all the same."""
        rule = self.facts.get(fact)
        kind = self.records.get(rule.record) if rule else None
        return kind is not None and fact not in map(kind.fact_of, kind.needs)
