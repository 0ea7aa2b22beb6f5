"""The files that the architecture tests look at."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "engine"


@functools.cache
def modules(folder: Path = ENGINE) -> tuple[Path, ...]:
    """Every Python file under a folder."""
    return tuple(sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts))


@functools.cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, line: int = 0) -> str:
    """The file, and line, as it is shown in a failure."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name


def module_name(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Every import of a module: the dotted name, the line, and whether it stands at the top (also TYPE_CHECKING)."""
    for node in ast.walk(tree(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from ((name, node.lineno, node.col_offset == 0 or _in_type_checking(path, node)) for name in names)


def _in_type_checking(path: Path, node: ast.AST) -> bool:
    blocks = (
        part for part in tree(path).body if isinstance(part, ast.If) and "TYPE_CHECKING" in ast.unparse(part.test)
    )
    return any(node in ast.walk(block) for block in blocks)


def identifiers(path: Path) -> Iterator[tuple[str, int]]:
    """Every name that a module makes up: functions, classes, arguments, variables, attributes, the module itself."""
    yield path.stem, 1
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno


def kept_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: kept by git, or new and not ignored."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:  # not a checkout: an unpacked archive
        skipped = {".venv", "build", "dist", "demo", "__pycache__"}
        return tuple(path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.parts))
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())
