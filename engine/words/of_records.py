"""Records in words: by the name of their kind and their number, and what stands in their fields."""

from __future__ import annotations

from datetime import date

from engine.core.deciding.at_hand import record_of_clock
from engine.core.deciding.case import Case
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import PERSON_TYPES, FactType, Value
from engine.core.language.values import write_value


def say_record(key: str, content: Content | None) -> str:
    """The kind and number of a record ("Overleg 2"); its key where the content does not know the kind."""
    kind, _, number = key.rpartition(".")
    known = content.rules.records.get(kind) if content else None
    return f"{known.label} {number}" if known else key


def say_field(key: str, field: str, plain: object, content: Content | None) -> str:
    """A field as the journal keeps it, in words."""
    kind, _, _ = key.rpartition(".")
    known = content.rules.records.get(kind) if content else None
    rule = known.fields.get(field) if known else None
    value: Value = tuple(plain) if isinstance(plain, list) else plain  # type: ignore[assignment]  # the journal's own
    if rule is not None and rule.type is FactType.DATE and isinstance(value, str):
        value = date.fromisoformat(value)
    return write_value(value, rule)


def say_reader(name: str, content: Content, case: Case | None = None) -> str:
    """Whom or what a clock is about: an addressee by its id, a record by its name and number.

    Of a record of this `case` also what its kind is told apart by ("Melding 3, Leerplicht"): a number alone says nobody
    which of three it is.
    """
    if "." not in name:
        return name
    record = record_of_clock(case, f"/{name}") if case else None
    kind = content.rules.records.get(record.kind) if record else None
    rule = kind.fields.get(kind.told_apart_by) if kind else None
    known = record.fields.get(kind.told_apart_by) if record and kind else None
    if known is None or rule is None or rule.type in PERSON_TYPES:
        return say_record(name, content)
    value = str(known.value)
    said = (
        content.organisation.name_in(rule.choices_from, value) if rule.choices_from else write_value(known.value, rule)
    )
    return f"{say_record(name, content)}, {said}"
