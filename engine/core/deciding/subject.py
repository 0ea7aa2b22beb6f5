"""Whom a case is about, as the register holds it; and what a step changes there.

A case holds the number only. So a family that moves, moves in every case at once, and a name that was put right is
right in the letter that leaves tomorrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.case import Case
from engine.core.language.facts import KnownFact, plain_value
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject: its facts by full id. `version` grows by one with every change; 0 is not in the register yet.

    Unique by organisation, kind and number: the same number elsewhere is somebody else.
    """

    organisation: str = ""
    kind: str = ""
    number: str = ""
    version: int = 0
    facts: Mapping[str, KnownFact] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Kind and number, as the journal names it: unique within an organisation."""
        return f"{self.kind}/{self.number}"


NOBODY = Subject()
"""The subject of a case whose content keeps no register: everything is then known of the case itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectChange:
    """What a step writes in the register. `before` is what it was decided on; the store refuses it when that moved.

    `birth_day` is what others with the same name are told apart by; None when it is unknown.
    """

    before: Subject
    after: Subject
    birth_day: date | None = None


def not_registered(kind: SubjectKind | None, case: Case) -> Subject:
    """The subject of a case that the register does not hold: known of it is what the case says itself.

    A case of the first edition has copies of its own; with the next step they go to the register.
    """
    if kind is None:
        return NOBODY
    own = {fact: known for fact, known in case.facts.items() if fact in kind.facts}
    return Subject(organisation=case.organisation, kind=kind.id, number=case.subject, facts=own)


def told_of_change(before: Subject, after: Subject, why: str = "") -> dict[str, object]:
    """What the journal keeps of a change: who it is about, and of each fact the value before (None) and after."""
    facts = {
        fact: [_plain(before.facts.get(fact)), _plain(known)]
        for fact, known in after.facts.items()
        if before.facts.get(fact) != known
    }
    return {"subject": after.key, "version": after.version, "facts": facts, "reason": why}


def _plain(known: KnownFact | None) -> object:
    return None if known is None else plain_value(known.value)
