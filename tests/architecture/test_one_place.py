"""What may stand in one place only: where a question is made, where SQL is written, and what makes SQL that writes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ENGINE, modules, place

STORE = ENGINE / "store"
_SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT\s+(OR \w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b"
    r"|\bCREATE\s+(TABLE|INDEX)\b|\bPRAGMA\b|\bBEGIN IMMEDIATE\b",
    re.DOTALL | re.IGNORECASE,
)
_WRITES = re.compile(
    r"\b(INSERT|REPLACE)\s+(OR \w+\s+)?INTO\b|\bUPDATE\s+\S+\s+SET\b|\bDELETE\s+FROM\b|\bFOR\s+UPDATE\b|\bTRUNCATE\b",
    re.IGNORECASE,
)


def calls_of(name: str, source: str) -> list[int]:
    """The lines on which `name` is called."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [node.lineno for node in found if isinstance(node.func, ast.Name) and node.func.id == name]


def sql_in(source: str, kind: re.Pattern[str] = _SQL) -> list[int]:
    """The lines on which SQL begins, in any text that is no docstring; also when it is put together from parts."""
    parsed = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(parsed) if isinstance(node, ast.Expr)}
    return [line for line, text in _texts(parsed, docstrings) if kind.search(text)]


def _texts(parsed: ast.Module, passed_over: set[int]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parsed):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "?" for part in node.values)
            yield node.lineno, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node.lineno, node.value


@pytest.mark.long
def test_a_question_is_made_in_one_place_so_that_nobody_judges_another_situation() -> None:
    home = ENGINE / "core" / "deciding" / "question.py"
    made = [place(path, line) for path in modules() for line in calls_of("Question", path.read_text(encoding="utf-8"))]
    assert [where.partition(":")[0] for where in made] == [place(home)], made


def test_a_question_made_by_hand_would_be_seen() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert calls_of("Question", f"{source}\nsituation = look(Question(case=case))\n") != []


@pytest.mark.long
def test_sql_is_written_in_the_store_and_nowhere_else() -> None:
    elsewhere = (path for path in modules() if STORE not in path.parents)
    found = [place(path, line) for path in elsewhere for line in sql_in(path.read_text(encoding="utf-8"))]
    assert found == [], "geef de vraag een naam in engine/store"


def test_the_store_itself_is_full_of_it() -> None:
    found = [path for path in modules() if STORE in path.parents and sql_in(path.read_text(encoding="utf-8"))]
    assert len(found) >= 3, "the search finds nothing where there is something"


@pytest.mark.parametrize(
    "planted",
    [
        'rows = readings.rows("SELECT key FROM letters")',
        'sql = f"""\n    select {columns}\n    from cases c\n"""',
        'tx.run("UPDATE cases SET " + "owner = 1")',
        'work = ("DELETE FROM" " meta")',
        'other.execute("BEGIN IMMEDIATE")',
    ],
)
def test_sql_planted_in_a_command_would_be_seen(planted: str) -> None:
    source = (ENGINE / "cli" / "commands" / "cases.py").read_text(encoding="utf-8")
    assert sql_in(source) == []
    assert sql_in(f"{source}\n{planted}\n") != []


@pytest.mark.long
def test_what_writes_is_made_by_core_from_the_tables() -> None:
    """Why: a column that is renamed then breaks where the statement is made, and both databases are served by it."""
    by_hand = [
        place(path, line)
        for path in modules()
        if STORE / "migrations" not in path.parents
        for line in sql_in(path.read_text(encoding="utf-8"), _WRITES)
    ]
    assert by_hand == [], "maak er een opdracht van met Link.add, Link.change of een Statement van de tabellen"


@pytest.mark.parametrize(
    "planted",
    [
        'link.run("UPDATE cases SET owner = 1")',
        'link.run(f"update {table} set owner = 1")',
        '_ADD = """\n    INSERT INTO meta (key) VALUES (:key)"""',
        'rows(sql + " FOR UPDATE SKIP LOCKED")',
        'work = ("DELETE FROM" " meta")',
    ],
)
def test_a_statement_that_writes_by_hand_would_be_seen(planted: str) -> None:
    source = (STORE / "cases.py").read_text(encoding="utf-8")
    assert sql_in(f"{source}\n{planted}\n", _WRITES) != []
