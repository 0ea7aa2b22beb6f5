"""YAML 1.2 without its surprises, and the place of every value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import DefinitionError
from engine.definitions.files.places import Place
from engine.definitions.reading.yaml_reader import read_yaml

SCALARS: list[tuple[str, object]] = [
    ("no", "no"),
    ("on", "on"),
    ("yes", "yes"),
    ("12:30", "12:30"),
    ("true", True),
    ("False", False),
    ("12", 12),
    ("-3", -3),
    ("012", "012"),
    ("0o17", "0o17"),
    ("0x1F", "0x1F"),
    ("1_000", "1_000"),
    ("1e3", "1e3"),
    ("2.50", 2.5),
    (".5", ".5"),
    (".inf", ".inf"),
    ("01FP00", "01FP00"),
    ("2026-08-01", date(2026, 8, 1)),
    ("'2026-08-01'", "2026-08-01"),
    ('"12"', "12"),
    ("2026-08-01 10:00", datetime(2026, 8, 1, 8, 0, tzinfo=UTC)),
    ("2026-12-01 10:00", datetime(2026, 12, 1, 9, 0, tzinfo=UTC)),
    ("2026-8-1", "2026-8-1"),
    ("a: b".replace(": ", ":"), "a:b"),
    ("=", "="),
    ("<<", "<<"),
]


@pytest.mark.parametrize(("written", "meant"), SCALARS)
def test_an_unquoted_word_means_what_it_looks_like(written: str, meant: object) -> None:
    value = read_yaml(f"x: {written}\n", "f.yaml").value
    assert value == {"x": meant}
    assert type(value["x"]) is type(meant)  # type: ignore[index]


def test_all_mistakes_of_a_file_are_told_together() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_yaml("a: 1\na: 2\nb:\nc: &x 1\nd: !t 2\ne: 2026-02-31\n", "f.yaml")
    assert [finding.where for finding in caught.value.findings] == [
        "f.yaml:2:1",
        "f.yaml:3:1",
        "f.yaml:4:4",
        "f.yaml:5:4",
        "f.yaml:6:4",
    ]


def test_deep_nesting_is_refused_and_does_not_exhaust_the_program() -> None:
    with pytest.raises(DefinitionError, match="te diep genest"):
        read_yaml("x: " + "[" * 60 + "]" * 60, "f.yaml")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(DefinitionError, match="leeg"):
        read_yaml("# alleen een opmerking\n", "f.yaml")


words = st.text("abcdefgh", min_size=1, max_size=4)
trees = st.recursive(
    st.integers(0, 99) | words,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(words, inner, min_size=1, max_size=3),
    max_leaves=12,
)


def write(tree: Any, indent: int = 0) -> str:
    pad = " " * indent
    if isinstance(tree, dict):
        return "".join(f"{pad}{key}:{lead(part)}{write(part, indent + 2)}" for key, part in tree.items())
    if isinstance(tree, list):
        return "".join(f"{pad}-{lead(part)}{write(part, indent + 2)}" for part in tree)
    return f"{tree}\n"


def lead(part: Any) -> str:
    return "\n" if isinstance(part, dict | list) else " "


def leaves(tree: Any, place: Place) -> list[tuple[Place, object]]:
    if isinstance(tree, dict):
        return [leaf for key, part in tree.items() for leaf in leaves(part, place / key)]
    if isinstance(tree, list):
        return [leaf for number, part in enumerate(tree) for leaf in leaves(part, place / number)]
    return [(place, tree)]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(words, trees, min_size=1, max_size=4))
def test_every_value_comes_back_and_knows_its_place(tree: dict[str, Any]) -> None:
    text = write(tree)
    document = read_yaml(text, "f.yaml")
    assert document.value == tree
    lines = text.splitlines()
    for place, leaf in leaves(tree, document.top):
        _, line, column = place.where.split(":")
        assert lines[int(line) - 1][int(column) - 1 :] == str(leaf)
