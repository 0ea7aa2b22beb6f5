"""The truth: evaluates conditions in three values and says why.

True, False, None (unknown). Kleene's tables: an `all` with one false part is false whatever is unknown.
A missing fact names itself in the reason, so that a person can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression
from engine.core.language.conditions import All, AnyOf, Condition, Not, Operator, Test, facts_in_expression
from engine.core.language.facts import Value
from engine.core.legal_clock.schoolyear import last_school_year
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a condition is true, false or unknown.

    `kind` is all, any, not, test, rule or table. For a test: the fact, operator, what was found and what was
    expected. `missing` are the facts whose absence makes this part unknown. `subject` is a rule's or table's id.
    """

    truth: bool | None
    kind: str
    fact: str = ""
    operator: str = ""
    actual: Value | None = None
    expected: Value | None = None
    parts: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    subject: str = ""
    where: str = ""

    def missing_facts(self) -> tuple[str, ...]:
        """All facts to ask for, in the order met, without doubles; none when the truth is known."""
        if self.truth is not None:
            return ()
        found = [*self.missing, *(fact for part in self.parts for fact in part.missing_facts())]
        return tuple(dict.fromkeys(found))


def evaluate(condition: Condition, lookup: Lookup, around: Surroundings) -> Reason:
    """The truth of the condition with its whole reason; every part is looked at, also when the answer is known."""
    if isinstance(condition, Test):
        return _evaluate_test(condition, lookup, around)
    if isinstance(condition, Not):
        inner = evaluate(condition.part, lookup, around)
        truth = None if inner.truth is None else not inner.truth
        return Reason(truth=truth, kind="not", parts=(inner,), where=condition.where)
    parts = tuple(evaluate(part, lookup, around) for part in condition.parts)
    decisive = not isinstance(condition, All)
    kind = "any" if isinstance(condition, AnyOf) else "all"
    return Reason(truth=_join(parts, decisive), kind=kind, parts=parts, where=condition.where)


def _join(parts: tuple[Reason, ...], decisive: bool) -> bool | None:
    truths = {part.truth for part in parts}
    if decisive in truths:
        return decisive
    return None if None in truths else not decisive


def _evaluate_test(test: Test, lookup: Lookup, around: Surroundings) -> Reason:
    actual = lookup(test.fact)
    if test.operator is Operator.KNOWN:
        expected = bool(evaluate_expression(test.operand, lookup, around))
        truth: bool | None = (actual is not None) is expected
        return _reason(test, truth, actual, expected)
    expected_value = evaluate_expression(test.operand, lookup, around)
    missing = (test.fact,) if actual is None else ()
    if expected_value is None:
        unknown = (fact for fact in sorted(facts_in_expression(test.operand)) if lookup(fact) is None)
        missing = (*missing, *unknown)
    if actual is None or expected_value is None:
        return _reason(test, None, actual, expected_value, missing)
    return _reason(test, holds(test.operator, actual, expected_value), actual, expected_value)


def _reason(
    test: Test,
    truth: bool | None,
    actual: Value | None,
    expected: Value | None,
    missing: tuple[str, ...] = (),
) -> Reason:
    return Reason(
        truth=truth,
        kind="test",
        fact=test.fact,
        operator=test.operator.value,
        actual=actual,
        expected=expected,
        missing=missing,
        where=test.where,
    )


def holds(operator: Operator, actual: Value, expected: Value) -> bool:
    """Whether two known values stand in this relation. The checker has seen to it that their types fit."""
    return _RELATIONS[operator](actual, expected)


def _is(actual: Value, expected: Value) -> bool:
    if isinstance(actual, tuple) and isinstance(expected, tuple):
        return set(actual) == set(expected)
    # True == 1 in Python, but a yes/no is never a number here.
    return isinstance(actual, bool) is isinstance(expected, bool) and actual == expected


def _in(actual: Value, expected: Value) -> bool:
    return isinstance(expected, tuple) and actual in expected


def _compare(check: Callable[[float], bool]) -> Callable[[Value, Value], bool]:
    def relation(actual: Value, expected: Value) -> bool:
        return check(_difference(actual, expected))

    return relation


def _difference(actual: Value, expected: Value) -> float:
    if isinstance(actual, datetime) and isinstance(expected, datetime):
        return (actual - expected).total_seconds()
    if isinstance(actual, date) and isinstance(expected, date):
        return (actual - expected).days
    if isinstance(actual, int | float) and isinstance(expected, int | float):
        return (actual > expected) - (actual < expected)
    raise TypeError(f"{actual!r} cannot be compared with {expected!r}")


def _items(value: Value) -> frozenset[str]:
    return frozenset(value) if isinstance(value, tuple) else frozenset({str(value)})


def _is_empty(actual: Value, expected: Value) -> bool:
    return (actual in ((), "")) is bool(expected)


def _in_last_school_year(actual: Value, expected: Value) -> bool:
    if not isinstance(actual, date) or not isinstance(expected, date):
        raise TypeError("dates are needed for the last school year")
    year = last_school_year(expected)
    return year.first_day <= actual <= year.last_day


_RELATIONS: Mapping[Operator, Callable[[Value, Value], bool]] = {
    Operator.IS: _is,
    Operator.IS_NOT: lambda actual, expected: not _is(actual, expected),
    Operator.IN: _in,
    Operator.NOT_IN: lambda actual, expected: not _in(actual, expected),
    Operator.LESS: _compare(lambda gap: gap < 0),
    Operator.AT_MOST: _compare(lambda gap: gap <= 0),
    Operator.MORE: _compare(lambda gap: gap > 0),
    Operator.AT_LEAST: _compare(lambda gap: gap >= 0),
    Operator.BEFORE: _compare(lambda gap: gap < 0),
    Operator.ON_OR_BEFORE: _compare(lambda gap: gap <= 0),
    Operator.AFTER: _compare(lambda gap: gap > 0),
    Operator.ON_OR_AFTER: _compare(lambda gap: gap >= 0),
    Operator.CONTAINS: lambda actual, expected: _items(expected) <= _items(actual),
    Operator.CONTAINS_ALL: lambda actual, expected: _items(expected) <= _items(actual),
    Operator.CONTAINS_ANY: lambda actual, expected: bool(_items(expected) & _items(actual)),
    Operator.SUBSET_OF: lambda actual, expected: _items(actual) <= _items(expected),
    Operator.EMPTY: _is_empty,
    Operator.IN_LAST_SCHOOL_YEAR_OF: _in_last_school_year,
}
