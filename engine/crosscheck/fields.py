"""Fields: what durable-rules is given to look at, prepared from the facts.

Every value goes with a field that tells whether it is known, for durable-rules must never meet a null or a
missing field. Prepared here, and so not judged twice: the items and sizes of lists, computed operands, and as
a last resort a whole test (a list against another list).
"""

from __future__ import annotations

from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression
from engine.core.evaluation.operators import holds
from engine.core.language.conditions import Expression, FactRef, Literal, Test
from engine.core.language.facts import Value
from engine.core.legal_clock.schoolyear import last_school_year
from engine.core.quick_class import dataclass
from engine.crosscheck.fence import Plain, encode_day, encode_value, unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """1 when the expression has a value, else 0."""

    of: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueField:
    """The value itself, of one kind; 0 or an empty text while it is unknown."""

    of: Expression
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """1 when the item is in the list, else 0."""

    fact: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many different items of the list are not among `without`."""

    fact: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEdge:
    """The first or last day of the last school year of a date."""

    of: Expression
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """1 when the test holds, else 0: judged by the truth itself, so only its place in the condition is compared."""

    test: Test


@dataclass(frozen=True, slots=True, kw_only=True)
class StageField:
    """1 when an earlier stage fired this target, else 0. The child fills it in."""

    target: str


Field = Known | ValueField | Member | Size | YearEdge | Whole | StageField


def name_field(field: Field) -> str:
    """A wish for its name, for people who read the program; content fields are called after their fact."""
    if isinstance(field, ValueField):
        return _name_expression(field.of)
    if isinstance(field, Known):
        return f"known_{_name_expression(field.of)}"
    if isinstance(field, YearEdge):
        return f"{'first' if field.is_first else 'last'}_day_{_name_expression(field.of)}"
    if isinstance(field, Member):
        return f"item_{field.fact}_{field.item}"
    if isinstance(field, Size):
        return f"size_{field.fact}"
    return f"test_{field.test.fact}" if isinstance(field, Whole) else field.target


def _name_expression(expression: Expression) -> str:
    if isinstance(expression, FactRef):
        return expression.fact
    return "literal" if isinstance(expression, Literal) else expression.function


def prepare_field(field: Field, lookup: Lookup, around: Surroundings) -> Plain:
    """The value of the field for these facts.

    Raises UsageError when a fact holds a value of another kind than declared, or one outside the fence.
    """
    if isinstance(field, Known):
        return int(evaluate_expression(field.of, lookup, around) is not None)
    if isinstance(field, ValueField | YearEdge):
        return _prepare_content(field, evaluate_expression(field.of, lookup, around))
    if isinstance(field, Whole):
        actual = lookup(field.test.fact)
        expected = evaluate_expression(field.test.operand, lookup, around)
        return int(actual is not None and expected is not None and holds(field.test.operator, actual, expected))
    assert not isinstance(field, StageField), "filled in by the child"
    items = _items(field.fact, lookup(field.fact))
    return int(field.item in items) if isinstance(field, Member) else len(items - set(field.without))


def _prepare_content(field: ValueField | YearEdge, value: Value | None) -> Plain:
    if isinstance(field, ValueField):
        empty: Plain = "" if field.kind == "text" else 0
        return empty if value is None else encode_value(field.kind, value, name_field(field))
    if value is None:
        return 0
    encode_value("date", value, name_field(field))
    year = last_school_year(value)  # type: ignore[arg-type]  # the line above refuses anything but a date
    return encode_day(year.first_day if field.is_first else year.last_day)


def _items(fact: str, value: Value | None) -> frozenset[str]:
    if value is None:
        return frozenset()
    if not isinstance(value, tuple):
        raise unfit(fact, "no_list")
    return frozenset(value)
