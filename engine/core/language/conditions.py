"""The closed language of conditions and expressions: what a rule may ask, and what it may answer.

Only the shapes live here. `truth` evaluates them with reasons, `compiled` makes code of them.
Truth is three-valued (Kleene): True, False, and None for unknown.
"""

from __future__ import annotations

from enum import StrEnum

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


def facts_in_expression(expression: Expression) -> frozenset[str]:
    """Names of all facts the expression reads."""
    if isinstance(expression, FactRef):
        return frozenset({expression.fact})
    if isinstance(expression, Compute):
        return frozenset().union(*(facts_in_expression(part) for _, part in expression.arguments))
    return frozenset()


def tests_in(condition: Condition) -> tuple[Test, ...]:
    """All tests of the condition, in the order they are written."""
    if isinstance(condition, Test):
        return (condition,)
    if isinstance(condition, Not):
        return tests_in(condition.part)
    return tuple(test for part in condition.parts for test in tests_in(part))


def facts_in(condition: Condition) -> frozenset[str]:
    """Names of all facts the condition reads, operands included."""
    tests = tests_in(condition)
    return frozenset(test.fact for test in tests).union(*(facts_in_expression(test.operand) for test in tests))
