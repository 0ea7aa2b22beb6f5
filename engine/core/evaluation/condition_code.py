"""Python code for conditions and expressions, as syntax trees: no author's text is ever parsed.

Names are made here (v0, k1, t2 ...); texts and numbers from the content enter as constants, other values
through the name table. The code stops early where the explaining evaluator looks at every part. So where a
value has a wrong type, and only there, it may answer while the other raises TypeError.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date

from engine.core.evaluation.expressions import Lookup, evaluate_expression
from engine.core.evaluation.normal_form import Atom, Form, Joined
from engine.core.evaluation.syntax import (
    call,
    combine,
    compare,
    fixed,
    is_known,
    is_none,
    negate,
    no,
    nothing,
    read,
    store,
    yes,
)
from engine.core.evaluation.truth import holds
from engine.core.language.conditions import Compute, Expression, FactRef, Literal, Operator, Test
from engine.core.language.facts import Value

_PLAIN = (str, int, float, bool)
_EMPTY_VALUES = ((), "")
_SMALL = 4
# `at most` is "not more": that is how the explaining evaluator treats a number that is no number.
_ORDERS: Mapping[Operator, tuple[ast.cmpop, bool]] = {
    Operator.LESS: (ast.Lt(), True),
    Operator.BEFORE: (ast.Lt(), True),
    Operator.AT_MOST: (ast.Gt(), False),
    Operator.ON_OR_BEFORE: (ast.Gt(), False),
    Operator.MORE: (ast.Gt(), True),
    Operator.AFTER: (ast.Gt(), True),
    Operator.AT_LEAST: (ast.Lt(), False),
    Operator.ON_OR_AFTER: (ast.Lt(), False),
}
_SET_TESTS: Mapping[Operator, tuple[str, bool]] = {
    Operator.CONTAINS: ("issubset", True),
    Operator.CONTAINS_ALL: ("issubset", True),
    Operator.CONTAINS_ANY: ("isdisjoint", False),
    Operator.SUBSET_OF: ("issuperset", True),
}


class CodeBook:
    """Collects the name table and the statements while code is made.

    `body` receives the statements that load facts; `derived` tells in which local a derived fact stands.
    """

    def __init__(self) -> None:
        self.names: dict[str, object] = {"__builtins__": {}, "tuple": tuple}
        self.names |= {"calc": evaluate_expression, "holds": holds}
        self.body: list[ast.stmt] = []
        self.derived: dict[str, str] = {}
        self.computes = False
        self._locals: dict[str, str] = {}
        self._count = 0

    def fresh(self, letter: str) -> str:
        """A name nobody has yet."""
        self._count += 1
        return f"{letter}{self._count}"

    def constant(self, value: object) -> ast.expr:
        """A value of the content: in the code when Python can hold it there, else in the name table."""
        if type(value) in _PLAIN:
            return ast.Constant(value)  # type: ignore[arg-type]
        name = self.fresh("k")
        self.names[name] = value
        return read(name)

    def fact(self, fact: str) -> ast.expr:
        """The local that holds the fact, loaded at its first use. Where it is derived the conclusion goes first."""
        if fact not in self._locals:
            value: ast.expr = call("get", fixed(fact))
            if fact in self.derived:
                concluded = read(self.derived[fact])
                value = ast.IfExp(is_none(concluded), value, concluded)
            self._locals[fact] = self.fresh("v")
            self.body.append(store(self._locals[fact], value))
        return read(self._locals[fact])

    def expression(self, expression: Expression) -> ast.expr:
        """Code whose value is that of the expression, None when unknown."""
        if isinstance(expression, Literal):
            return self.constant(expression.value)
        if isinstance(expression, FactRef):
            return self.fact(expression.fact)
        self.computes = True
        return call("calc", self.constant(expression), read("look"), read("around"))

    def truth(self, form: Form) -> ast.expr:
        """Code whose value is True, False or None."""
        if isinstance(form, Atom):
            known, relation, unknown = self._atom(form)
            return ast.IfExp(combine(ast.And(), known), relation, nothing()) if unknown else relation
        if not form.parts:
            return fixed(not form.decisive)
        decided, unknowns = self._parts(form)
        rest: ast.expr = fixed(not form.decisive)
        if unknowns:
            rest = ast.IfExp(combine(ast.Or(), unknowns), nothing(), rest)
        return ast.IfExp(combine(ast.Or(), decided), fixed(form.decisive), rest)

    def _parts(self, form: Joined) -> tuple[list[ast.expr], list[ast.expr]]:
        """Tests that a part settles the whole, and tests that a part is unknown.

        The second may only run after all of the first said no: they read what the first have stored.
        """
        decided: list[ast.expr] = []
        unknowns: dict[str, ast.expr] = {}
        for part in form.parts:
            if isinstance(part, Atom):
                known, relation, names = self._atom(part)
                decided.append(combine(ast.And(), [*known, relation if form.decisive else negate(relation)]))
                unknowns.update((name, is_none(read(name))) for name in names)
            else:
                name = self.fresh("t")
                inner = ast.NamedExpr(ast.Name(name, ast.Store()), self.truth(part))
                decided.append(compare(inner, ast.Is(), fixed(form.decisive)))
                unknowns[name] = is_none(read(name))
        return decided, list(unknowns.values())

    def _atom(self, atom: Atom) -> tuple[list[ast.expr], ast.expr, list[str]]:
        """Tests that all is known, the relation itself, and the names that are None when it is not."""
        known: list[ast.expr] = []
        unknown: list[str] = []
        actual = self.fact(atom.test.fact)
        if atom.test.operator is Operator.KNOWN:
            relation = _known_test(actual, self.expression(atom.test.operand))
            return [], relation if atom.holds else negate(relation), []
        self._require(actual, known, unknown)
        expected = self._operand(atom.test.operand, known, unknown)
        relation = self._relation(atom.test, actual, expected)
        return known, relation if atom.holds else negate(relation), unknown

    def _require(self, value: ast.expr, known: list[ast.expr], unknown: list[str]) -> None:
        assert isinstance(value, ast.Name)
        known.append(is_known(value))
        unknown.append(value.id)

    def _operand(self, operand: Expression, known: list[ast.expr], unknown: list[str]) -> ast.expr:
        if isinstance(operand, Compute):
            name = self.fresh("x")
            known.append(is_known(ast.NamedExpr(ast.Name(name, ast.Store()), self.expression(operand))))
            unknown.append(name)
            return read(name)
        value = self.expression(operand)
        if isinstance(operand, FactRef):
            self._require(value, known, unknown)
        return value

    def _relation(self, test: Test, actual: ast.expr, expected: ast.expr) -> ast.expr:
        if isinstance(test.operand, Literal):
            value = test.operand.value
            quick = _QUICK.get(test.operator)
            found = quick(self, test.operator, actual, value) if quick else None
            if found is not None:
                return found
        return self._full_test(test.operator, actual, expected)

    def _full_test(self, operator: Operator, actual: ast.expr, expected: ast.expr) -> ast.expr:
        return call("holds", self.constant(operator), actual, expected)

    def equality(self, operator: Operator, actual: ast.expr, value: Value) -> ast.expr | None:
        """`is` and `is_not` with a literal; None when the long way is needed."""
        if isinstance(value, tuple):
            return None
        relation = compare(actual, ast.Is() if isinstance(value, bool) else ast.Eq(), self.constant(value))
        if not isinstance(value, bool) and value in (0, 1):
            # True == 1 in Python, but a yes/no is never a number here.
            relation = combine(ast.And(), [relation, compare(actual, ast.IsNot(), fixed(bool(value)))])
        return relation if operator is Operator.IS else negate(relation)

    def order(self, operator: Operator, actual: ast.expr, value: Value) -> ast.expr | None:
        """A comparison with a literal number, date or moment; Python itself refuses values of another kind."""
        if not isinstance(value, int | float | date):
            return None
        sign, is_direct = _ORDERS[operator]
        relation = compare(actual, sign, self.constant(value))
        return relation if is_direct else negate(relation)

    def membership(self, operator: Operator, actual: ast.expr, value: Value) -> ast.expr:
        """`in` and `not_in` with a literal list."""
        items = value if isinstance(value, tuple) else ()
        holder = frozenset(items) if len(items) > _SMALL else items
        return compare(actual, ast.In() if operator is Operator.IN else ast.NotIn(), self.constant(holder))

    def emptiness(self, _: Operator, actual: ast.expr, value: Value) -> ast.expr:
        """`empty: true|false`."""
        return compare(actual, ast.In() if value else ast.NotIn(), self.constant(_EMPTY_VALUES))

    def set_test(self, operator: Operator, actual: ast.expr, value: Value) -> ast.expr:
        """A list fact against literal items. A single text where a list should be takes the long way."""
        items = frozenset(value) if isinstance(value, tuple) else frozenset({str(value)})
        method, is_direct = _SET_TESTS[operator]
        if len(items) == 1 and operator is not Operator.SUBSET_OF:
            quick = compare(self.constant(next(iter(items))), ast.In(), actual)
        else:
            quick = ast.Call(ast.Attribute(self.constant(items), method, ast.Load()), [actual], [])
            quick = quick if is_direct else negate(quick)
        is_list = compare(ast.Attribute(actual, "__class__", ast.Load()), ast.Is(), read("tuple"))
        return ast.IfExp(is_list, quick, self._full_test(operator, actual, self.constant(value)))


def _known_test(actual: ast.expr, expected: ast.expr) -> ast.expr:
    if isinstance(expected, ast.Constant):
        return is_known(actual) if expected.value else is_none(actual)
    return compare(is_known(actual), ast.Is(), ast.IfExp(expected, yes(), no()))


_QUICK: Mapping[Operator, Callable[[CodeBook, Operator, ast.expr, Value], ast.expr | None]] = {
    Operator.IS: CodeBook.equality,
    Operator.IS_NOT: CodeBook.equality,
    Operator.IN: CodeBook.membership,
    Operator.NOT_IN: CodeBook.membership,
    Operator.EMPTY: CodeBook.emptiness,
    **dict.fromkeys(_ORDERS, CodeBook.order),
    **dict.fromkeys(_SET_TESTS, CodeBook.set_test),
}


def lookup_over(concluded: Mapping[str, Value], get: Lookup) -> Lookup:
    """What is concluded goes before what is given."""

    def look(fact: str) -> Value | None:
        found = concluded.get(fact)
        return get(fact) if found is None else found

    return look
