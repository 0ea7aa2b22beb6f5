"""Numbers that belong to one subject: which a step takes, which it gives back, and what is said when one is taken."""

from __future__ import annotations

from collections import Counter

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.case import Actor
from engine.core.deciding.recognising import birth_day_of
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.deciding.subject import Number, Subject, SubjectChange
from engine.core.message import Message


def change_of(kind: SubjectKind | None, before: Subject, after: Subject, actor: Actor) -> SubjectChange:
    """What is written in the register when a subject that stood so becomes this."""
    if kind is None:
        return SubjectChange(before=before, after=after)
    held = set(numbers_of(kind, before)) if before.version else set()
    holds = set(numbers_of(kind, after))
    return SubjectChange(
        before=before,
        after=after,
        birth_day=birth_day_of(kind, after),
        taken=tuple(sorted(holds - held)),
        freed=tuple(sorted(held - holds)),
        is_claim=actor.is_person,
    )


def numbers_of(kind: SubjectKind, subject: Subject) -> tuple[Number, ...]:
    """The numbers that this subject alone may have, of every record whatever became of it."""
    return tuple(number for _, number in _numbered(kind, subject))


def given_twice(kind: SubjectKind, before: Subject, after: Subject) -> tuple[Blocker, ...]:
    """Of a subject itself no two records that are open get one number; what was so already stops nothing."""
    said, was = _open_ones(kind, after), _open_ones(kind, before)
    again = [number for number, times in said.items() if times > 1 and times > was[number]]
    found = []
    for of, number in again:
        fact, field = _named(kind, of)
        told = Message("number_given_twice", {"field": field, "number": number, "fact": fact})
        found.append(Blocker(kind=BlockerKind.SUBJECT_RULE, subject=fact, said=told))
    return tuple(found)


def taken_by_another(kind: SubjectKind, number: Number) -> Blocker:
    """The number is of another. Whose is not said: who may not see that dossier learns nothing of a child by trying."""
    fact, field = _named(kind, number[0])
    told = Message("number_is_taken", {"field": field, "number": number[1], "fact": fact})
    return Blocker(kind=BlockerKind.SUBJECT_RULE, subject=fact, said=told)


def _open_ones(kind: SubjectKind, subject: Subject) -> Counter[Number]:
    return Counter(number for is_open, number in _numbered(kind, subject) if is_open)


def _named(kind: SubjectKind, of: str) -> tuple[str, str]:
    """The field with the number, as a fact and in words."""
    record = kind.records[of]
    return record.fact_of(record.unique), record.fields[record.unique].label


def _numbered(kind: SubjectKind, subject: Subject) -> list[tuple[bool, Number]]:
    found = []
    for record in subject.records:
        of = kind.records.get(record.kind)
        known = record.fields.get(of.unique) if of is not None and of.unique else None
        if of is not None and known is not None:
            found.append((of.is_open(record.life), (of.id, str(known.value))))
    return found
