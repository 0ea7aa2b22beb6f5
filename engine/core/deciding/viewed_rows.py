"""What views look at, as rows: the records of a kind, or the other cases of a workflow about the same subject."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.content.records import NUMBER, OPEN, OPENED_ON, PARENT, SINCE, STATE, RecordKind
from engine.core.deciding.at_hand import besides_fields
from engine.core.deciding.case import Case, Record
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.viewing import Row
from engine.core.language.facts import OF_CASE, Value
from engine.core.moment import local_day


def rows_of(content: Content, case: Case, kind: RecordKind) -> list[dict[str, Value]]:
    """The records of a kind as views look at them: each with the fields of the record it belongs to."""
    parent = content.rules.records.get(kind.belongs_to)
    parents = {record.number: record for record in case.records_of(parent.id)} if parent else {}
    rows: list[dict[str, Value]] = []
    for record in case.records_of(kind.id):
        above = parents.get(record.belongs_to)
        rows.append((_row_of_record(parent, above) if parent and above else {}) | _row_of_record(kind, record))
    return rows


def _row_of_record(kind: RecordKind, record: Record) -> dict[str, Value]:
    row = {kind.fact_of(name): known.value for name, known in record.fields.items()}
    row.update(besides_fields(kind, record))
    return row


def rows_of_cases(kind: RecordKind, cases: Iterable[Case]) -> tuple[Row, ...]:
    """The cases of the workflow that this kind is of, oldest first; without what is unknown."""
    found = sorted((one for one in cases if one.workflow == kind.cases_of), key=lambda one: (one.opened_at, one.id))
    return tuple(_row_of(kind, number, case) for number, case in enumerate(found, start=1))


def _row_of(kind: RecordKind, number: int, case: Case) -> Row:
    own: dict[str, Value] = {
        NUMBER: number,
        OF_CASE: case.id,
        STATE: case.state,
        OPEN: not case.is_closed,
        OPENED_ON: local_day(case.opened_at),
        SINCE: local_day(case.entered_at),
    }
    if case.parent:
        own[PARENT] = case.parent
    read = {name: _value_in(case, fact) for name, fact in kind.reads.items()}
    known = {name: value for name, value in read.items() if value is not None}
    return {kind.fact_of(name): value for name, value in {**own, **known}.items()}


def _value_in(case: Case, fact: str) -> Value | None:
    """What the case says of it: given, or in the last record of which it is a field that says it."""
    kind, _, field = fact.rpartition(".")
    held = [case.facts.get(fact), *(record.fields.get(field) for record in reversed(case.records_of(kind)))]
    return next((known.value for known in held if known is not None), None)
