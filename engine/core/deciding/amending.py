"""Putting the register right: a person changes what it says of a subject, with a reason, apart from any case.

Nothing is edited away: the journal keeps the old value beside the new one, with who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime

from engine.core.content.records import RecordKind
from engine.core.deciding.at_hand import case_about
from engine.core.deciding.case import Actor, Record
from engine.core.deciding.checks import check_days, check_facts, find_authority
from engine.core.deciding.opening import Opening, new_case
from engine.core.deciding.question import ask
from engine.core.deciding.situation import look
from engine.core.deciding.step import Blocker, BlockerKind, Entry, EntryKind, Refusal
from engine.core.deciding.subject import Subject, SubjectChange, told_of_change
from engine.core.deciding.subject_lists import changed_record, next_number, with_record
from engine.core.deciding.unique_numbers import change_of
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import LIFE, FactRule, KnownFact, Value
from engine.core.language.names import plain_name
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass

_ATTEMPT = "correct_dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAmendment:
    """Fields of one record, by name, and under `life` its life. `number` 0 is a new record."""

    kind: str
    number: int
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What the register should say: facts by full id, and records; and why.

    `confirmed` when somebody looked at who is there by the same name already.
    """

    facts: Mapping[str, Value] = field(default_factory=dict)
    records: tuple[RecordAmendment, ...] = ()
    reason: str = ""
    confirmed: bool = False


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
    after, said_of = replace(subject, facts=known), dict[str, RecordAmendment]()
    for one in command.records:
        record = _amended(after, kind.records[one.kind], one, actor, moment)
        after, said_of[record.key] = with_record(after, record), one
    blockers = tuple(_misplaced(content, after, command, said_of, actor, moment))
    if after == subject:
        said = Message("nothing_to_amend", {"number": subject.number})
        blockers = (Blocker(kind=BlockerKind.SUBJECT_RULE, subject=subject.number, said=said),)
    if blockers:
        return Refusal(case_id="", attempted=_ATTEMPT, blockers=blockers)
    after = replace(after, version=subject.version + 1)
    details = told_of_change(subject, after, command.reason)
    return Amended(
        change=change_of(kind, subject, after, actor),
        entry=Entry(kind=EntryKind.SUBJECT, at=moment, actor=actor, details=details),
    )


def _amended(subject: Subject, of: RecordKind, one: RecordAmendment, actor: Actor, moment: datetime) -> Record:
    number, life = next_number(subject, of.id), of.first_life
    fresh = Record(kind=of.id, number=number, fields={}, at=moment, by=actor.role, life=life)
    record = _record_of(subject, one) or fresh
    fields = {name: value for name, value in one.fields.items() if name != LIFE}
    life = str(one.fields.get(LIFE, record.life))
    return changed_record(replace(record, life=life) if life != record.life else record, fields, actor.role, moment)


def _misplaced(
    content: Content,
    after: Subject,
    command: Amendment,
    said_of: Mapping[str, RecordAmendment],
    actor: Actor,
    moment: datetime,
) -> Iterator[Blocker]:
    """Days beyond a limit that follows from another day of the subject, or of the same record.

    They are looked at as any case about the subject would: limits are judged in one place.
    """
    nothing_else = new_case(content, Opening(subject=after.number), moment)
    question = ask(content, nothing_else, actor, moment, (), after)
    yield from check_days(look(question), command.facts)
    for record in after.records:
        if record.key in said_of:
            about = look(question.about(case_about(content, question.case, record)))
            of = content.rules.records[record.kind]
            yield from check_days(about, [of.fact_of(name) for name in said_of[record.key].fields])


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
            if not (one.number or command.confirmed):
                yield from _twins(subject, of, one.fields)


def _twins(subject: Subject, of: RecordKind, fields: Mapping[str, Value]) -> Iterator[Blocker]:
    """A new record that says the same of itself as one that is there, in all that it needs: a parent typed twice."""
    if not of.needs or not fields.keys() >= set(of.needs):
        return
    name = [plain_name(str(fields[one])) for one in of.needs]
    for record in subject.records:
        held = [record.fields[one].value for one in of.needs if one in record.fields]
        if record.kind == of.id and [plain_name(str(one)) for one in held] == name:
            told = {"record": of.label, "name": ", ".join(map(str, held)), "known": record.key}
            said = Message("record_has_twin", told)
            yield Blocker(kind=BlockerKind.SUBJECT_RULE, subject=of.fact_of(of.needs[0]), said=said)
            return


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
        rule = of.amendable().get(name)
        if rule is None:
            yield Blocker(kind=BlockerKind.UNKNOWN_FACT, subject=of.fact_of(name))
        else:
            yield from _value_blockers(content, rule, value, actor, moment)


def _value_blockers(
    content: Content, rule: FactRule, value: Value, actor: Actor, moment: datetime
) -> Iterator[Blocker]:
    if not rule.is_of_engine:
        yield from check_facts(content, {rule.id: value})
    elif value not in (content.organisation.choices_of(rule) or ()):
        yield Blocker(kind=BlockerKind.WRONG_VALUE, subject=rule.id, detail=str(value), where=rule.where)
    act = f"{content.workflow.id}.{_ATTEMPT}"
    if find_authority(content.organisation, actor.role, rule.supplied_by, act, local_day(moment)) is None:
        yield Blocker(kind=BlockerKind.NO_MANDATE, subject=rule.id, detail=actor.role, supplied_by=rule.supplied_by)
