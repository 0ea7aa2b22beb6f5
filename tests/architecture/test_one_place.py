"""What may stand in one place only: where a question is made."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.source import ENGINE, modules, place


def calls_of(name: str, source: str) -> list[int]:
    """The lines on which `name` is called."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [node.lineno for node in found if isinstance(node.func, ast.Name) and node.func.id == name]


def test_a_question_is_made_in_one_place_so_that_nobody_judges_another_situation() -> None:
    home = ENGINE / "core" / "deciding" / "question.py"
    made = [place(path, line) for path in modules() for line in calls_of("Question", path.read_text(encoding="utf-8"))]
    assert [where.partition(":")[0] for where in made] == [place(home)], made


def test_a_question_made_by_hand_would_be_seen() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert calls_of("Question", f"{source}\nsituation = look(Question(case=case))\n") != []
