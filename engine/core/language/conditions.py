"""The closed language of conditions and expressions: what a rule may ask, and what it may answer.

Only the shapes live here, and the one way to go through them: `fold`. What the operators mean stands in one table,
`engine.core.evaluation.operators`. Truth is three-valued (Kleene): True, False, and None for unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Protocol, TypeVar

from engine.core.language.facts import Value
from engine.core.quick_class import dataclass


class Operator(StrEnum):
    """What a test can ask of one fact."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    BEFORE = "before"
    ON_OR_BEFORE = "on_or_before"
    AFTER = "after"
    ON_OR_AFTER = "on_or_after"
    CONTAINS = "contains"
    CONTAINS_ALL = "contains_all"
    CONTAINS_ANY = "contains_any"
    SUBSET_OF = "subset_of"
    KNOWN = "known"
    EMPTY = "empty"
    IN_LAST_SCHOOL_YEAR_OF = "in_last_school_year_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A value written in the content."""

    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRef:
    """The value of another fact."""

    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compute:
    """A named function of the closed list in `engine.core.evaluation.expressions`, with named arguments."""

    function: str
    arguments: tuple[tuple[str, Expression], ...]


Expression = Literal | FactRef | Compute


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One question about one fact. KNOWN and EMPTY have a yes/no literal as operand."""

    __test__ = False

    fact: str
    operator: Operator
    operand: Expression
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """True when every part is; false as soon as one is false."""

    parts: tuple[Condition, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """True as soon as one part is; false when every part is."""

    parts: tuple[Condition, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The other way round; unknown stays unknown."""

    part: Condition
    where: str = ""


Condition = Test | All | AnyOf | Not

ALWAYS = All(parts=())


T = TypeVar("T")


class Algebra(Protocol[T]):
    """What the parts of a condition mean to one who judges it: a truth, a reason, code, checks, knowledge."""

    def test(self, test: Test) -> T:
        """One question."""

    def join(self, condition: All | AnyOf, parts: tuple[T, ...]) -> T:
        """All parts, or any of them."""

    def deny(self, condition: Not, part: T) -> T:
        """The other way round."""


def fold(condition: Condition, algebra: Algebra[T]) -> T:
    """The meaning of the condition in this algebra, from the tests up."""
    if isinstance(condition, Test):
        return algebra.test(condition)
    if isinstance(condition, Not):
        return algebra.deny(condition, fold(condition.part, algebra))
    return algebra.join(condition, tuple(fold(part, algebra) for part in condition.parts))


class Kleene(Algebra[bool | None]):
    """Truth in three values, for whoever knows the truth of a test; None: unknown."""

    def deny(self, condition: Not, part: bool | None) -> bool | None:
        """True of what is false, false of what is true."""
        return None if part is None else not part

    def join(self, condition: All | AnyOf, parts: tuple[bool | None, ...]) -> bool | None:
        """One part can settle the whole: a true one of `any`, a false one of `all`."""
        return joined(isinstance(condition, AnyOf), parts)


def joined(decisive: bool, truths: Collection[bool | None]) -> bool | None:
    """The truth of parts of which one with the truth `decisive` settles the whole."""
    return decisive if decisive in truths else None if None in truths else not decisive


class SidedAlgebra(Protocol[T]):
    """An algebra for judges who know no "not": each part is wanted true, or wanted false.

    In Kleene's values that changes no truth (De Morgan). What is not true is not therefore false: who wants to know
    both asks for both sides.
    """

    def test(self, test: Test, wanted: bool) -> T:
        """The question, with the answer that is wanted."""

    def join(self, parts: tuple[T, ...], decisive: bool) -> T:
        """Parts of which one settles the whole: that holds (any, `decisive`) or that fails (all)."""


def fold_sided(condition: Condition, algebra: SidedAlgebra[T], wanted: bool = True) -> T:
    """The meaning of "this condition is `wanted`", with every `not` pushed down to the tests."""
    return fold(condition, _Sides(algebra))(wanted)


@dataclass(frozen=True, slots=True)
class _Sides(Algebra[Callable[[bool], T]]):
    algebra: SidedAlgebra[T]

    def test(self, test: Test) -> Callable[[bool], T]:
        return lambda wanted: self.algebra.test(test, wanted)

    def join(self, condition: All | AnyOf, parts: tuple[Callable[[bool], T], ...]) -> Callable[[bool], T]:
        is_any = isinstance(condition, AnyOf)
        return lambda wanted: self.algebra.join(tuple(part(wanted) for part in parts), is_any is wanted)

    def deny(self, condition: Not, part: Callable[[bool], T]) -> Callable[[bool], T]:
        return lambda wanted: part(not wanted)


def facts_in_expression(expression: Expression) -> frozenset[str]:
    """Names of all facts the expression reads."""
    if isinstance(expression, FactRef):
        return frozenset({expression.fact})
    if isinstance(expression, Compute):
        return frozenset().union(*(facts_in_expression(part) for _, part in expression.arguments))
    return frozenset()


class _Tests(Algebra[tuple[Test, ...]]):
    def test(self, test: Test) -> tuple[Test, ...]:
        return (test,)

    def join(self, condition: All | AnyOf, parts: tuple[tuple[Test, ...], ...]) -> tuple[Test, ...]:
        return tuple(test for part in parts for test in part)

    def deny(self, condition: Not, part: tuple[Test, ...]) -> tuple[Test, ...]:
        return part


def tests_in(condition: Condition) -> tuple[Test, ...]:
    """All tests of the condition, in the order they are written."""
    return fold(condition, _Tests())


def facts_in(condition: Condition) -> frozenset[str]:
    """Names of all facts the condition reads, operands included."""
    tests = tests_in(condition)
    return frozenset(test.fact for test in tests).union(*(facts_in_expression(test.operand) for test in tests))
