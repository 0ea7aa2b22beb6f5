"""The schemas for editors and the parser come from one source, and agree on real files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError
from referencing import Registry, Resource
from ruamel.yaml import YAML

from engine.core.errors import DefinitionError
from engine.core.evaluation.expressions import FUNCTIONS as CORE_FUNCTIONS
from engine.core.language.conditions import Operator
from engine.core.moment import LOCAL_ZONE
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.places import NamedParts
from engine.definitions.models.parts import LANGUAGE, ContentBlock
from engine.definitions.models.together import TOGETHER, demands_on
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
    if path.name == "sources.yaml":
        return "sources"
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


BROKEN = sorted((Path(__file__).parent / "broken" / "reading").glob("*.yaml"))


def broken_files() -> Iterator[tuple[str, str, Any]]:
    """Each planted mistake that leaves a file that YAML can read: its name, the kind of file, what stands in it."""
    for path in BROKEN:
        case: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        for one in (case, case.get("also", {})):
            if "change" not in one or not (GOOD / one["file"]).is_file():
                continue
            text = (GOOD / one["file"]).read_text(encoding="utf-8").replace(one["change"], one["to"], 1)
            try:
                head = split_letter(text, one["file"])[0] if one["file"].endswith(".md") else text
                yield path.stem, kind_of(GOOD / one["file"]), read_yaml(head, one["file"]).value
            except DefinitionError:
                continue


def unmet(part: object) -> Iterator[str]:
    """The demands that a block, or one within it, does not meet, by code."""
    if isinstance(part, ContentBlock):
        yield from (one.code for one in demands_on(type(part)) if not one.is_met(part))
        part = [getattr(part, name) for name in type(part).model_fields]
    if isinstance(part, dict):
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from unmet(one)


def test_what_keys_say_together_is_refused_by_the_schema_too() -> None:
    met: set[str] = set()
    good = Catalogue(GOOD).organisation("dorp")
    for name, kind, value in broken_files():
        try:
            groups = value.get("letter_groups", {}) if isinstance(value, dict) else {}
            named = NamedParts(choices=good.choices, handovers=good.handovers, letter_groups=groups)
            codes = set(unmet(MODELS[kind].model_validate(value, context=named)))
        except ValidationError:
            continue  # what one key says is another matter
        assert not codes or problems_of(kind, value), f"{name}: an editor does not see {codes}"
        met |= codes
    assert met == {one.code for demands in TOGETHER.values() for one in demands}, "a demand without a broken file"


def test_a_key_that_says_nothing_is_not_said() -> None:
    value = read(next(path for path in content_files(GOOD) if kind_of(path) == "workflow"))
    first = next(one for one in value["transitions"] if one.get("by"))
    first |= {"automatic": False, "asks": [], "on_term": ""}
    assert not problems_of("workflow", value)
    first |= {"automatic": True}
    assert problems_of("workflow", value)
