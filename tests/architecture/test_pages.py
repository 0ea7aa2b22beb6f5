"""The pages say what the program does: no key, no command and no decision without words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from docs.language_page import TITLES, language_page
from engine.definitions.reading.grammar import FUNCTIONS, GROUPS, OPERATORS, REFERENCES
from engine.definitions.schema_files import MODELS
from tests.architecture.source import ROOT


def test_the_page_of_the_language_is_what_the_reader_reads() -> None:
    """Why: a key that is not on the page does not exist for a process owner."""
    written = (ROOT / "docs" / "inhoudstaal.md").read_text(encoding="utf-8")
    assert written == language_page(), "draai `make docs`"


def test_every_word_of_the_grammar_is_on_the_page() -> None:
    """Why: the page is made, and what is made can be made wrongly."""
    page = language_page()
    words = [*GROUPS, *REFERENCES, *FUNCTIONS, *(operator.value for operator in OPERATORS)]
    assert [word for word in words if f"`{word}`" not in page] == []


def _keys(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field.description or ""


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_every_key_has_words(kind: str) -> None:
    """Why: the same words are the hover text in an editor."""
    assert kind in TITLES
    assert [key for key, words in _keys(MODELS[kind]) if not words] == []


def test_every_key_of_every_block_has_words() -> None:
    """Why: an empty cell in the last column tells nothing."""
    empty = re.findall(r"^\| `(\w+)` \| (?:ja)? ?\|  ?\|$", language_page(), re.MULTILINE)
    assert empty == []


def test_the_schemas_in_docs_are_those_of_the_program() -> None:
    """Why: an editor that knows another language than the reader misleads."""
    from engine.definitions.schema_files import schema_texts

    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/schema").glob("*.schema.json")}
    assert kept == schema_texts(), "draai `make schema`"


def test_the_readme_opens_with_the_two_commands() -> None:
    """Why: a stranger must be able to run it before reading on."""
    head = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:8]
    assert [line.split()[1] for line in head if line.startswith("make ")] == ["demo", "test"]
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^demo: ", targets, re.MULTILINE)
    assert re.search(r"^test: ", targets, re.MULTILINE)
