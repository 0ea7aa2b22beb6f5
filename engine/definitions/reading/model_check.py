"""A file against the model of its kind: every difference becomes a problem with a place and a next step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.definitions.files.places import Document, NamedParts, Place
from engine.definitions.models.by_name import UNKNOWN_NAMES
from engine.definitions.models.parts import LetterOrderPart
from engine.words.phrases import YAML_KINDS

LETTER_GROUPS_KEY = "letter_groups"
Model = TypeVar("Model", bound=BaseModel)


def fit(document: Document, model: type[Model]) -> Model:
    """The file as its model. Raises DefinitionError with all problems when it does not fit."""
    try:
        found = model.model_validate(document.value, context=_named_parts(document, model))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report(document, model, detail)
        document.refuse_if_wrong()
        raise
    return found


def _named_parts(document: Document, model: type[BaseModel]) -> NamedParts:
    """What may be said by name in this file. A group that is no list of letters is left out: its own place tells."""
    own = document.value.get(LETTER_GROUPS_KEY) if isinstance(document.value, dict) else None
    groups = own if isinstance(own, dict) and LETTER_GROUPS_KEY in model.model_fields else {}
    fitting = {str(name): _of_letters(letters) for name, letters in groups.items()}
    return replace(document.named, letter_groups=fitting)


def _of_letters(letters: object) -> list[object]:
    """The letters of a group that fit their model; what does not is told once, where the group stands."""
    found = []
    for one in letters if isinstance(letters, list) else []:
        try:
            LetterOrderPart.model_validate(one)
        except ValidationError:
            continue
        found.append(one)
    return found


def _report(document: Document, model: type[BaseModel], detail: ErrorDetails) -> None:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    is_key = "[key]" in detail["loc"]
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        _report_missing(Place(document, loc[:-1]), str(loc[-1]), _keys_of(_model_at(model, loc[:-1])))
    elif kind == "extra_forbidden":
        _report_unknown(Place(document, loc), str(loc[-1]), _model_at(model, loc[:-1]))
    else:
        at = Place(document, loc)
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        code, told = _code(kind, name, detail.get("input"), context)
        at.report(code, at_key=is_key, **told)


def _report_missing(at: Place, key: str, fields: Mapping[str, str]) -> None:
    at.report("key_missing", key=key, about=fields.get(key, ""))


def _report_unknown(at: Place, key: str, model: type[BaseModel] | None) -> None:
    now = getattr(model, "renamed", {}).get(key)
    if now:
        at.report("key_renamed", key=key, now=now, at_key=True)
        return
    at.report("key_unknown", key=key, known=_keys_of(model), at_key=True)


_OF_ONE = {"literal_error", "enum"} | YAML_KINDS.keys() - {
    "list_type",
    "dict_type",
    "model_type",
    "model_attributes_type",
}
"""What pydantic says of a place where one value belongs."""


def _code(kind: str, name: str, given: object, context: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
    told: dict[str, object] = {"name": name, "given": bare(given)}
    if isinstance(given, list | dict) and kind in _OF_ONE:
        return "one_expected", told
    if kind in {"literal_error", "enum"}:
        known = {word for word in re.findall(r"'([^']*)'", str(context.get("expected", ""))) if word}
        return "not_a_choice", told | {"known": known}
    if kind in UNKNOWN_NAMES:
        return kind, dict(context)
    if kind == "string_pattern_mismatch":
        return "bad_name", told | {"form": context.get("pattern")}
    if kind in YAML_KINDS:
        return "wrong_kind", told | {"name": name or "dit bestand", "wanted": kind, "given": shown(given)}
    if kind in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        return "out_of_range", told
    return ("empty_value" if kind in {"too_short", "string_too_short"} else "does_not_fit"), told


def shown(value: object) -> str:
    """A value as a message shows it: short, and readable without knowing Python."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "blok"
    if isinstance(value, list):
        return "lijst"
    return f'"{value}"' if isinstance(value, str) else str(value)


def bare(value: object) -> str:
    """The same, for a message that puts quotation marks around it."""
    return value if isinstance(value, str) else shown(value)


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model of this place; None where there is none."""
    kind: Any = model
    for part in loc:
        kind = _inner(_plain(kind), part)
    kind = _plain(kind)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _keys_of(model: type[BaseModel] | None) -> Mapping[str, str]:
    """The keys a block can have, with their hover text."""
    fields = model.model_fields.items() if model else ()
    return {field.alias or name: field.description or "" for name, field in fields}


def _plain(kind: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        return next(part for part in get_args(kind) if part is not NoneType)
    return _plain(get_args(kind)[0]) if hasattr(kind, "__metadata__") else kind


def _inner(kind: Any, part: int | str) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return next((field.annotation for name, field in fields if part in {name, field.alias}), None)
    arguments = get_args(kind)
    return arguments[-1] if arguments else None
