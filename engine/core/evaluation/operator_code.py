"""What an operator with a literal operand looks like as Python; the long way calls the bound relation itself.

Only made names and constants go in. Where a value has a wrong type, and only there, the short way may answer while
the other raises TypeError.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date

from engine.core.evaluation.syntax import combine, compare, fixed, is_known, is_none, negate, read
from engine.core.language.facts import Value

Constant = Callable[[object], ast.expr]
"""Puts a value of the content in the code."""

Code = Callable[[Constant, ast.expr, Value, ast.expr], ast.expr]
"""From the code of the fact's value, the literal, and the long way, to the code of the test."""

_EMPTY_VALUES = ((), "")
_SMALL = 4
_ORDERS: dict[frozenset[int], tuple[type[ast.cmpop], bool]] = {
    frozenset({-1}): (ast.Lt, True),
    frozenset({-1, 0}): (ast.Gt, False),
    frozenset({1}): (ast.Gt, True),
    frozenset({0, 1}): (ast.Lt, False),
}


def equality(*, wanted: bool) -> Code:
    """`is` and `is_not`; lists take the long way."""

    def write(constant: Constant, actual: ast.expr, value: Value, long: ast.expr) -> ast.expr:
        if isinstance(value, tuple):
            return long
        if isinstance(value, bool) or value in (0, 1):
            relation = compare(actual, ast.Is() if isinstance(value, bool) else ast.Eq(), constant(value))
            if not isinstance(value, bool):
                # True == 1 in Python, but a yes/no is never a number here.
                relation = combine(ast.And(), [relation, compare(actual, ast.IsNot(), fixed(bool(value)))])
            return relation if wanted else negate(relation)
        return compare(actual, ast.Eq() if wanted else ast.NotEq(), constant(value))

    return write


def order(signs: frozenset[int]) -> Code:
    """A comparison with a number, date or moment; Python itself refuses values of another kind."""
    sign, is_direct = _ORDERS[signs]

    def write(constant: Constant, actual: ast.expr, value: Value, long: ast.expr) -> ast.expr:
        if not isinstance(value, int | float | date):
            return long
        relation = compare(actual, sign(), constant(value))
        return relation if is_direct else negate(relation)

    return write


def membership(*, wanted: bool) -> Code:
    """`in` and `not_in` with a literal list."""

    def write(constant: Constant, actual: ast.expr, value: Value, _: ast.expr) -> ast.expr:
        items = value if isinstance(value, tuple) else ()
        holder = frozenset(items) if len(items) > _SMALL else items
        return compare(actual, ast.In() if wanted else ast.NotIn(), constant(holder))

    return write


def items(method: str, *, wanted: bool = True) -> Code:
    """A list fact against literal items. A single text where a list should be takes the long way."""

    def write(constant: Constant, actual: ast.expr, value: Value, long: ast.expr) -> ast.expr:
        listed = frozenset(value) if isinstance(value, tuple) else frozenset({str(value)})
        if len(listed) == 1 and method != "issuperset":
            quick = compare(constant(next(iter(listed))), ast.In(), actual)
        else:
            quick = ast.Call(ast.Attribute(constant(listed), method, ast.Load()), [actual], [])
            quick = quick if wanted else negate(quick)
        is_list = compare(ast.Attribute(actual, "__class__", ast.Load()), ast.Is(), read("tuple"))
        return ast.IfExp(is_list, quick, long)

    return write


def known(_: Constant, actual: ast.expr, value: Value, __: ast.expr) -> ast.expr:
    """`known: true|false`."""
    return is_known(actual) if value else is_none(actual)


def emptiness(constant: Constant, actual: ast.expr, value: Value, _: ast.expr) -> ast.expr:
    """`empty: true|false`."""
    return compare(actual, ast.In() if value else ast.NotIn(), constant(_EMPTY_VALUES))


def called(_: Constant, __: ast.expr, ___: Value, long: ast.expr) -> ast.expr:
    """No short form."""
    return long
