"""The worked-out rows of the dossier: each stands in a rule test or story of the real content, with its own values."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
LIST = ROOT / "docs" / "vectoren.yaml"
Row = dict[str, Any]


@cache
def loaded(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


ROWS: tuple[Row, ...] = tuple(loaded(LIST)["rows"])


def said(value: object) -> str:
    """A value as the content writes it, so that 2026-11-23 is the same from either file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def leaves(part: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Each value with the nearest name above it."""
    if isinstance(part, dict):
        for name, one in part.items():
            yield from leaves(one, str(name))
    elif isinstance(part, list):
        for one in part:
            yield from leaves(one, key)
    else:
        yield key, said(part)


def given_to(part: object, groups: dict[str, Any]) -> Iterator[object]:
    """What a test or story is given, itself or by a group of facts: all of it but what it expects."""
    if isinstance(part, dict):
        for name, one in part.items():
            if name not in ("expect", "refused"):
                yield from given_to([groups[group] for group in one] if name == "with" else one, groups)
    elif isinstance(part, list):
        for one in part:
            yield from given_to(one, groups)
    else:
        yield part


def expected_of(part: object) -> Iterator[tuple[str, str]]:
    """What a test or story expects, and that an act is refused."""
    if isinstance(part, dict):
        for name, one in part.items():
            if name in ("expect", "refused"):
                yield from leaves({name: one})
            else:
                yield from expected_of(one)
    elif isinstance(part, list):
        for one in part:
            yield from expected_of(one)


def lacking_in_rules(row: Row, file: dict[str, Any]) -> list[str]:
    named = [one for one in (*file.get("tests", ()), *file.get("stories", ())) if one["name"] == row["test"]]
    if not named:
        return [f"no rule test or story is named {row['test']!r}"]
    given = {said(one) for one in given_to(named[0], file.get("groups", {}))}
    expected = set(expected_of(named[0]))
    return [f"{one} is not given" for one in map(said, row["given"]) if one not in given] + [
        f"{key}: {one} is not expected" for key, one in leaves(row["expects"]) if (key, one) not in expected
    ]


def lacking_in_python(row: Row, source: str) -> list[str]:
    """The row stands in one line of the test: its values beside each other in a case, or in its body."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == row["test"]:
            parts = [*node.decorator_list, *node.body]
            texts = {one.value for part in parts for one in ast.walk(part) if isinstance(one, ast.Constant)}
            cases = [
                {one.value for one in ast.walk(case) if isinstance(one, ast.Constant)}
                for part in node.decorator_list
                for case in ast.walk(part)
                if isinstance(case, ast.Tuple)
            ]
            wanted = set(map(said, (*row["given"], *row["expects"])))
            where = cases or [texts]
            return [] if any(wanted <= one for one in where) else [f"{sorted(wanted)} do not stand there together"]
    return [f"no test is named {row['test']!r}"]


def lacking_in_table(row: Row, path: Path) -> list[str]:
    found = {one["number"]: one for one in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    one = found.get(str(row["test"]), {})
    same = [one.get("start"), one.get("last_day")] == [said(row["given"][0]), said(row["expects"][0])]
    return [] if same else [f"row {row['test']} of the table has other days"]


def lacking(row: Row) -> list[str]:
    path = ROOT / row["held_by"]
    if not path.is_file():
        return [f"{row['held_by']} is not there"]
    if path.suffix == ".py":
        return lacking_in_python(row, path.read_text(encoding="utf-8"))
    return lacking_in_table(row, path) if path.suffix == ".csv" else lacking_in_rules(row, loaded(path))


@pytest.mark.long
def test_every_row_stands_in_the_test_that_it_names() -> None:
    assert {f"{row['at']}, {row['says']}": found for row in ROWS if (found := lacking(row))} == {}


def test_the_whole_table_of_terms_is_there() -> None:
    numbers = {int(found[1]) for row in ROWS if (found := re.fullmatch(r"4\.4 rij (\d+)", row["at"]))}
    assert numbers == set(range(1, 42))


def test_no_row_expects_nothing() -> None:
    assert [row["at"] for row in ROWS if not row["expects"]] == []


def test_only_a_row_that_no_story_can_reach_is_held_elsewhere_and_says_why() -> None:
    assert [row["at"] for row in ROWS if ("because" in row) == row["held_by"].startswith("rules/")] == []


HELD: Row = next(row for row in ROWS if row["at"] == "5.7")
PLAIN: Row = next(row for row in ROWS if row["held_by"].endswith(".py"))
TABLE: Row = next(row for row in ROWS if row["held_by"].endswith(".csv"))


@pytest.mark.parametrize(
    "change",
    [
        {"expects": {"opdc_hoogstens": "2027-09-01"}},
        {"expects": {"opdc_toelaten": "2027-08-31"}},
        {"given": ["2025-09-02"]},
        {"test": "Een verhaal dat er niet meer is"},
        {"held_by": "rules/almere/opdc/tests/weg.yaml"},
    ],
    ids=["expects-a-day-later", "expects-it-of-another-term", "starts-a-day-later", "other-name", "other-file"],
)
def test_a_test_that_goes_and_a_day_that_moves_are_both_seen(change: Row) -> None:
    assert lacking(HELD) == []
    assert lacking({**HELD, **change}) != []


@pytest.mark.parametrize("row", [PLAIN, TABLE], ids=["python", "table"])
def test_so_are_they_where_a_row_is_held_elsewhere(row: Row) -> None:
    assert lacking(row) == []
    assert lacking({**row, "test": "test_gone"}) != []
    assert lacking({**row, "expects": ["2030-01-01"]}) != []
