"""What may be touched where: the core nothing, the clock only by the clock, the screen only by the command line."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Mapping

import pytest

from engine.core import errors
from tests.architecture.source import ENGINE, imports, modules, place, tree

CORE = ENGINE / "core"
# What the core may know of the library: values, types, arithmetic and the table of signs.
ALLOWED_IN_CORE = frozenset(
    """
    __future__ ast builtins collections dataclasses datetime decimal difflib enum fractions functools
    hashlib heapq itertools json math operator re string textwrap transitions types typing unicodedata zoneinfo engine
    bisect calendar
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


def test_classes_of_values_are_made_the_quick_way() -> None:
    """Why: the dataclass of the standard library costs half a millisecond each, and a consultant waits for it."""
    slow = [
        place(path, node.lineno)
        for path in modules()
        if path != ENGINE / "core" / "quick_class.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "dataclasses"
        and any(one.name == "dataclass" for one in node.names)
    ]
    assert not slow, "\n".join(slow)


def test_no_code_is_run_from_content() -> None:
    """Why: a process owner writes rules, never programs. The compiled form holds no text of theirs."""
    wrong = [
        place(path, node.lineno)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"eval", "exec", "pickle.loads", "pickle.load", "yaml.load", "os.system"}
    ]
    # The first runs code made of its own names and signs; the second makes `__init__` from the names of fields.
    allowed = ("engine/core/evaluation/compiled.py", "engine/core/quick_class.py")
    assert [one for one in wrong if not one.startswith(allowed)] == []


# A mistake of the program itself: it becomes exit code 70, and says that it is one.
PROGRAM_MISTAKES = frozenset(
    {
        "TypeError",
        "ValueError",
        "AssertionError",
        "KeyError",
        "NotImplementedError",
        "RuntimeError",
        "FrozenInstanceError",
    }
)


# How a validator of a model says what is wrong: `model_check.fit` makes a finding of it, with its place.
TOLD_TO_PYDANTIC = frozenset({"PydanticCustomError"})


def wild_raises(trees: Mapping[str, ast.Module]) -> list[str]:
    """Every `raise` of something that is neither in the tree of errors nor caught in the module that defines it."""
    known = {
        name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, errors.EngineError)
    }
    # What `EngineError.placed` and `saying` give: the kind of the tree that was asked for.
    known |= {"AnError", "Self"}
    signals = {name for module in trees.values() for name in _signals(module)}
    makers = {name: _makers(module) for name, module in trees.items()}
    wrong = []
    for name, module in trees.items():
        for node in ast.walk(module):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised = ast.unparse(node.exc.func).rpartition(".")[2]
                elsewhere = {kind for made in makers.values() for kind in made.get(raised, ())}
                kinds = makers[name].get(raised) or elsewhere or {raised}
                told = TOLD_TO_PYDANTIC if name.startswith("engine/definitions/models/") else frozenset()
                if not kinds <= known | signals | PROGRAM_MISTAKES | told:
                    wrong.append(f"{name}:{node.lineno} {raised}")
    return wrong


def _makers(module: ast.Module) -> dict[str, set[str]]:
    """The functions of a module by name, each with what it says it returns."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            found.setdefault(node.name, set()).add(ast.unparse(node.returns))
    return found


def _signals(module: ast.Module) -> set[str]:
    """Exceptions that a module defines and catches itself: they never reach a person."""
    caught = {
        ast.unparse(part)
        for node in ast.walk(module)
        if isinstance(node, ast.ExceptHandler) and node.type is not None
        for part in (node.type.elts if isinstance(node.type, ast.Tuple) else [node.type])
    }
    return {node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef)} & caught


@pytest.mark.long
def test_everything_raised_is_in_the_tree_of_errors() -> None:
    """Why: what is not in the tree has no exit code and no next step."""
    wrong = wild_raises({place(path): tree(path) for path in modules()})
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "planted",
    [
        "class Wild(Exception):\n    pass\ndef act() -> None:\n    raise Wild('x')",
        "def act() -> None:\n    raise OSError('x')",
        "import click\ndef act() -> None:\n    raise click.UsageException('x')",
        "def refused() -> OSError:\n    return OSError()\ndef act() -> None:\n    raise refused()",
    ],
)
def test_a_wild_exception_is_seen(planted: str) -> None:
    """Why: this guard once let every exception pass that was defined anywhere in the engine."""
    assert wild_raises({"planted.py": ast.parse(planted)})


@pytest.mark.long
def test_comments_are_few_and_say_why() -> None:
    """Why: 2 to 7 lines in a hundred give a reason, a limit or a trap; more repeats the code."""
    comments = lines = 0
    for path in modules():
        text = path.read_text(encoding="utf-8")
        lines += sum(1 for line in text.splitlines() if line.strip())
        found = tokenize.generate_tokens(io.StringIO(text).readline)
        comments += sum(1 for token in found if token.type == tokenize.COMMENT)
    assert comments / lines < 0.07
