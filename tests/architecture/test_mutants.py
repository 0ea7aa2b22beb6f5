"""The mutation tool itself: it makes wrong variants of the lines asked for, and of nothing else."""

from __future__ import annotations

import ast

from tools.mutants import folders_for, mutants_of

TEXT = '''"""A module."""


def is_late(day: int, last: int, still: bool) -> bool:
    """True after the last day."""
    if not still and day > last:
        return True
    return False
'''


def test_each_way_to_be_wrong_is_made_once() -> None:
    made = {mutant.change for mutant in mutants_of("engine/x.py", TEXT, set(range(1, 9)))}
    assert made == {
        "condition turned round",
        "And -> Or",
        "not x -> x",
        "Gt -> GtE",
        "True -> False",
        "False -> True",
        "return nothing",
    }


def test_only_the_changed_lines_are_touched() -> None:
    made = list(mutants_of("engine/x.py", TEXT, {8}))
    assert {mutant.line for mutant in made} == {8}
    for mutant in made:
        assert ast.unparse(ast.parse(mutant.text)) != ast.unparse(ast.parse(TEXT))
        assert "day > last" in mutant.text


def test_every_room_of_the_engine_has_tests_that_should_notice() -> None:
    assert all(folders_for(f"engine/{room}/x.py") for room in ("core", "store", "cli", "letters", "runtime.py"))
