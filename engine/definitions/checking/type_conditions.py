"""Types of conditions: what may be asked of a fact, and compared with what."""

from __future__ import annotations

from engine.core.evaluation.operators import OPERATIONS, Operand
from engine.core.language.conditions import Condition, Literal, Test, tests_in
from engine.definitions.checking.scope import Scope, Shape
from engine.definitions.checking.type_expressions import (
    check_choices,
    shape_of,
    write_literal,
)


def check_condition(condition: Condition, scope: Scope) -> None:
    """Report every test that cannot be asked of its fact."""
    for test in tests_in(condition):
        _check_test(test, scope)


def _check_test(test: Test, scope: Scope) -> None:
    shape = scope.shape_of(test.fact, test.where)
    if shape is None or not _is_askable(test, shape, scope):
        return
    wanted = OPERATIONS[test.operator].operand
    if wanted is Operand.YES_NO:
        return
    if wanted is Operand.ITEM:
        _compare(Shape("text", shape.choices), test, scope)
    elif wanted is Operand.ITEMS:
        _compare(Shape("list", shape.choices), test, scope)
    elif wanted is Operand.DAY:
        _compare(Shape("date"), test, scope)
    elif isinstance(test.operand, Literal) or wanted is Operand.SAME_KIND:
        _compare(shape, test, scope)
    else:
        _compare_facts(shape, test, scope)


def _is_askable(test: Test, shape: Shape, scope: Scope) -> bool:
    asked_of = OPERATIONS[test.operator].of
    if asked_of and shape.kind not in asked_of:
        fitting = [one.value for one, row in OPERATIONS.items() if not row.of or shape.kind in row.of]
        told = {"operator": test.operator.value, "fact": test.fact, "given": shape.kind}
        scope.report("cannot_be_asked", test.where, **told, fitting=tuple(fitting))
        return False
    return True


def _compare(wanted: Shape, test: Test, scope: Scope) -> None:
    given = shape_of(test.operand, scope, test.where)
    if given is None:
        return
    if given.kind != wanted.kind:
        told = {"fact": test.fact, "operator": test.operator.value, "wanted": wanted.kind, "given": given.kind}
        scope.report("compared_with_other_kind", test.where, **told, literal=write_literal(test.operand))
    elif isinstance(test.operand, Literal):
        check_choices(wanted, test.fact, test.operand.value, scope, test.where)


def _compare_facts(shape: Shape, test: Test, scope: Scope) -> None:
    """Equality of two values that are not written out: the same kind, and some choice in common."""
    given = shape_of(test.operand, scope, test.where)
    if given is None:
        return
    if given.kind != shape.kind:
        scope.report("facts_of_other_kinds", test.where, fact=test.fact, wanted=shape.kind, given=given.kind)
    elif shape.choices is not None and given.choices is not None and not shape.choices & given.choices:
        scope.report("never_equal", test.where, fact=test.fact)
