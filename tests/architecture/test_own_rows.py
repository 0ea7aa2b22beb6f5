"""Every half of a question asks for its own organisation: a forgotten one is slow, and lets another's lines count."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from engine.store.schema import SCHEMA

STORE = Path("engine/store")
OF_AN_ORGANISATION = {name for name, table in SCHEMA.tables.items() if "organisation" in table.c}
_INNER = re.compile(r"\([^()]*\)")
_TABLE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


def questions() -> Iterator[tuple[str, str]]:
    """The SQL texts of the store with their place; what is filled in stands as `{}`."""
    for path in sorted(STORE.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
                yield f"{path}:{node.lineno}", "".join(parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                yield f"{path}:{node.lineno}", node.value


def halves(sql: str) -> Iterator[str]:
    """The question and those inside it, each without the ones inside itself."""
    while found := _INNER.search(sql):
        if "SELECT" in found[0]:
            yield found[0]
        sql = sql[: found.start()] + sql[found.end() :]
    yield from (part for part in re.split(r"\bUNION\b", sql) if "SELECT" in part)


def unfenced(sql: str) -> list[str]:
    """The halves of a question about rows of an organisation that do not say of which."""
    asked = (half for half in halves(sql) if set(_TABLE.findall(half)) & OF_AN_ORGANISATION)
    # What is filled in may hold the condition; the tests of two organisations in one database look at those.
    return [half for half in asked if "organisation" not in half and "{" not in half]


def test_every_half_of_a_question_says_of_which_organisation() -> None:
    assert [(place, half) for place, sql in questions() for half in unfenced(sql)] == []


def test_a_half_without_its_organisation_is_found() -> None:
    inner = "NOT EXISTS (SELECT 1 FROM journal n WHERE n.case_id = l.case_id)"
    assert unfenced(f"SELECT seq FROM journal l WHERE organisation = :organisation AND {inner}")
    joined = "LEFT JOIN (SELECT case_id FROM journal WHERE case_id IS NOT NULL) j ON j.case_id = c.id"
    assert unfenced(f"SELECT c.id FROM cases c {joined} WHERE c.organisation = :organisation")
    assert not unfenced("SELECT version_num FROM alembic_version")
