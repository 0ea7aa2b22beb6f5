"""Core values to plain JSON values and back, by the names of their fields; never pickle, never code.

A value of a class becomes a mapping with its class under "!"; fields that have their default are left out, so that
what was written by an older program can still be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from engine.core.content import (
    ladder,
    lengths,
    letter_readers,
    obligations,
    organisation,
    planned,
    records,
    ruleset,
    subjects,
    template,
    term_rules,
    workflow,
)
from engine.core.errors import DefinitionError
from engine.core.evaluation import prepared
from engine.core.finding import fault
from engine.core.language import conditions, facts, orders
from engine.core.legal_clock import calendar, period, termspec

_MODULES = (
    calendar, conditions, facts, ladder, lengths, letter_readers, obligations, orders, organisation, period, planned,
    prepared, records, ruleset, subjects, template, term_rules, termspec, workflow,
)  # fmt: skip
MARK = "!"
UNREADABLE = (ValueError, TypeError, KeyError, IndexError)
"""What comes of a text that is not what was written."""


def _classes() -> dict[str, type]:
    found: dict[str, type] = {}
    for module in _MODULES:
        for name, item in vars(module).items():
            if isinstance(item, type) and item.__module__ == module.__name__:
                found[name] = item
    return {name: item for name, item in found.items() if is_dataclass(item) or issubclass(item, StrEnum)}


def _written_fields(kind: type) -> tuple[Field[Any], ...]:
    return tuple(one for one in fields(kind) if one.init and not one.name.startswith("_"))


CLASSES = _classes()
_FIELDS = {name: _written_fields(kind) for name, kind in CLASSES.items() if is_dataclass(kind)}


@cache
def shape_of_classes() -> str:
    """The names of all classes and their fields: changes when a copy could no longer be read."""
    return ";".join(f"{name}:{','.join(one.name for one in parts)}" for name, parts in sorted(_FIELDS.items()))


def to_plain(value: object) -> object:
    """The value as text, numbers, yes/no, lists and mappings. Raises TypeError for a class that is no content."""
    if value is None or type(value) in {str, int, float, bool}:
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {MARK: "map", "items": [[to_plain(key), to_plain(item)] for key, item in value.items()]}
    if isinstance(value, frozenset):
        return {MARK: "set", "items": [to_plain(item) for item in sorted(value)]}
    if isinstance(value, datetime):
        return {MARK: "moment", "value": value.isoformat()}
    if isinstance(value, date):
        return {MARK: "day", "value": value.isoformat()}
    return _class_to_plain(value)


def _class_to_plain(value: object) -> object:
    name = type(value).__name__
    if CLASSES.get(name) is not type(value):
        raise TypeError(f"{name} is not a value of content")
    if isinstance(value, StrEnum):
        return {MARK: name, "value": value.value}
    plain: dict[str, object] = {MARK: name}
    for one in _FIELDS[name]:
        held = getattr(value, one.name)
        if not _is_default(one, held):
            plain[one.name] = to_plain(held)
    return plain


def _is_default(one: Field[Any], held: object) -> bool:
    if one.default is not MISSING:
        return type(held) is type(one.default) and bool(held == one.default)
    return one.default_factory is not MISSING and held == one.default_factory()


def damaged() -> DefinitionError:
    """The error of a text that cannot be read any more."""
    from engine.definitions.files.places import as_error  # hardly ever

    return as_error(fault("damaged_copy", ""))


def from_plain(plain: object) -> Any:
    """The value that `to_plain` wrote. Raises DefinitionError when it cannot be read."""
    try:
        return _tupled(json.loads(json.dumps(plain), object_hook=_revive))
    except UNREADABLE as error:
        raise damaged() from error


def _revive(plain: dict[str, Any]) -> Any:
    """Called by the JSON reader for each mapping, inner ones first, so what is inside is already revived."""
    return _READERS[plain.pop(MARK)](plain)


def _tupled(value: Any) -> Any:
    if type(value) is not list:
        return value
    return tuple([_tupled(item) if type(item) is list else item for item in value])


def _reader_of(kind: Any) -> Callable[[dict[str, Any]], Any]:
    if issubclass(kind, StrEnum):
        members = {one.value: one for one in kind}  # two thousand of a content are such words
        return lambda plain: members[plain["value"]]

    def read(plain: dict[str, Any]) -> Any:
        for key, value in plain.items():
            if type(value) is list:
                plain[key] = _tupled(value)
        return kind(**plain)

    return read


_READERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    **{name: _reader_of(kind) for name, kind in CLASSES.items()},
    "map": lambda plain: {key: _tupled(value) for key, value in plain["items"]},
    "set": lambda plain: frozenset(map(_tupled, plain["items"])),
    "moment": lambda plain: datetime.fromisoformat(plain["value"]),
    "day": lambda plain: date.fromisoformat(plain["value"]),
}
