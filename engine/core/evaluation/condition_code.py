"""Python code for conditions and expressions, as syntax trees: no author's text is ever parsed.

Names are made here (v0, k1, t2 ...); texts and numbers from the content enter as constants, other values
through the name table. The code stops early where the explaining evaluator looks at every part. So where a
value has a wrong type, and only there, it may answer while the other raises TypeError.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from engine.core.evaluation.expressions import Lookup, evaluate_expression
from engine.core.evaluation.operators import OPERATIONS, holds
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
from engine.core.language.conditions import (
    Compute,
    Condition,
    Expression,
    FactRef,
    Literal,
    SidedAlgebra,
    Test,
    fold_sided,
)
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass

_PLAIN = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class _Atom:
    """Code that all is known, the relation itself, and the names that are None when it is not."""

    known: list[ast.expr]
    relation: ast.expr
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class _Joined:
    """Parts of which one with the truth `decisive` settles the whole; never directly inside its like."""

    decisive: bool
    parts: tuple[_Piece, ...]


_Piece = _Atom | _Joined


class CodeBook(SidedAlgebra[_Piece]):
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

    def fact(self, fact: str) -> ast.Name:
        """The local that holds the fact, loaded at its first use. Where it is derived the conclusion goes first."""
        if fact not in self._locals:
            value: ast.expr = call("get", fixed(fact))
            if fact in self.derived:
                concluded = read(self.derived[fact])
                value = ast.IfExp(is_none(concluded), value, concluded)
            self._locals[fact] = self.fresh("v")
            self.body.append(store(self._locals[fact], value))
        return ast.Name(self._locals[fact], ast.Load())

    def expression(self, expression: Expression) -> ast.expr:
        """Code whose value is that of the expression, None when unknown."""
        if isinstance(expression, Literal):
            return self.constant(expression.value)
        if isinstance(expression, FactRef):
            return self.fact(expression.fact)
        self.computes = True
        return call("calc", self.constant(expression), read("look"), read("around"))

    def truth(self, condition: Condition) -> ast.expr:
        """Code whose value is True, False or None."""
        return self._write(fold_sided(condition, self))

    def _write(self, piece: _Piece) -> ast.expr:
        if isinstance(piece, _Atom):
            if not piece.unknown:
                return piece.relation
            return ast.IfExp(combine(ast.And(), piece.known), piece.relation, nothing())
        if not piece.parts:
            return fixed(not piece.decisive)
        decided, unknowns = self._parts(piece)
        rest: ast.expr = fixed(not piece.decisive)
        if unknowns:
            rest = ast.IfExp(combine(ast.Or(), unknowns), nothing(), rest)
        return ast.IfExp(combine(ast.Or(), decided), fixed(piece.decisive), rest)

    def _parts(self, joined: _Joined) -> tuple[list[ast.expr], list[ast.expr]]:
        """Tests that a part settles the whole, and tests that a part is unknown.

        The second may only run after all of the first said no: they read what the first have stored.
        """
        decided: list[ast.expr] = []
        unknowns: dict[str, ast.expr] = {}
        for part in joined.parts:
            if isinstance(part, _Atom):
                settles = part.relation if joined.decisive else negate(part.relation)
                decided.append(combine(ast.And(), [*part.known, settles]))
                unknowns.update((name, is_none(read(name))) for name in part.unknown)
            else:
                name = self.fresh("t")
                inner = ast.NamedExpr(ast.Name(name, ast.Store()), self._write(part))
                decided.append(compare(inner, ast.Is(), fixed(joined.decisive)))
                unknowns[name] = is_none(read(name))
        return decided, list(unknowns.values())

    def test(self, test: Test, wanted: bool) -> _Piece:
        """One question."""
        actual = self.fact(test.fact)
        known: list[ast.expr] = []
        unknown: list[str] = []
        if not OPERATIONS[test.operator].sees_unknown:
            known.append(is_known(actual))
            unknown.append(actual.id)
            expected = self._operand(test.operand, known, unknown)
        else:
            expected = ast.IfExp(self.expression(test.operand), yes(), no())
        relation = self._relation(test, actual, expected)
        return _Atom(known, relation if wanted else negate(relation), unknown)

    def join(self, parts: tuple[_Piece, ...], decisive: bool) -> _Piece:
        """Parts under one `any` or `all`, flat; a single part stands for itself."""
        flat: list[_Piece] = []
        for part in parts:
            flat.extend(part.parts if isinstance(part, _Joined) and part.decisive is decisive else (part,))
        return flat[0] if len(flat) == 1 else _Joined(decisive, tuple(flat))

    def _operand(self, operand: Expression, known: list[ast.expr], unknown: list[str]) -> ast.expr:
        if isinstance(operand, Literal):
            return nothing()
        value = self.expression(operand)
        name = value.id if isinstance(value, ast.Name) else self.fresh("x")
        if isinstance(operand, Compute):
            value = ast.NamedExpr(ast.Name(name, ast.Store()), value)
        known.append(is_known(value))
        unknown.append(name)
        return read(name)

    def _relation(self, test: Test, actual: ast.expr, expected: ast.expr) -> ast.expr:
        operation = OPERATIONS[test.operator]
        if not isinstance(test.operand, Literal):
            return call("holds", self.constant(test.operator), actual, expected)
        value = test.operand.value
        bound = self.fresh("h")
        self.names[bound] = operation.relation(value)
        return operation.code(self.constant, actual, value, call(bound, actual))


def lookup_over(concluded: Mapping[str, Value], get: Lookup) -> Lookup:
    """What is concluded goes before what is given."""

    def look(fact: str) -> Value | None:
        found = concluded.get(fact)
        return get(fact) if found is None else found

    return look
