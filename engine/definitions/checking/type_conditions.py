"""Types of conditions: what may be asked of a fact, and compared with what."""

from __future__ import annotations

from engine.core.language.conditions import Condition, Literal, Operator, Test, tests_in
from engine.definitions.checking.scope import Scope, Shape
from engine.definitions.checking.type_expressions import (
    KIND_WORDS,
    check_choices,
    next_step_for,
    shape_of,
    write_literal,
)

_NUMBERS = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})
_TIMES = frozenset({Operator.BEFORE, Operator.ON_OR_BEFORE, Operator.AFTER, Operator.ON_OR_AFTER})
_LISTS = frozenset({Operator.CONTAINS_ALL, Operator.CONTAINS_ANY, Operator.SUBSET_OF})
_FREE = frozenset({Operator.KNOWN, Operator.IS, Operator.IS_NOT})


def check_condition(condition: Condition, scope: Scope) -> None:
    """Report every test that cannot be asked of its fact."""
    for test in tests_in(condition):
        _check_test(test, scope)


def _check_test(test: Test, scope: Scope) -> None:
    shape = scope.shape_of(test.fact, test.where)
    if shape is None or not _is_askable(test, shape, scope):
        return
    operator, operand = test.operator, test.operand
    if operator is Operator.KNOWN or operator is Operator.EMPTY:
        return
    if operator is Operator.CONTAINS:
        _compare(Shape("text", shape.choices), test, scope)
    elif operator in _LISTS or operator in {Operator.IN, Operator.NOT_IN}:
        _compare(Shape("list", shape.choices), test, scope)
    elif operator is Operator.IN_LAST_SCHOOL_YEAR_OF:
        _compare(Shape("date"), test, scope)
    elif isinstance(operand, Literal) or operator in _NUMBERS | _TIMES:
        _compare(shape, test, scope)
    else:
        _compare_facts(shape, test, scope)


def _is_askable(test: Test, shape: Shape, scope: Scope) -> bool:
    operator = test.operator
    if operator in _FREE:
        return True
    if operator in _NUMBERS:
        allowed = {"number"}
    elif operator in _TIMES:
        allowed = {"date", "moment"}
    elif operator in _LISTS or operator is Operator.CONTAINS:
        allowed = {"list"}
    elif operator is Operator.EMPTY:
        allowed = {"list", "text"}
    elif operator is Operator.IN_LAST_SCHOOL_YEAR_OF:
        allowed = {"date"}
    else:
        allowed = {"text"}
    if shape.kind not in allowed:
        scope.report(
            test.where,
            f'"{operator.value}" past niet bij "{test.fact}": dat is {KIND_WORDS[shape.kind]}.',
            next_step=f"Hierbij past: {', '.join(_fitting(shape.kind))}.",
        )
        return False
    return True


def _fitting(kind: str) -> list[str]:
    by_kind = {
        "number": _NUMBERS,
        "date": _TIMES | {Operator.IN_LAST_SCHOOL_YEAR_OF},
        "moment": _TIMES,
        "list": _LISTS | {Operator.CONTAINS, Operator.EMPTY},
        "text": frozenset({Operator.IN, Operator.NOT_IN, Operator.EMPTY}),
    }
    return [one.value for one in Operator if one in _FREE | by_kind.get(kind, frozenset())]


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
