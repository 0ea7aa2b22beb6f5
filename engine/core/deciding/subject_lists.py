"""The lists of a subject: what a procedure says of all records that are meant by one name, such as the parents.

One parent is what most forms know. A procedure that speaks of `ouders.naam` reads and writes that one record; when
there are more it reads all of them, and who wants to change one must say which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from engine.core.content.subjects import SubjectKind, SubjectList
from engine.core.deciding.case import Case, Record
from engine.core.deciding.subject import NOBODY, Subject
from engine.core.dutch import join_words
from engine.core.language.facts import KnownFact, Value
from engine.core.quick_class import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyRecords:
    """A value was given for one record where the register holds more: their kind in words, and their keys."""

    of: str
    keys: tuple[str, ...]


def records_in(listed: SubjectList, subject: Subject) -> tuple[Record, ...]:
    """The records of the subject that the list means, in the order they were written."""
    return tuple(record for record in subject.records if record.kind == listed.of and _is_meant(listed, record))


def _is_meant(listed: SubjectList, record: Record) -> bool:
    known = {name: fact.value for name, fact in record.fields.items()}
    return all(known.get(name) == value for name, value in listed.where_fields.items())


def known_of(kind: SubjectKind | None, subject: Subject) -> dict[str, KnownFact]:
    """Everything a procedure knows of a subject, by full fact id."""
    return {**subject.facts, **facts_of_lists(kind, subject)} if kind else {}


def facts_of_lists(kind: SubjectKind, subject: Subject) -> dict[str, KnownFact]:
    """What the lists of a subject say, by full fact id."""
    found: dict[str, KnownFact] = {}
    for listed in kind.lists.values():
        records = records_in(listed, subject) if subject.records else ()
        for fact in listed.facts:
            told = _told(listed, listed.field_of(fact), records)
            if told is not None:
                found[fact] = told
    return found


def _told(listed: SubjectList, name: str, records: tuple[Record, ...]) -> KnownFact | None:
    known = [record.fields[name] for record in records if name in record.fields]
    if not known or name not in listed.told_together:
        return known[0] if known else None
    texts = list(dict.fromkeys(str(one.value) for one in known))
    return known[0] if len(texts) == 1 else replace(max(known, key=lambda one: one.at), value=join_words(texts))


def with_list_facts(
    kind: SubjectKind, subject: Subject, values: Mapping[str, Value], by: str, at: datetime
) -> Subject | ManyRecords:
    """The subject when these facts of its lists are so; ManyRecords when it is not to be said which record is meant."""
    for listed, fields in _by_list(kind, values):
        records = records_in(listed, subject)
        if len(records) > 1:
            if not _says_so(kind, listed, subject, fields):
                return ManyRecords(of=kind.records[listed.of].label, keys=tuple(record.key for record in records))
            continue
        record = records[0] if records else _new_record(listed, subject, by, at)
        subject = with_record(subject, changed_record(record, fields, by, at))
    return subject


def _by_list(kind: SubjectKind, values: Mapping[str, Value]) -> Iterator[tuple[SubjectList, dict[str, Value]]]:
    for listed in kind.lists.values():
        fields = {listed.field_of(fact): value for fact, value in values.items() if fact in listed.facts}
        if fields:
            yield listed, fields


def _says_so(kind: SubjectKind, listed: SubjectList, subject: Subject, fields: Mapping[str, Value]) -> bool:
    """Whether the list says just this already."""
    said = facts_of_lists(kind, subject)
    known = {name: said.get(listed.fact(name)) for name in fields}
    return all(one is not None and one.value == fields[name] for name, one in known.items())


def _new_record(listed: SubjectList, subject: Subject, by: str, at: datetime) -> Record:
    fields = {name: KnownFact(value=value, by=by, at=at) for name, value in listed.where_fields.items()}
    return Record(kind=listed.of, number=next_number(subject, listed.of), fields=fields, at=at, by=by)


def next_number(subject: Subject, kind: str) -> int:
    """The number of the next record of this kind; a number is never given twice."""
    return max((record.number for record in subject.records if record.kind == kind), default=0) + 1


def changed_record(record: Record, fields: Mapping[str, Value], by: str, at: datetime) -> Record:
    """The record with these values; what keeps its value keeps its origin."""
    known = dict(record.fields)
    for name, value in fields.items():
        if name not in known or known[name].value != value:
            known[name] = KnownFact(value=value, by=by, at=at)
    return record if known == record.fields else replace(record, fields=known)


def with_record(subject: Subject, record: Record) -> Subject:
    """The subject with this record, in the place of what it was."""
    before = {one.key: one for one in subject.records}
    if before.get(record.key) == record:
        return subject
    return replace(subject, records=tuple({**before, record.key: record}.values()))


def not_registered(kind: SubjectKind | None, case: Case) -> Subject:
    """The subject of a case that the register does not hold: known of it is what the case says itself.

    A case of the first edition has copies of its own; with the next step they go to the register.
    """
    if kind is None:
        return NOBODY
    own = {fact: known for fact, known in case.facts.items() if fact in kind.facts}
    subject = Subject(organisation=case.organisation, kind=kind.id, number=case.subject, facts=own)
    for fact, known in case.facts.items():
        if fact in kind.all_facts and fact not in own:
            listed = with_list_facts(kind, subject, {fact: known.value}, known.by, known.at)
            assert isinstance(listed, Subject)  # a case has one value of each
            subject = listed
    return subject
