"""The shape of the code: layers, sizes, cycles, names. Each rule says why it is there."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ENGINE, ROOT, identifiers, imports, module_name, modules, place, tree

LONGEST_FILE, LONG_FILE, LONGEST_FUNCTION = 400, 250, 50
# A file may pass 250 lines only with a reason, so that it stays a choice.
LONG_FILES = {
    "engine/core/language/facts.py": "what a fact is: one declaration with all that it may say",
    "engine/rehearsal/player.py": "one year played; the order of what happens is the whole of it",
}
BANNED = frozenset(
    """
    manager service services helper helpers util utils common misc base processor data info
    """.split()  # noqa: SIM905
)
# Names that a library calls by.
CALLED_BY_OTHERS = frozenset({"handle_data", "data"})


def lint_layers(root: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the engine under this folder."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_layers_point_down() -> None:
    """Why: who reads a decision must not have to read the store; who changes the store must not change decisions."""
    run = lint_layers(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


STRAYS = {
    "stray_layer.py": "",
    "core/stray_room.py": "",
    "definitions/stray_reader.py": "",
    "cli/stray_page.py": "",
    "core/language/looks_up.py": "import engine.core.deciding.case",
    "core/legal_clock/looks_aside.py": "import engine.core.language.facts",
}


def test_a_module_without_a_place_or_that_looks_up_fails(tmp_path: Path) -> None:
    """Why: an order that names a third of the modules lets the next one in beside it (F-74)."""
    shutil.copytree(ENGINE, tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, text in STRAYS.items():
        (tmp_path / "engine" / module).write_text(f'"""Planted."""\n{text}\n', encoding="utf-8")
    run = lint_layers(tmp_path)
    assert run.returncode != 0
    unseen = [module for module in STRAYS if Path(module).stem not in run.stdout + run.stderr]
    assert not unseen, run.stdout


def test_no_cycles_also_not_for_types() -> None:
    """Why: modules in a circle can only be understood, moved and tested together."""
    names = {module_name(path): path for path in modules()}
    edges = {
        name: {found for found, _, at_top in imports(path) if at_top and found in names and found != name}
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for below in sorted(edges[name]):
                visit(below, (*trail, name))
            done.add(name)

    for name in sorted(names):
        visit(name, ())


@pytest.mark.parametrize("path", modules(), ids=place)
def test_files_stay_readable(path: object) -> None:
    """Why: a file that grows without limit holds two things; find the second."""
    from pathlib import Path

    assert isinstance(path, Path)
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST_FILE, f"{length} regels"
    if length > LONG_FILE:
        assert place(path) in LONG_FILES, f"{length} regels: splits, of zeg in LONG_FILES waarom niet"


def test_the_list_of_long_files_is_kept() -> None:
    """Why: an exception that is not needed any more hides the next one."""
    long = {place(path) for path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > LONG_FILE}
    assert set(LONG_FILES) <= long


def test_functions_stay_short() -> None:
    """Why: what fits on a screen can be checked by reading."""
    long = [
        f"{place(path, node.lineno)} {node.name}: {(node.end_lineno or 0) - node.lineno + 1}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_most_functions_are_very_short() -> None:
    """Why: small steps with a name need no comment."""
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[len(lengths) // 2] <= 10


def test_a_class_name_has_one_meaning() -> None:
    """Why: who reads `Situation` must not have to ask which of two (F-75)."""
    places: dict[str, list[str]] = {}
    for path in modules():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), []).append(place(path, node.lineno))
    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_words_that_were_replaced_do_not_come_back() -> None:
    """Why: two words for one idea make a reader look for the difference (docs/woordenlijst.md)."""
    page = (ROOT / "docs" / "woordenlijst.md").read_text(encoding="utf-8").partition("## Niet meer")[2]
    gone = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert gone
    back = [
        f"{place(path, line)} {name}"
        for path in modules()
        for name, line in identifiers(path)
        if set(gone) & set(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower().split("_"))
    ]
    assert not back, "\n".join(back)


def test_no_names_that_say_nothing() -> None:
    """Why: a manager of common data can hold everything, and will."""
    banned = [
        f"{place(path, line)} {name}"
        for path in modules()
        for name, line in identifiers(path)
        if name not in CALLED_BY_OTHERS and BANNED & set(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower().split("_"))
    ]
    assert not banned, "\n".join(banned)


def test_yes_or_no_reads_as_a_question() -> None:
    """Why: `if case.is_closed` can only mean one thing."""
    wrong = [
        f"{place(path, node.lineno)} {node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) == "bool"
        and any(ast.unparse(one) == "property" for one in node.decorator_list)
        and not re.match(r"(is|has|may|can|needs|starts|adds|gives)_", node.name)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_and_public_name_says_what_it_promises() -> None:
    """Why: a caller reads the promise, not the code."""
    silent = []
    for path in modules():
        if not path.read_text(encoding="utf-8").strip():
            continue
        if ast.get_docstring(tree(path)) is None:
            silent.append(place(path))
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                silent += [] if ast.get_docstring(node) else [f"{place(path, node.lineno)} {node.name}"]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("name", ["engine.core", "engine.cli.main"])
def test_the_parts_can_be_found(name: str) -> None:
    """Why: the rules above would pass over an empty folder."""
    assert importlib.util.find_spec(name) is not None
    assert len(modules()) > 150
