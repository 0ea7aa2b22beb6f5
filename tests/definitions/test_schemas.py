"""The schemas for editors and the parser come from one source, and agree on real files."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from engine.core.evaluation.expressions import FUNCTIONS as CORE_FUNCTIONS
from engine.core.language.conditions import Operator
from engine.core.moment import LOCAL_ZONE
from engine.definitions.models.parts import LANGUAGE
from engine.definitions.reading.grammar import FUNCTIONS, OPERATORS
from engine.definitions.reading.letter_reader import split_letter
from engine.definitions.reading.yaml_reader import read_yaml
from engine.definitions.schema_files import MODELS, language_schema, schema_of, schema_texts, write_schemas

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
GOOD = Path(__file__).parent / "good"


def kind_of(path: Path) -> str:
    parts = path.parts
    if path.suffix == ".md":
        return "letter"
    if path.name == "organisation.yaml":
        return "organisation"
    if path.name == "acts.yaml":
        return "script"
    if "workflows" in parts:
        return "workflow"
    if "cards" in parts[-4:]:  # not further up: a checkout may lie in a folder of any name
        return "card_words" if path.name == "words.yaml" else "card"
    return {"tests": "rule_tests", "calendar": "calendar"}.get(path.parent.name, "rule_set")


def content_files(root: Path) -> list[Path]:
    letters = [path for path in root.glob("templates/letters/*/*/*.md") if path.parent.name != "partials"]
    others = ("rules/**/*.yaml", "workflows/**/*.yaml", "templates/cards/**/*.yaml", "examples/*/acts.yaml")
    return sorted([*(path for pattern in others for path in root.glob(pattern)), *letters])


def as_editor_sees_it(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_editor_sees_it(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_editor_sees_it(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(LOCAL_ZONE).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


def validator(kind: str) -> jsonschema.Draft7Validator:
    language: Any = Resource.from_contents(language_schema())
    registry: Any = Registry().with_resource(LANGUAGE, language)
    return jsonschema.Draft7Validator(schema_of(kind), registry=registry)


def problems_of(kind: str, value: Any) -> list[str]:
    return [error.message for error in validator(kind).iter_errors(as_editor_sees_it(value))]


def read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    head = split_letter(text, path.name)[0] if path.suffix == ".md" else text
    return read_yaml(head, path.name).value


def test_the_written_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    for path in write_schemas(tmp_path):
        kept = ROOT / "docs" / "schema" / path.name
        assert path.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), f"run the command again: {kept}"


@pytest.mark.parametrize("name", sorted(schema_texts()))
def test_each_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(schema_texts()[name]))


@pytest.mark.parametrize("path", content_files(GOOD), ids=lambda path: str(path.relative_to(GOOD)))
def test_good_files_fit_their_schema(path: Path) -> None:
    assert not problems_of(kind_of(path), read(path))


def test_the_content_of_this_repository_fits_its_schemas() -> None:
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in content_files(ROOT)
        if (found := problems_of(kind_of(path), read(path)))
    }
    assert not wrong


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_the_schema_refuses_an_unknown_key(kind: str) -> None:
    path = next(path for path in content_files(GOOD) if kind_of(path) == kind)
    assert problems_of(kind, {**read(path), "onbekend": 1})


CONDITIONS: list[tuple[object, bool]] = [
    ({"a": 1}, True),
    ({"a": {"is": {"fact": "b"}}}, True),
    ({"all": [{"a": 1}, {"not": {"b": {"known": False}}}]}, True),
    ([{"a": 1}], True),
    ({"a": {"at_leats": 1}}, False),
    ({"a": {"known": "nee"}}, False),
    ({"a": {"in": []}}, False),
    ({"any": {"a": 1}}, False),
    ({"a": {"before": {"shift": {"date": {"fact": "b"}, "plus": "6 months", "minus": "1 day"}}}}, False),
    ({"a": {"before": {"shift": {"date": {"fact": "b"}, "plus": "6 months"}}}}, True),
    ({"a": {"before": {"shft": {"date": {"fact": "b"}}}}}, False),
    ("a is 1", False),
]


@pytest.mark.parametrize(("condition", "is_right"), CONDITIONS)
def test_the_schema_knows_the_language(condition: object, is_right: bool) -> None:
    value = read(GOOD / "rules/land/kapvergunning/2020-01-01.yaml")
    value["rules"][0]["when"] = condition
    assert bool(problems_of("rule_set", value)) is not is_right


def test_the_grammar_names_every_operator() -> None:
    assert set(OPERATORS) == set(Operator)


def test_the_grammar_has_the_functions_of_the_core_with_their_arguments() -> None:
    assert FUNCTIONS.keys() == CORE_FUNCTIONS.keys()
    for name, function in FUNCTIONS.items():
        core = CORE_FUNCTIONS[name]
        assert set(function.arguments) == set(core.arguments), name
        assert bool(function.each) == bool(core.each), name
