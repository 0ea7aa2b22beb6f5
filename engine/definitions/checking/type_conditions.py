"""Types of conditions: what may be asked of a fact, and compared with what."""

from __future__ import annotations

from engine.core.evaluation.operators import OPERATIONS, Operand
from engine.core.language.conditions import Condition, Literal, Test, tests_in
from engine.definitions.checking.scope import Scope, Shape
from engine.definitions.checking.type_expressions import (
    KIND_WORDS,
    check_choices,
    next_step_for,
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
        scope.report(
            test.where,
            f'"{test.operator.value}" past niet bij "{test.fact}": dat is {KIND_WORDS[shape.kind]}.',
            next_step=f"Hierbij past: {', '.join(fitting)}.",
        )
        return False
    return True


def _compare(wanted: Shape, test: Test, scope: Scope) -> None:
    given = shape_of(test.operand, scope, test.where)
    if given is None:
        return
    if given.kind != wanted.kind:
        scope.report(
            test.where,
            f'"{test.fact}" ({test.operator.value}) wordt vergeleken met {KIND_WORDS[given.kind]}'
            f"{write_literal(test.operand)}; daar hoort {KIND_WORDS[wanted.kind]}.",
            next_step=next_step_for(wanted.kind, given.kind),
        )
    elif isinstance(test.operand, Literal):
        check_choices(wanted, test.fact, test.operand.value, scope, test.where)


def _compare_facts(shape: Shape, test: Test, scope: Scope) -> None:
    """Equality of two values that are not written out: the same kind, and some choice in common."""
    given = shape_of(test.operand, scope, test.where)
    if given is None:
        return
    if given.kind != shape.kind:
        scope.report(
            test.where,
            f'"{test.fact}" is {KIND_WORDS[shape.kind]} en wordt vergeleken met {KIND_WORDS[given.kind]}.',
            next_step="Vergelijk twee gegevens van dezelfde soort.",
        )
    elif shape.choices is not None and given.choices is not None and not shape.choices & given.choices:
        scope.report(
            test.where,
            f'"{test.fact}" kan nooit gelijk zijn aan deze waarde: zij hebben geen keuze gemeen.',
            next_step="Vergelijk met een ander gegeven, of maak de keuzes gelijk.",
        )
