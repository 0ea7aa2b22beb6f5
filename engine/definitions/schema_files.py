"""JSON Schemas for editors, written from the models and from the grammar: one source for parser and schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from engine.core.legal_clock.period import Unit
from engine.definitions.models.calendar import CalendarFile
from engine.definitions.models.card import CardFile, CardWordsFile
from engine.definitions.models.letter import LetterFile
from engine.definitions.models.organisation import OrganisationFile
from engine.definitions.models.parts import LANGUAGE, SLOT
from engine.definitions.models.rule_set import RuleSetFile
from engine.definitions.models.scripts import ScriptFile, TestFile
from engine.definitions.models.source_book import SourcesFile
from engine.definitions.models.together import TOGETHER
from engine.definitions.models.workflow import WorkflowFile
from engine.definitions.reading.grammar import FUNCTIONS, GROUPS, OPERATORS, REFERENCES, Function, LanguagePart

Schema = dict[str, Any]

MODELS: Mapping[str, type[BaseModel]] = {
    "calendar": CalendarFile,
    "card": CardFile,
    "card_words": CardWordsFile,
    "letter": LetterFile,
    "organisation": OrganisationFile,
    "rule_set": RuleSetFile,
    "rule_tests": TestFile,
    "script": ScriptFile,
    "sources": SourcesFile,
    "workflow": WorkflowFile,
}
_DIALECT = "http://json-schema.org/draft-07/schema#"
_SCALAR: Schema = {"type": ["boolean", "number", "string"]}
_STRINGS: Schema = {"type": "array", "items": {"type": "string"}}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write every schema into the folder, which is made when needed; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_texts().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return tuple(written)


def schema_texts() -> dict[str, str]:
    """The text of each schema file by its name."""
    schemas = {f"{name}.schema.json": schema_of(name) for name in MODELS} | {LANGUAGE: language_schema()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in sorted(schemas.items())}


def schema_of(kind: str) -> Schema:
    """The schema of one kind of file."""
    schema: Schema = _tidied(MODELS[kind].model_json_schema(by_alias=True))
    for model, demands in TOGETHER.items():
        for name, block in schema.get("$defs", {}).items():
            if name in _kinds_of(model):
                block["allOf"] = [*block.get("allOf", ()), *(one.schema() for one in demands)]
    return {"$schema": _DIALECT, "$id": f"{kind}.schema.json", **schema}


def _kinds_of(model: type[BaseModel]) -> set[str]:
    """The names of a block and of every block that is a kind of it."""
    return {model.__name__, *(name for one in model.__subclasses__() for name in _kinds_of(one))}


def language_schema() -> Schema:
    """The schema of conditions, expressions and lengths, which the other schemas point to."""
    return {
        "$schema": _DIALECT,
        "$id": LANGUAGE,
        "$defs": {
            "condition": _condition(),
            "test": _test(),
            "expression": {"anyOf": [_SCALAR, _STRINGS, _one_key(_references() | _functions())]},
            "length": _length(),
            "texts": {"anyOf": [{"type": "string"}, _STRINGS]},
            "names": {"anyOf": [{"type": "string"}, _STRINGS]},
            "writings": _writings(),
            "value": {"anyOf": [_SCALAR, _STRINGS]},
            "given": {"anyOf": [_here("expression"), _one_key({"one_of": {"type": "array", "minItems": 1}})]},
            "moment": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2})?$"},
            "day_limit": _day_limit(),
            "pattern": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
            "last_day": {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|none)$"},
            "origins": _origins(),
            "letter_field": _letter_field(),
        },
    }


def _here(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _condition() -> Schema:
    many = {"type": "array", "items": _here("condition"), "minItems": 1}
    groups = {
        word: {"description": text, **(_here("condition") if word == "not" else many)} for word, text in GROUPS.items()
    }
    block = {"type": "object", "properties": groups, "additionalProperties": _here("test"), "minProperties": 1}
    return {"anyOf": [many, block]}


def _test() -> Schema:
    operators = {operator.value: _word(word.part, word.text) for operator, word in OPERATORS.items()}
    block = {"type": "object", "properties": operators, "additionalProperties": False, "minProperties": 1}
    return {"anyOf": [_SCALAR, _STRINGS, block]}


def _word(part: LanguagePart, text: str) -> Schema:
    shapes: dict[LanguagePart, Schema] = {
        LanguagePart.EXPRESSION: {"allOf": [_here("expression")]},
        LanguagePart.LIST: {"anyOf": [{**_STRINGS, "minItems": 1}, _one_key(_references() | _calls())]},
        LanguagePart.YES_NO: {"type": "boolean"},
        LanguagePart.LENGTH: {"allOf": [_here("length")]},
        LanguagePart.DECIMALS: {"type": "integer", "minimum": 0, "maximum": 6},
        LanguagePart.ROUNDING: {"enum": ["half_up", "up", "down"]},
        LanguagePart.FACT_REF: {"type": "object", "properties": {"fact": {"type": "string"}}, "required": ["fact"]},
    }
    return {"description": text, **shapes.get(part, {"type": "string"})}


def _references() -> Schema:
    return {word: {"type": "string", "description": one.text} for word, one in REFERENCES.items()}


def _calls() -> Schema:
    """The functions by name, without their arguments; enough where a list is computed."""
    return {name: {"description": function.text} for name, function in FUNCTIONS.items()}


def _functions() -> Schema:
    return {name: _function(function) for name, function in FUNCTIONS.items()}


def _function(function: Function) -> Schema:
    words = {name: _word(word.part, word.text) for name, word in function.arguments.items()}
    if function.direct:
        return {**words[function.direct], "description": function.text}
    if function.each:
        items = {"allOf": [_here("expression")], "description": function.each}
        return {"description": function.text, "type": "array", "items": items, "minItems": 2}
    required = sorted(function.arguments.keys() - function.optional - function.one_of)
    schema = {"description": function.text, "type": "object", "properties": words, "additionalProperties": False}
    if required:
        schema["required"] = required
    if function.needs:
        schema["dependencies"] = {name: list(others) for name, others in function.needs.items()}
    if function.one_of:
        schema["oneOf"] = [{"required": [name]} for name in sorted(function.one_of)]
    return schema


def _one_key(properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "additionalProperties": False,
        "minProperties": 1, "maxProperties": 1,
    }  # fmt: skip


def _length() -> Schema:
    words = "|".join(f"{unit.value.replace('_', ' ')[:-1]}s?" for unit in Unit)
    return {
        "type": "string",
        "pattern": f"^[0-9]+ ({words})$",
        "description": "Een getal met een eenheid, bijvoorbeeld 8 weeks, 48 hours of 5 working days.",
    }


def _day_limit() -> Schema:
    written = {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|today)$"}
    words = {
        "fact": {"type": "string", "description": "Het gegeven waar de dag uit volgt; today is vandaag."},
        "plus": {**_here_only("length"), "description": "Zo lang erna."},
        "minus": {**_here_only("length"), "description": "Zo lang ervoor."},
    }
    block = {"type": "object", "properties": words, "required": ["fact"], "additionalProperties": False}
    return {"anyOf": [written, block]}


def _here_only(name: str) -> Schema:
    """A reference that may have a description beside it."""
    return {"allOf": [_here(name)]}


def _origins() -> Schema:
    but = {"any_but": {**_STRINGS, "description": "Alle toestanden behalve deze en de einden."}}
    named = {"type": "string", "description": "any: alle toestanden behalve de einden."}
    moves = {
        "type": "object",
        "description": "Van elke toestand naar de hare; zonder to.",
        "minProperties": 1,
        "propertyNames": {"not": {"const": "any_but"}},
        "additionalProperties": {"type": "string"},
    }
    return {"anyOf": [named, _STRINGS, {**_one_key(but), "required": ["any_but"]}, moves]}


def _writings() -> Schema:
    each = {"type": "object", "minProperties": 1, "maxProperties": 1}
    one = {"type": "string"}, {**each, "additionalProperties": {**each, "additionalProperties": _STRINGS}}
    return {"anyOf": [*one, {"type": "array", "items": {"anyOf": list(one)}}]}


def _letter_field() -> Schema:
    full = {
        "type": "object",
        "properties": {
            "value": {"allOf": [_here("expression")], "description": "De waarde."},
            "optional": {"type": "boolean", "description": "Of het veld mag ontbreken."},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    return {"anyOf": [_here("expression"), full]}


def _tidied(schema: Any) -> Any:
    """Without the titles pydantic makes up, and without null: YAML content has no empty values."""
    if isinstance(schema, list):
        return [_tidied(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _tidied(value) for key, value in schema.items() if key != "title" or isinstance(value, dict)}
    if "properties" in kept:
        kept.pop("description", None)  # the class's own words, which are for programmers
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    if SLOT in kept:
        kept["allOf"] = [{"$ref": f"{LANGUAGE}#/$defs/{kept.pop(SLOT)}"}]
    if kept.get("default", ...) is None:
        del kept["default"]
    choices = [one for one in kept.get("anyOf", []) if one != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept |= choices[0]
    return kept
