"""Nothing stands in the engine that only a test uses: it would be kept right, and serve nobody."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from tests.architecture.source import modules, place, tree

# Methods that a library calls, by the class of the library that is filled in.
CALLED_BY_LIBRARIES = frozenset(
    {"StringParamType", "HTMLParser", "Group", "TypeDecorator", "BoundLogger", "NodeVisitor"}
)
# What is kept for another reason; each must still be needed.
KEPT: Mapping[str, str] = {
    "format_field": "the formatter of the standard library calls it for every gap it fills",
}


def unused(trees: Mapping[str, ast.Module]) -> list[str]:
    """Functions, classes and methods that no other line of these modules names."""
    words = Counter(word for module in trees.values() for word in _words(module))
    found = []
    for name, module in trees.items():
        for node in _declared(module) if "/migrations/" not in name else ():  # Alembic calls those by their name
            if not words[node.name]:
                found.append(f"{name}:{node.lineno} {node.name}")
    return found


def _words(module: ast.Module) -> Iterable[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.name
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and re.match(r"engine\.[\w.]+:", node.value)
        ):
            yield node.value.rpartition(":")[2]  # a command, named in the table of commands


def _declared(module: ast.Module) -> Iterable[ast.FunctionDef | ast.ClassDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            yield node
        if isinstance(node, ast.ClassDef):
            yield node
            if not {ast.unparse(one).rpartition(".")[2].partition("[")[0] for one in node.bases} & CALLED_BY_LIBRARIES:
                yield from (
                    part for part in node.body if isinstance(part, ast.FunctionDef) and not part.name.startswith("__")
                )


def _engine() -> dict[str, ast.Module]:
    return {place(path): tree(path) for path in modules()}


def test_nothing_is_only_used_by_tests() -> None:
    """Why: dead code is read, moved and mended like the rest, and misleads who looks for the place of a meaning."""
    dead = [one for one in unused(_engine()) if one.rpartition(" ")[2] not in KEPT]
    assert not dead, "\n".join(dead)


def test_what_is_kept_is_still_there_and_still_unused() -> None:
    """Why: an exception that is not needed any more hides the next one."""
    assert {one.rpartition(" ")[2] for one in unused(_engine())} >= set(KEPT)


def test_a_function_that_nobody_names_is_seen() -> None:
    """Why: a guard that cannot bite is none."""
    planted = "def used(): ...\ndef forgotten(): ...\nclass Kind:\n    def lost(self): used()\nKind()"
    assert [one.rpartition(" ")[2] for one in unused({"planted.py": ast.parse(planted)})] == ["forgotten", "lost"]
