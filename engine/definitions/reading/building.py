"""One block of a file to the value it makes: the model names the class, its annotations say how each key is read.

The walk is written once, so that a key is declared once: a field of the model with the name of a field of the core
class arrives there. What its annotation marks as a part of the language goes to that parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import WithJsonSchema

from engine.core.errors import DefinitionError
from engine.core.quick_class import dataclass
from engine.definitions.files.places import Place
from engine.definitions.models.parts import ASIDE, SLOT, Becomes, ContentBlock, Dated, Rows
from engine.definitions.reading.condition_parser import read_condition
from engine.definitions.reading.expression_parser import read_expression, read_length
from engine.definitions.reading.fixed_values import read_fixed, read_given, read_last_day, read_moment
from engine.definitions.reading.letter_fields import read_letter_field
from engine.definitions.reading.limit_parser import read_day_limit, read_pattern
from engine.definitions.reading.part_checks import checks_of

Reader = Callable[[Any, Place], object]

_PARSERS: Mapping[str, Reader] = {
    "condition": read_condition,
    "expression": read_expression,
    "length": read_length,
    "letter_field": read_letter_field,
    "day_limit": read_day_limit,
    "pattern": read_pattern,
    "value": read_fixed,
    "given": read_given,
    "moment": read_moment,
    "last_day": read_last_day,
}
# Keys that every block may have; what a block makes need not keep them.
_HEAD = frozenset(Dated.model_fields)


def build(part: ContentBlock, at: Place, **given: object) -> Any:
    """The core value of a block; `given` are fields of it that the block cannot know itself.

    A key that was not written leaves the default of the core. What is wrong is reported at its place: the value is
    then not to be used, and may be None.
    """
    plan = _plan_of(type(part))
    for check in checks_of(type(part)):
        check(part, at)
    values = {
        name: read(value, at / key)
        for name, key, read in plan.keys
        if name not in given and (value := getattr(part, name)) is not None
    }
    if plan.has_place:
        given.setdefault("where", at.where)
    try:
        return plan.makes(**values, **given)
    except DefinitionError as error:
        at.refused(error)
        return None


@dataclass(frozen=True, slots=True)
class _ReadingPlan:
    """How a block is read: name in the core, key in the file, reader."""

    makes: type
    keys: tuple[tuple[str, str, Reader], ...]
    has_place: bool


@cache
def _plan_of(model: type[ContentBlock]) -> _ReadingPlan:
    assert model.makes is not None, f"{model.__name__} does not say what it makes"
    held = _names_in(model.makes)
    keys = tuple(
        (name, field.alias or name, _reader_of(field.annotation, field.metadata))
        for name, field in model.model_fields.items()
        if ASIDE not in field.metadata and (name in held or name not in _HEAD)
    )
    return _ReadingPlan(model.makes, keys, "where" in held)


@cache
def _names_in(made: type) -> frozenset[str]:
    return frozenset(one.name for one in fields(made))


def _reader_of(kind: Any, marks: Iterable[object] = ()) -> Reader:
    if get_origin(kind) is Annotated:
        return _reader_of(kind.__origin__, kind.__metadata__)
    read = _plain_reader(kind, marks)
    for mark in marks:
        if isinstance(mark, Becomes):
            read = _then(read, mark.make)
    return read


def _plain_reader(kind: Any, marks: Iterable[object]) -> Reader:
    for mark in marks:
        if isinstance(mark, Rows):
            return _rows_reader(mark, _reader_of(get_args(kind)[1]))
        if isinstance(mark, WithJsonSchema) and (mark.json_schema or {}).get(SLOT) in _PARSERS:
            return _PARSERS[mark.json_schema[SLOT]]  # type: ignore[index]  # looked at on the line above
    if get_origin(kind) in (Union, UnionType):
        return _reader_of(next(one for one in get_args(kind) if one is not NoneType))
    if get_origin(kind) is list:
        item = _reader_of(get_args(kind)[0])
        return lambda raw, at: tuple(item(one, at / number) for number, one in enumerate(raw))
    if get_origin(kind) is dict:
        behind = _reader_of(get_args(kind)[1])
        return lambda raw, at: {key: _read_named(key, one, at / key, behind) for key, one in raw.items()}
    return _read_value


def _then(read: Reader, make: Callable[[Any], object]) -> Reader:
    return lambda raw, at: make(read(raw, at))


def _rows_reader(rows: Rows, behind: Reader) -> Reader:
    placed = "where" in _names_in(rows.makes)

    def read(raw: Mapping[str, object], at: Place) -> object:
        return tuple(
            rows.makes(
                **{rows.key: key, rows.value: behind(one, at / key)},
                **({"where": (at / key).key_where} if placed else {}),
            )
            for key, one in raw.items()
        )

    return read


def _read_value(raw: Any, at: Place) -> object:
    return build(raw, at) if isinstance(raw, ContentBlock) and raw.makes else raw


def _read_named(key: str, raw: Any, at: Place, read: Reader) -> object:
    if isinstance(raw, ContentBlock) and raw.makes:
        return build(raw, at, **{raw.named: key}, **({"where": at.key_where} if _plan_of(type(raw)).has_place else {}))
    return read(raw, at)
