"""Mutation testing of a change: breaks each line it touches a little, and asks whether a test notices.

`make mutants` (or `python -m tools.mutants --base REV --seconds N`) takes the lines of `engine/` that differ from
REV, makes of each expression on them one wrong variant at a time, and runs the tests of that room in a copy of the
tree. A variant that no test notices is a survivor and is listed: a test that is missing, or a line that does nothing.
It is a lamp, not a gate: it always exits 0. The order is a fixed shuffle, so that a run that is cut off by the clock
has looked everywhere a little, and the same run twice says the same.
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[1]
ONE_RUN_SECONDS = 120
# The tests that know a room best come first; what they let through is shown to the whole inner loop of that room.
TESTS_OF = {
    "core": ("tests/core",),
    "definitions": ("tests/definitions", "tests/proofs"),
    "proofs": ("tests/proofs",),
    "crosscheck": ("tests/crosscheck",),
    "store": ("tests/store", "tests/usecases"),
    "exchange": ("tests/exchange", "tests/usecases"),
    "letters": ("tests/letters",),
    "reports": ("tests/reports", "tests/scenarios"),
    "usecases": ("tests/usecases", "tests/scenarios", "tests/cli"),
    "rehearsal": ("tests/rehearsal", "tests/scenarios"),
    "views": ("tests/cli",),
    "words": ("tests/cli",),
    "cli": ("tests/cli",),
}
EVERYWHERE = ("tests/core", "tests/usecases", "tests/scenarios", "tests/cli")
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One wrong variant of one file: the whole text, and in words what was changed where."""

    path: str
    line: int
    change: str
    text: str


def changed_lines(base: str) -> dict[str, set[int]]:
    """The lines of engine/ that were added or changed since `base`, by file; 1-based, as they stand now."""
    asked = ["git", "diff", "--unified=0", "--no-color", base, "--", "engine"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    found: dict[str, set[int]] = {}
    path = ""
    for line in told.splitlines():
        if line.startswith("+++ "):
            path = line.removeprefix("+++ b/")
        hunk = re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line)
        if hunk and path.endswith(".py"):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            found.setdefault(path, set()).update(range(first, first + count))
    return found


def mutants_of(path: str, text: str, lines: set[int]) -> Iterator[Mutant]:
    """Every wrong variant of the file that differs on one of these lines."""
    tree = ast.parse(text)
    # Annotations and docstrings change nothing a test could see.
    quiet = {id(part) for node in ast.walk(tree) for part in _unseen(node)}
    nodes = [node for node in ast.walk(tree) if getattr(node, "lineno", 0) in lines and id(node) not in quiet]
    for node in nodes:
        for change, swap in _swaps(node):
            mutated = copy.deepcopy(tree)
            twin = _twin(tree, mutated, node)
            swap(twin)
            # A variant that reads the same, or does not parse, is none.
            try:
                wrong = ast.unparse(ast.fix_missing_locations(mutated))
            except (ValueError, AttributeError):
                continue
            yield Mutant(path=path, line=getattr(node, "lineno", 0), change=change, text=wrong)


def _unseen(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
        yield from ast.walk(node.annotation)
    if isinstance(node, ast.FunctionDef) and node.returns is not None:
        yield from ast.walk(node.returns)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value


def _twin(tree: ast.AST, mutated: ast.AST, node: ast.AST) -> ast.AST:
    return next(other for one, other in zip(ast.walk(tree), ast.walk(mutated), strict=True) if one is node)


def _swaps(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """What can be made wrong about this node: in words, and how."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        other = _COMPARISONS[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} -> {other.__name__}", lambda twin: twin.ops.__setitem__(0, other())  # type: ignore[attr-defined]
    elif isinstance(node, ast.BoolOp):
        kind = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} -> {kind.__name__}", lambda twin: setattr(twin, "op", kind())
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        sign = _ARITHMETIC[type(node.op)]
        yield f"{type(node.op).__name__} -> {sign.__name__}", lambda twin: setattr(twin, "op", sign())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not x -> x", lambda twin: setattr(twin, "operand", ast.UnaryOp(ast.Not(), twin.operand))  # type: ignore[attr-defined]
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition turned round", lambda twin: setattr(twin, "test", ast.UnaryOp(ast.Not(), twin.test))  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} -> {not node.value}", lambda twin: setattr(twin, "value", not twin.value)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} -> {node.value + 1}", lambda twin: setattr(twin, "value", twin.value + 1)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield "return nothing", lambda twin: setattr(twin, "value", ast.Constant(None))


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def folders_for(path: str) -> tuple[str, ...]:
    """The test folders that should notice a change in this file, the nearest first."""
    room = Path(path).parts[1]
    wanted = (*TESTS_OF.get(room, ()), *(EVERYWHERE if room not in TESTS_OF else ()))
    return tuple(folder for folder in wanted if (ROOT / folder).is_dir())


def is_noticed(mutant: Mutant, tree: Path) -> bool:
    """Whether a test fails in this copy of the tree when the mutant stands in it. A hang counts as noticed."""
    target = tree / mutant.path
    right = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    try:
        return not passes(folders_for(mutant.path), tree)
    finally:
        target.write_text(right, encoding="utf-8")


def passes(folders: tuple[str, ...], tree: Path) -> bool:
    """Whether all quick tests of these folders pass in this copy of the tree, in time."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not slow", *folders]
    environ = _without_install(tree)
    try:
        run = subprocess.run(command, cwd=tree, capture_output=True, timeout=ONE_RUN_SECONDS, check=False, env=environ)
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def _without_install(tree: Path) -> dict[str, str]:
    """The environment in which `engine` is the copy's, not the one that was installed."""
    return os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}


def hunt(base: str, seconds: float, workers: int) -> tuple[int, int, list[Mutant]]:
    """(tried, made, survivors) for the change since `base`, within about so many seconds."""
    made = [
        mutant
        for path, lines in changed_lines(base).items()
        for mutant in mutants_of(path, (ROOT / path).read_text(encoding="utf-8"), lines)
    ]
    random.Random(0).shuffle(made)
    end, survivors, tried = time.monotonic() + seconds, [], 0
    with tempfile.TemporaryDirectory() as folder:
        trees: Queue[Path] = Queue()
        for number in range(workers):
            trees.put(_copy_tree(Path(folder) / str(number)))
        made = [mutant for mutant in made if _is_green(folders_for(mutant.path), trees.queue[0])]

        def try_one(mutant: Mutant) -> bool | None:
            if time.monotonic() > end:
                return None
            tree = trees.get()
            try:
                return is_noticed(mutant, tree)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(workers) as pool:
            for mutant, noticed in zip(made, pool.map(try_one, made), strict=True):
                tried += noticed is not None
                if noticed is False:
                    survivors.append(mutant)
                    print(f"overleeft: {mutant.path}:{mutant.line}: {mutant.change}", flush=True)
    return tried, len(made), survivors


@functools.cache
def _is_green(folders: tuple[str, ...], tree: Path) -> bool:
    """Whether the tests pass when nothing is wrong; else they would seem to notice everything."""
    is_green = passes(folders, tree)
    if not is_green:
        print(f"overgeslagen: {', '.join(folders)}: deze tests falen ook zonder mutant")
    return is_green


def _copy_tree(target: Path) -> Path:
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, kept.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def main() -> None:
    """Hunt, and say what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="HEAD~1")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    tried, made, survivors = hunt(asked.base, asked.seconds, asked.workers)
    print(f"{made} mutanten van de regels sinds {asked.base}; {tried} geprobeerd, {len(survivors)} overleven.")


if __name__ == "__main__":
    main()
