"""Two parsers, one meaning: what libyaml reads is what the careful parser reads, values and places."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import DefinitionError
from engine.definitions.files.places import Document
from engine.definitions.reading import yaml_events, yaml_reader
from engine.definitions.reading.yaml_events import NotQuickError, careful_events, quick_events
from engine.definitions.reading.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
FOLDERS = ("rules", "workflows", "templates", "examples", "tests")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.yaml"))
# Everything that means something in YAML, between words that look like values.
PIECES = [
    *"\n:-?,[]{}#&*!|>'\"%@`\\ ", "\n  ", "\n- ", "\n    - ", ": ", " #", "---\n", "...\n",
    "''", '"a\\tb"', "a", "ja", "12:30",
    "2026-08-01", "1.5", "null", "~", "é", "{a: b}", "[a, b]", "Wat? ", "a:b",
    "\u2028", "\x85", "\ufeff", "|\n  x\n", ">-\n  x\n  y\n",
]  # fmt: skip


def seen(document: Document) -> tuple[object, ...]:
    return repr(document.value), document.marks, document.key_marks


def read_with(text: str, events_of: object) -> Document | None:
    """What this parser alone makes of the text; None when it is for the other, or wrong."""
    with suppress(NotQuickError):
        document = yaml_reader._EventReader("a.yaml", 1, is_form=False).read(text, events_of)  # type: ignore[arg-type]
        return None if document.findings else document
    return None


@pytest.mark.slow
def test_every_file_of_the_project_is_read_alike_and_nearly_all_of_them_quickly() -> None:
    slow = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        quick, careful = read_with(text, quick_events), read_with(text, careful_events)
        if quick is None:
            slow += [path] if careful is not None else []
            continue
        assert careful is not None, path
        assert seen(quick) == seen(careful), path
    assert len(slow) <= len(FILES) // 50, slow


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=600, deadline=None)
def test_whatever_is_written_means_the_same_to_both_or_is_left_to_the_careful_one(text: str) -> None:
    quick = read_with(text, quick_events)
    if quick is not None:
        careful = read_with(text, careful_events)
        assert careful is not None, "only the careful one may refuse, and it would have"
        assert seen(quick) == seen(careful)


@pytest.mark.parametrize(
    "text", ["a: &x b", "a: *x", "a: !!str b", "%YAML 1.1\n---\na: b", "a: b\u2028c", "a: [", "a: 1\na: 2"]
)
def test_what_is_refused_is_refused_in_the_words_of_the_careful_parser(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        try:
            return repr(seen(read_yaml(text, "a.yaml")))
        except DefinitionError as error:
            return f"{error.text()} {error.findings}"

    both = told()

    def never(_: str) -> object:
        raise NotQuickError

    monkeypatch.setattr(yaml_reader, "quick_events", never)
    assert told() == both


def test_without_libyaml_everything_is_read_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert read_with("a: b", quick_events) is None
    assert read_yaml("a: b", "a.yaml").value == {"a": "b"}
    assert re.compile(yaml_events._SPECIAL).search("a: b") is None
