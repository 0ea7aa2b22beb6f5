"""Whom a case is about, as the register holds it; and what a step changes there.

A case holds the number only. So a family that moves, moves in every case at once, and a name that was put right is
right in the letter that leaves tomorrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from engine.core.deciding.case import Record
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import LIFE, KnownFact, Value, plain_value
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject: its facts by full id, and its records.

    `version` grows by one with every change; 0 is not in the register yet.

    Unique by organisation, kind and number: the same number elsewhere is somebody else.
    """

    organisation: str = ""
    kind: str = ""
    number: str = ""
    version: int = 0
    facts: Mapping[str, KnownFact] = field(default_factory=dict)
    records: tuple[Record, ...] = ()

    @property
    def key(self) -> str:
        """Kind and number, as the journal names it: unique within an organisation."""
        return f"{self.kind}/{self.number}"


Number = tuple[str, str]
"""A kind of record, and a number that belongs to one subject in it."""

NOBODY = Subject()
"""The subject of a case whose content keeps no register: everything is then known of the case itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectChange:
    """What a step writes in the register. `before` is what it was decided on; the store refuses it when that moved.

    `birth_day` is what others with the same name are told apart by; None when it is unknown. `taken` and `freed` are
    the numbers that belong to one subject only, with the kind of record they are of. `is_claim`: a person says so, so
    it fails when another took one meanwhile; what an older case held double is left to who holds it.
    """

    before: Subject
    after: Subject
    birth_day: date | None = None
    taken: tuple[Number, ...] = ()
    freed: tuple[Number, ...] = ()
    is_claim: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether a record is written or changed, so that a number can be said twice."""
        return any(record not in self.before.records for record in self.after.records)


def told_of_change(before: Subject, after: Subject, why: str = "") -> dict[str, object]:
    """What the journal keeps of a change: who it is about, and of each fact the value before (None) and after."""
    old, new = _everything(before), _everything(after)
    facts = {name: [old.get(name), new.get(name)] for name in {**old, **new} if old.get(name) != new.get(name)}
    return {"subject": after.key, "version": after.version, "facts": facts, "reason": why}


def _everything(subject: Subject) -> dict[str, object]:
    """All that is known, as plain values: facts by their id, fields and lives of records as kind.number.field."""
    found = {fact: plain_value(known.value) for fact, known in subject.facts.items()}
    for record in subject.records:
        found |= {f"{record.key}.{name}": plain_value(known.value) for name, known in record.fields.items()}
        if record.life:
            found[f"{record.key}.{LIFE}"] = record.life
    return found


def known_of_only(content: Content) -> Mapping[str, Value]:
    """What is known of whom a case is about before anybody says so, by fact: of a kind of which there is one."""
    return content.subject_kind.known_of_only if content.subject_kind else {}


def number_in(content: Content, facts: Mapping[str, Value]) -> str:
    """The number of whom a case with these facts is about: as they say, or of the only one there is; else empty."""
    key = content.workflow.subject_key
    return str(facts.get(key, known_of_only(content).get(key, "")))
