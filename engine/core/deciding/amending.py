"""Putting the register right: a person changes what it says of a subject, with a reason, apart from any case.

Nothing is edited away: the journal keeps the old value beside the new one, with who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime

from engine.core.content.records import RecordKind
from engine.core.deciding.case import Actor, Record
from engine.core.deciding.checks import find_authority
from engine.core.deciding.recognising import birth_day_of
from engine.core.deciding.step import Blocker, BlockerKind, Entry, EntryKind, Refusal
from engine.core.deciding.subject import Subject, SubjectChange, told_of_change
from engine.core.deciding.subject_lists import changed_record, next_number, with_record
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, KnownFact, Value
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass

_ATTEMPT = "correct_dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAmendment:
    """Fields of one record, by name. `number` 0 is a new record."""

    kind: str
    number: int
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What the register should say: facts by full id, and records; and why."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    records: tuple[RecordAmendment, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """The subject as it becomes, and the line of the journal that says so."""

    change: SubjectChange
    entry: Entry


def amend_subject(
    content: Content, subject: Subject, command: Amendment, actor: Actor, moment: datetime
) -> Amended | Refusal:
    """Change what the register says of a subject. Whoever may supply a fact may put it right (by mandate too)."""
    blockers = tuple(_blockers(content, subject, command, actor, moment))
    if blockers:
        return Refusal(case_id="", attempted=_ATTEMPT, blockers=blockers)
    kind = content.subject_kind
    assert kind is not None  # without a kind the first blocker stood in the way
    known = dict(subject.facts)
    for fact, value in command.facts.items():
        if fact not in known or known[fact].value != value:
            known[fact] = KnownFact(value=value, by=actor.role, at=moment)
    after = replace(subject, facts=known)
    for one in command.records:
        after = with_record(after, _amended(after, one, actor, moment))
    if after == subject:
        said = Message("nothing_to_amend", {"number": subject.number})
        blocker = Blocker(kind=BlockerKind.SUBJECT_RULE, subject=subject.number, said=said)
        return Refusal(case_id="", attempted=_ATTEMPT, blockers=(blocker,))
    after = replace(after, version=subject.version + 1)
    details = told_of_change(subject, after, command.reason)
    return Amended(
        change=SubjectChange(before=subject, after=after, birth_day=birth_day_of(kind, after)),
        entry=Entry(kind=EntryKind.SUBJECT, at=moment, actor=actor, details=details),
    )


def _amended(subject: Subject, one: RecordAmendment, actor: Actor, moment: datetime) -> Record:
    fresh = Record(kind=one.kind, number=next_number(subject, one.kind), fields={}, at=moment, by=actor.role)
    record = _record_of(subject, one) or fresh
    return changed_record(record, one.fields, actor.role, moment)


def _record_of(subject: Subject, one: RecordAmendment) -> Record | None:
    return next((r for r in subject.records if (r.kind, r.number) == (one.kind, one.number)), None)


def _blockers(
    content: Content, subject: Subject, command: Amendment, actor: Actor, moment: datetime
) -> Iterator[Blocker]:
    kind = content.subject_kind
    if kind is None or not command.reason.strip():
        yield Blocker(kind=BlockerKind.REASON_MISSING, subject=_ATTEMPT)
        return
    for fact, value in command.facts.items():
        rule = kind.facts.get(fact)
        if rule is None:
            yield Blocker(kind=BlockerKind.UNKNOWN_FACT, subject=fact)
        elif fact == kind.key_fact:
            said = Message("subject_keeps_number", {"number": subject.number})
            yield Blocker(kind=BlockerKind.SUBJECT_RULE, subject=fact, said=said)
        else:
            yield from _value_blockers(content, rule, value, actor, moment)
    for one in command.records:
        of = kind.records.get(one.kind)
        if of is None:
            yield Blocker(kind=BlockerKind.UNKNOWN_FACT, subject=one.kind)
        else:
            yield from _record_blockers(content, subject, of, one, actor, moment)


def _record_blockers(
    content: Content, subject: Subject, of: RecordKind, one: RecordAmendment, actor: Actor, moment: datetime
) -> Iterator[Blocker]:
    record = _record_of(subject, one)
    if one.number and record is None:
        known = tuple(r.key for r in subject.records if r.kind == one.kind)
        said = Message("subject_has_no_record", {"key": f"{one.kind}.{one.number}", "known": known})
        yield Blocker(kind=BlockerKind.SUBJECT_RULE, subject=one.kind, said=said)
        return
    known_fields = set(one.fields) | (set(record.fields) if record else set())
    for name in of.needs:
        if name not in known_fields:
            said = Message("record_needs_field", {"field": of.fact_of(name), "record": of.label, "kind": of.id})
            yield Blocker(kind=BlockerKind.SUBJECT_RULE, subject=of.fact_of(name), said=said)
    for name, value in one.fields.items():
        rule = of.fields.get(name)
        if rule is None:
            yield Blocker(kind=BlockerKind.UNKNOWN_FACT, subject=of.fact_of(name))
        else:
            yield from _value_blockers(content, rule, value, actor, moment)


def _value_blockers(
    content: Content, rule: FactRule, value: Value, actor: Actor, moment: datetime
) -> Iterator[Blocker]:
    allowed = content.organisation.choices_of(rule)
    if allowed is not None and value not in allowed:
        yield Blocker(kind=BlockerKind.WRONG_VALUE, subject=rule.id, detail=str(value), where=rule.where)
    act = f"{content.workflow.id}.{_ATTEMPT}"
    if find_authority(content.organisation, actor.role, rule.supplied_by, act, local_day(moment)) is None:
        yield Blocker(kind=BlockerKind.NO_MANDATE, subject=rule.id, detail=actor.role, supplied_by=rule.supplied_by)
