"""What a library says of its own trouble is English and may change with its version: a person reads our words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path("engine")
SAYS = {"args", "diagnostic", "message", "msg", "reason", "strerror"}
OURS = {"CaseError", "DefinitionError", "EngineError", "LetterError", "OvertakenError", "Refused", "StoreError"}
# Where it is handed on all the same, and why. The list only grows shorter.
HANDED_ON = {
    "engine/crosscheck/child.py": "one process to another",
    "engine/crosscheck/partner.py": "for who looks after the second evaluator",
    "engine/definitions/reading/part_checks.py": "what is wrong with a regular expression, for who wrote it",
    "engine/letters/filling.py": "what a filter of ours says of a value",
    "engine/letters/language.py": "what is wrong with code in a letter text, for who wrote it",
    "engine/settings.py": "only the number of the line is read from it",
    "engine/store/quick.py": "only looked at: is a table missing?",
    "engine/store/upgrading.py": "what the database says of itself, for who looks after it",
}


def handed_on(tree: ast.Module) -> Iterator[int]:
    """The lines where the text of a caught error that is not ours is used."""
    for handler in (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)):
        kinds = {node.id for node in ast.walk(handler.type or ast.Tuple()) if isinstance(node, ast.Name)}
        if handler.name and not kinds <= OURS:
            for part in handler.body:
                yield from (node.lineno for node in ast.walk(part) if _says(node, handler.name))


def _says(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.FormattedValue):
        return _is(node.value, name)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {"str", "repr"} and any(_is(one, name) for one in node.args)
    return isinstance(node, ast.Attribute) and node.attr in SAYS and _is(node.value, name)


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


@pytest.mark.long
def test_the_text_of_a_library_is_not_what_a_person_reads() -> None:
    found = {str(path) for path in ENGINE.rglob("*.py") if any(handed_on(ast.parse(path.read_text("utf-8"))))}
    assert found == set(HANDED_ON)


def test_the_search_finds_each_way_of_handing_on() -> None:
    ways = ("f'{error}'", "str(error)", "error.strerror", "error.message")
    for way in ways:
        planted = f"try:\n    f()\nexcept (OSError, EngineError) as error:\n    raise Wrong({way}) from error\n"
        assert list(handed_on(ast.parse(planted))) == [4], way
    own = "try:\n    f()\nexcept EngineError as error:\n    g(str(error))\n"
    assert list(handed_on(ast.parse(own))) == []
