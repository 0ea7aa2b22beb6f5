"""One codec between frozen values and rows: the annotation of a field says how its column is written and read.

A row is a mapping; its moments are text (SQLite) or moments (PostgreSQL). To write, days and moments go as they are:
the types of the columns know what their database wants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any, TypeVar

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.step import Deadline, DeadlineKind, EntryKind, RunningTerm
from engine.core.deciding.subject import Subject
from engine.core.language.facts import Value
from engine.store.complaints import damaged_row
from engine.store.records import FrozenLetter
from engine.store.snapshot import (
    Row,
    as_day,
    as_moment,
    day_text,
    decode_snapshot,
    facts_from_plain,
    from_json,
    maybe_day,
    maybe_moment,
    moment_text,
    plain_facts,
    plain_record,
    plain_value,
    record_from_plain,
    to_json,
    value_from_plain,
)

T = TypeVar("T")
# What comes of a column that is not what was written there.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
_Convert = Callable[[Any], Any]
_Plain = list[tuple[str, str]]
_Converted = list[tuple[str, str, _Convert]]


def values_to_json(values: Mapping[str, Value]) -> str:
    """Named values as JSON text."""
    return to_json({name: plain_value(value) for name, value in values.items()})


def values_from_json(text: str) -> dict[str, Value]:
    """What `values_to_json` wrote."""
    return {name: value_from_plain(plain) for name, plain in from_json(text).items()}


_READ: dict[str, _Convert] = {
    "bool": bool,
    "date": as_day,
    "date | None": maybe_day,
    "datetime": as_moment,
    "datetime | None": maybe_moment,
    "EntryKind": EntryKind,
    "DeadlineKind": DeadlineKind,
    "Mapping[str, Value]": values_from_json,
    "Mapping[str, str]": from_json,
    "Mapping[str, object]": lambda text: dict(from_json(text)),
    "tuple[str, ...]": lambda text: tuple(from_json(text)),
}
# What several columns hold together.
_COMPOSED: dict[str, _Convert] = {
    "Actor": lambda row: Actor(role=row["actor_role"], name=row["actor_name"], person=row["actor_person"]),
    "Deadline": lambda row: read_row(Deadline, row),
    "OutgoingLetter": lambda row: read_row(OutgoingLetter, row),
    "FrozenLetter | None": lambda row: _read_frozen(row),
}
_WRITE: dict[str, _Convert] = {
    "DeadlineKind": lambda kind: kind.value,
    "Mapping[str, Value]": values_to_json,
    "Mapping[str, str]": lambda values: to_json(dict(values)),
    "Mapping[str, object]": lambda values: to_json(dict(values)),
    "tuple[str, ...]": lambda values: to_json(list(values)),
}
_COLUMNS = {"to": "to_body", "details_text": "details"}


def read_row(kind: type[T], row: Row, **given: object) -> T:
    """A value of this class from a row; `given` are the fields that no column holds, or that go before it.

    A letter is read as it was ordered, not as it was frozen. Raises StoreError for a row that cannot be read any more.
    """
    plain, converted, composed = _parts(kind)  # type: ignore[arg-type]  # a class can be hashed, whatever mypy says
    values = {name: row[column] for name, column in plain}
    try:
        for name, column, read in converted:
            values[name] = read(row[column])
    except _UNREADABLE as error:
        raise damaged_row(row) from error
    for name, read in composed:
        values[name] = read(row)
    return kind(**values | given)


def row_of(value: Any) -> dict[str, Any]:
    """The columns of a value, by name."""
    plain, converted = _written(type(value))  # type: ignore[arg-type]
    return {column: getattr(value, name) for name, column in plain} | {
        column: write(getattr(value, name)) for name, column, write in converted
    }


def decode_case(row: Row) -> Case:
    """The case in a row of the table `cases`."""
    return read_row(Case, row, parent=row["parent"] or "", **_decoded(row, decode_snapshot))


def decode_subject(row: Row) -> Subject:
    """The subject in a row of the table `subjects`."""
    return read_row(Subject, row, **_decoded(row, _decode_subject_snapshot))


def encode_subject_snapshot(subject: Subject) -> str:
    """What the columns of a subject do not hold: its facts and records."""
    return to_json({"facts": plain_facts(subject.facts), "records": list(map(plain_record, subject.records))})


@lru_cache(maxsize=64)
def _decode_subject_snapshot(text: str) -> Mapping[str, Any]:
    snapshot = from_json(text)
    records = tuple([record_from_plain(plain) for plain in snapshot["records"]])
    return {"facts": facts_from_plain(snapshot["facts"]), "records": records}


def _decoded(row: Row, decode: Callable[[str], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return decode(row["snapshot"])
    except _UNREADABLE as error:
        raise damaged_row(row) from error


def _read_frozen(row: Row) -> FrozenLetter | None:
    if row["frozen_hash"] is None:
        return None
    fixed = {"fields": row["frozen_fields"], "sent_on": row["frozen_on"], "hash": row["frozen_hash"]}
    return read_row(FrozenLetter, fixed)


@cache
def _parts(kind: Any) -> tuple[_Plain, _Converted, list[tuple[str, _Convert]]]:
    found = _fields(kind)
    return (
        [(name, column) for name, column, said in found if said in ("str", "int", "str | None")],
        [(name, column, _READ[said]) for name, column, said in found if said in _READ],
        [(name, _COMPOSED[said]) for name, _, said in found if said in _COMPOSED],
    )


@cache
def _written(kind: Any) -> tuple[_Plain, _Converted]:
    found = _fields(kind)
    return (
        [(name, column) for name, column, said in found if said not in _WRITE],
        [(name, column, _WRITE[said]) for name, column, said in found if said in _WRITE],
    )


def _fields(kind: Any) -> list[tuple[str, str, str]]:
    return [(one.name, _COLUMNS.get(one.name, one.name), str(one.type)) for one in fields(kind)]


def running_to_json(running: Sequence[RunningTerm]) -> str:
    """The running terms of a case as JSON text."""
    return to_json(
        [
            [
                term.clock,
                term.term,
                moment_text(term.due_at),
                *map(day_text, (term.last_day, term.latest_start)),
                moment_text(term.act_by),
                *([] if term.can_be_late else [False]),
            ]
            for term in running
        ]
    )


def running_from_json(text: str | None) -> tuple[RunningTerm, ...]:
    """What `running_to_json` wrote; nothing for an empty column."""
    return tuple(
        RunningTerm(
            clock=clock,
            term=term,
            due_at=as_moment(due_at),
            last_day=maybe_day(last_day),
            # A row of before there were these is read until the next step or sweep writes it anew.
            latest_start=maybe_day(more[0]) if more else None,
            act_by=as_moment(more[1] if len(more) > 1 else due_at),
            can_be_late=more[2] if len(more) > 2 else True,
        )
        for clock, term, due_at, last_day, *more in (from_json(text) if text else ())
    )
