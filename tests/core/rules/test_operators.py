"""One table of operators: each has every form, and no other module keeps a list of its own."""

from __future__ import annotations

import ast
from datetime import date

import pytest

from engine.core.evaluation.operators import OPERATIONS, Second, Trial, holds
from engine.core.language.conditions import Literal, Operator, Test
from engine.core.language.facts import FactType, Value
from engine.crosscheck.checks import Every, FieldCheck, Some, translate
from engine.words.of_operators import OPERATORS
from tests.architecture.source import ENGINE, modules, place, tree
from tests.core.rules.strategies import around, compile_condition, declare

# Each operator with a literal: the type of the fact, the literal, a value for which it holds, one that fails.
EXAMPLES: dict[Operator, tuple[FactType, Value, Value, Value]] = {
    Operator.IS: (FactType.CHOICE, "a", "a", "b"),
    Operator.IS_NOT: (FactType.CHOICE, "a", "b", "a"),
    Operator.IN: (FactType.CHOICE, ("a", "b"), "a", "c"),
    Operator.NOT_IN: (FactType.CHOICE, ("a", "b"), "c", "a"),
    Operator.LESS: (FactType.NUMBER, 5, 4, 5),
    Operator.AT_MOST: (FactType.NUMBER, 5, 5, 6),
    Operator.MORE: (FactType.NUMBER, 5, 6, 5),
    Operator.AT_LEAST: (FactType.NUMBER, 5, 5, 4),
    Operator.BEFORE: (FactType.DATE, date(2026, 8, 1), date(2026, 7, 31), date(2026, 8, 1)),
    Operator.ON_OR_BEFORE: (FactType.DATE, date(2026, 8, 1), date(2026, 8, 1), date(2026, 8, 2)),
    Operator.AFTER: (FactType.DATE, date(2026, 8, 1), date(2026, 8, 2), date(2026, 8, 1)),
    Operator.ON_OR_AFTER: (FactType.DATE, date(2026, 8, 1), date(2026, 8, 1), date(2026, 7, 31)),
    Operator.CONTAINS: (FactType.TEXTS, "p", ("q", "p"), ("q",)),
    Operator.CONTAINS_ALL: (FactType.TEXTS, ("p", "q"), ("q", "p", "r"), ("q",)),
    Operator.CONTAINS_ANY: (FactType.TEXTS, ("p", "q"), ("q",), ("r",)),
    Operator.SUBSET_OF: (FactType.TEXTS, ("p", "q"), ("q",), ("q", "r")),
    Operator.EMPTY: (FactType.TEXT, True, "", "x"),
    Operator.IN_LAST_SCHOOL_YEAR_OF: (FactType.DATE, date(2027, 7, 31), date(2026, 8, 1), date(2026, 7, 31)),
}


def test_every_operator_has_one_row_and_an_example_here() -> None:
    """Why: an operator is added by a row and a test; whoever forgets one of them sees it here."""
    assert set(OPERATIONS) == set(Operator) == {*EXAMPLES, Operator.KNOWN}


@pytest.mark.parametrize("operator", EXAMPLES, ids=str)
def test_every_form_of_a_row_says_the_same(operator: Operator) -> None:
    kind, literal, yes, no = EXAMPLES[operator]
    row = OPERATIONS[operator]
    assert (holds(operator, yes, literal), holds(operator, no, literal)) == (True, False)
    test = Test(fact="f", operator=operator, operand=Literal(value=literal))
    compiled = compile_condition(test)
    assert [compiled({"f": value}, around({})) for value in (yes, no)] == [True, False]
    assert compiled({}, around({})) is None
    checks = translate(test, wanted=True, declared={"f": declare("f", kind)})
    assert isinstance(checks, FieldCheck | Every | Some)
    assert row.denies is None or holds(row.denies, no, literal)


@pytest.mark.parametrize("operator", Operator, ids=str)
def test_a_row_is_whole(operator: Operator) -> None:
    row = OPERATIONS[operator]
    assert OPERATORS[operator].hover.endswith(".")
    assert OPERATORS[operator].asked
    assert row.sees_unknown is (row.trial is Trial.KNOWN) is (row.second is Second.KNOWN) is (operator == "known")
    assert bool(row.signs) is (row.second is Second.COMPARED)


def test_no_other_module_names_the_operators() -> None:
    """Why: a second list is a second meaning, and the two come to disagree. `{fact: value}` is short for `is`."""
    named = {
        f"{place(path)} {node.attr}"
        for path in modules()
        if path.name not in ("operators.py", "of_operators.py")  # the rows, and their words
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Operator"
    }
    assert named == {f"{place(ENGINE / 'definitions/reading/condition_parser.py')} IS"}
