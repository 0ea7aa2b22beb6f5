"""A ledger is read in one room, and late gets its meaning in the core: everybody else asks."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import ENGINE, imports, module_name, modules, place

CLOCK = ENGINE / "core" / "legal_clock"


def ledgers_followed(source: str) -> list[int]:
    """The lines on which somebody goes through the entries of a ledger: a loop over it, or a place in it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.For | ast.comprehension):
            found += [one.lineno for one in ast.walk(node.iter) if _is_ledger(one)]
        elif isinstance(node, ast.Subscript) and _is_ledger(node.value):
            found.append(node.lineno)
    return found


def _is_ledger(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "ledger"


def _without_arguments(source: str) -> str:
    """The source with what is given to a function taken out: its answer may be gone through, unlike `enumerate`."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in ("enumerate", "reversed", "list", "zip"):
            node.args, node.keywords = [], []
    return ast.unparse(tree)


@pytest.mark.long
def test_nobody_outside_the_legal_clock_goes_through_a_ledger() -> None:
    sources = ((path, path.read_text(encoding="utf-8")) for path in modules() if CLOCK not in path.parents)
    found = [place(path) for path, source in sources if ledgers_followed(_without_arguments(source))]
    assert not found, f"ask legal_clock.runs, legal_clock.ledger_lines or deciding.lateness: {found}"


def test_a_ledger_followed_by_hand_would_be_seen() -> None:
    by_hand = "stops = [entry for number, entry in enumerate(clock.ledger) if isinstance(entry, Stopped)]"
    for source in (by_hand, "last = clock.ledger[-1]", "for entry in clock.ledger:\n    pass"):
        assert ledgers_followed(_without_arguments(source)), source
    assert not ledgers_followed(_without_arguments("lines = [line for line in tell_ledger(clock.ledger)]"))


def importers(*names: str) -> set[str]:
    """The modules that import one of these names."""
    return {module_name(path) for path in modules() for name, _, _ in imports(path) if name.endswith(names)}


@pytest.mark.long
def test_which_entries_count_is_asked_by_the_readers_of_a_ledger_alone() -> None:
    readers = {f"engine.core.legal_clock.{name}" for name in ("runs", "ledger_lines", "recording")}
    assert importers("legal_clock.known_entries") == readers


@pytest.mark.long
def test_late_is_worked_out_in_the_core_and_asked_everywhere_else() -> None:
    working = importers(".lateness_at", ".passed_at", ".was_in_time", ".late_from")
    assert "engine.core.deciding.lateness" in working
    assert not {name for name in working if not name.startswith("engine.core.")}
