"""What may be touched where: the core nothing, the clock only by the clock, the screen only by the command line."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

from tests.architecture.source import ENGINE, imports, modules, place, tree

CORE = ENGINE / "core"
# What the core may know of the library: values, types and arithmetic.
ALLOWED_IN_CORE = frozenset(
    """
    __future__ ast builtins collections dataclasses datetime decimal difflib enum fractions functools
    hashlib itertools json math operator re string textwrap transitions types typing zoneinfo engine bisect calendar
    """.split()  # noqa: SIM905
)
TIME_READERS = frozenset({"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"})


def test_the_core_reaches_nothing_outside() -> None:
    """Why: values in, values out; then a decision can be repeated, replayed and tested without a world."""
    wrong = [
        f"{place(path, line)} {name}"
        for path in modules(CORE)
        for name, line, _ in imports(path)
        if name.split(".")[0] not in ALLOWED_IN_CORE
        or (name.startswith("engine.") and not name.startswith("engine.core"))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_core_calls_nothing_that_reads_or_writes() -> None:
    """Why: `open` and `print` need no import."""
    calls = [
        f"{place(path, node.lineno)} {node.func.id}"
        for path in modules(CORE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}
    ]
    assert not calls, "\n".join(calls)


def test_only_the_clock_reads_the_time() -> None:
    """Why: a command has one moment; a rehearsal has its own; a test sets it."""
    readers = [
        place(path, node.lineno)
        for path in modules()
        if path != ENGINE / "clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in TIME_READERS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ]
    assert not readers, "\n".join(readers)


def test_only_the_command_line_speaks_and_ends_the_program() -> None:
    """Why: an error becomes words and an exit code in one place."""
    speakers = [
        f"{place(path, node.lineno)}"
        for path in modules()
        if not path.is_relative_to(ENGINE / "cli")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "sys.exit", "exit", "click.echo"}
    ]
    assert [one for one in speakers if not one.startswith("engine/crosscheck/child.py")] == []


def test_no_code_is_run_from_content() -> None:
    """Why: a process owner writes rules, never programs. The compiled form is made from a checked tree."""
    wrong = [
        place(path, node.lineno)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"eval", "exec", "pickle.loads", "pickle.load", "yaml.load", "os.system"}
    ]
    assert [one for one in wrong if not one.startswith("engine/core/evaluation/syntax.py")] == []


def test_everything_raised_is_in_the_tree_of_errors() -> None:
    """Why: what is not in the tree has no exit code and no next step."""
    names = {"EngineError", "DefinitionError", "UsageError", "CaseError", "StoreError", "LetterError"}
    internal = {"TypeError", "ValueError", "AssertionError", "KeyError", "NotImplementedError", "RuntimeError"}
    wrong = [
        f"{place(path, node.lineno)} {raised}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        for raised in (ast.unparse(node.exc.func),)
        if raised[0].isupper() and raised not in names | internal and not _is_private_error(path, raised)
    ]
    assert not wrong, "\n".join(wrong)


def _is_private_error(path: Path, name: str) -> bool:
    """An exception of the engine itself that never reaches a person."""
    return any(isinstance(node, ast.ClassDef) and node.name == name for one in modules() for node in tree(one).body)


def test_comments_are_few_and_say_why() -> None:
    """Why: 2 to 7 lines in a hundred give a reason, a limit or a trap; more repeats the code."""
    comments = lines = 0
    for path in modules():
        text = path.read_text(encoding="utf-8")
        lines += sum(1 for line in text.splitlines() if line.strip())
        found = tokenize.generate_tokens(io.StringIO(text).readline)
        comments += sum(1 for token in found if token.type == tokenize.COMMENT)
    assert comments / lines < 0.07
