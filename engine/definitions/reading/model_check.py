"""A file against the model of its kind: every difference becomes a problem with a place and a next step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.definitions.files.places import Document, Place
from engine.definitions.files.spelling import suggest

Model = TypeVar("Model", bound=BaseModel)


def fit(document: Document, model: type[Model]) -> Model:
    """The file as its model. Raises DefinitionError with all problems when it does not fit."""
    try:
        found = model.model_validate(document.value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report(document, model, detail)
        document.refuse_if_wrong()
        raise
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
        what, next_step = _wording(kind, name, detail.get("input"), context)
        at.report(what, next_step=next_step, at_key=is_key)


def _report_missing(at: Place, key: str, fields: Mapping[str, str]) -> None:
    at.report(f'De sleutel "{key}" ontbreekt.', why=fields.get(key, ""), next_step=f"Vul {key} aan.")


def _report_unknown(at: Place, key: str, model: type[BaseModel] | None) -> None:
    now = getattr(model, "renamed", {}).get(key)
    if now:
        at.report(f'De sleutel "{key}" heet nu "{now}".', next_step=f"Schrijf {now}.", at_key=True)
        return
    next_step = suggest(key, _keys_of(model), kind="Hier kunnen staan")
    at.report(f'De sleutel "{key}" is hier onbekend.', next_step=next_step, at_key=True)


def _wording(kind: str, name: str, given: object, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind in {"literal_error", "enum"}:
        known = [word for word in re.findall(r"'([^']*)'", str(context.get("expected", ""))) if word]
        return f'"{given}" kan hier niet staan bij {name}.', suggest(str(given), known)
    if kind == "string_pattern_mismatch":
        return f'"{given}" is geen goede naam bij {name}.', _NAMES.get(str(context.get("pattern")), _PLAIN_NAME)
    if kind in _KINDS:
        what, next_step = _KINDS[kind]
        return f"Bij {name or 'dit bestand'} hoort {what}, geen {shown(given)}.", next_step
    if kind in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        return f"{given} is te klein of te groot bij {name}.", "Een deel ligt tussen 0 en 1; een aantal is minstens 1."
    if kind in {"too_short", "string_too_short"}:
        return f"{name} is leeg.", "Vul minstens een waarde in."
    return f"{name} klopt niet.", "Kijk in het schema wat hier kan staan."


def shown(value: object) -> str:
    """A value as a message shows it: short, and readable without knowing Python."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "blok"
    if isinstance(value, list):
        return "lijst"
    return f'"{value}"' if isinstance(value, str) else str(value)


_KINDS = {
    "string_type": ("tekst", "Zet de waarde tussen aanhalingstekens."),
    "int_type": ("een heel getal", "Schrijf het getal zonder aanhalingstekens."),
    "int_from_float": ("een heel getal", "Schrijf het getal zonder komma."),
    "float_type": ("een getal", "Schrijf het getal zonder aanhalingstekens."),
    "bool_type": ("true of false", "Schrijf true of false."),
    "date_type": ("een dag", "Schrijf de dag als 2026-08-01, zonder aanhalingstekens."),
    "list_type": ("een lijst", "Begin elke regel met een streepje, of schrijf [a, b]."),
    "dict_type": ("een blok met sleutels", "Schrijf sleutel: waarde, ingesprongen."),
    "model_type": ("een blok met sleutels", "Schrijf sleutel: waarde, ingesprongen."),
    "model_attributes_type": ("een blok met sleutels", "Schrijf sleutel: waarde, ingesprongen."),
}
_PLAIN_NAME = "Gebruik kleine letters, cijfers en _; begin met een letter."
_NAMES = {
    r"^[A-Z][A-Z0-9]*-[0-9]+[a-z]?[A-Z]?$": "Een brief heet bijvoorbeeld L-06, L-05b of L-06K.",
    r"^[A-Z][A-Z0-9]{1,7}$": "Gebruik 2 tot 8 hoofdletters, bijvoorbeeld TLV.",
    r"^[0-9A-Z]{3,10}$": 'Schrijf het nummer tussen aanhalingstekens, bijvoorbeeld "41676".',
    r"^[a-z][a-z0-9_]*\.([a-z][a-z0-9_]*|\*)$": "Schrijf workflow.overgang of workflow.*.",
    r"^[A-Za-z0-9_][A-Za-z0-9_.+-]*$": "Gebruik letters, cijfers en _; geen spaties.",
}


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
