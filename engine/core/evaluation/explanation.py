"""The explanation: the truth of a condition with the whole reason, every part looked at.

A missing fact names itself, so that a person can be asked.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.core.evaluation.expressions import Lookup, Surroundings, is_sum
from engine.core.evaluation.operators import OPERATIONS
from engine.core.evaluation.reasons import Asked, Reason, Trace
from engine.core.evaluation.truth import Facts, OfLiteral, literal_of, operand_in
from engine.core.language.conditions import (
    Algebra,
    All,
    AnyOf,
    Condition,
    Expression,
    Literal,
    Not,
    Test,
    facts_in_expression,
    fold,
    joined,
)
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass

Explain = Callable[[Facts], Trace]


def evaluate(condition: Condition, lookup: Lookup, around: Surroundings) -> Reason:
    """The truth of the condition with its whole reason; every part is looked at, also when the answer is known."""
    return Reason(explaining(condition)(Facts({}, lookup, around)))


def explaining(condition: Condition, rule: str = "", where: str = "") -> Explain:
    """What gives the whole reason of a condition; that of a rule's condition bears the rule's id and place."""
    return fold(condition, _Explained(condition, rule, where))


@dataclass(frozen=True, slots=True)
class _Explained(Algebra[Explain]):
    """Truth with the whole reason; that of the whole (`top`) bears the name and place of its rule."""

    top: Condition
    rule: str
    place: str

    def test(self, test: Test) -> Explain:
        asked = self._asked("test", test)._replace(fact=test.fact, operator=test.operator.value)
        operation, fact, operand = OPERATIONS[test.operator], test.fact, test.operand
        if not isinstance(operand, Literal):
            return lambda facts: _explain_computed(test, asked, facts)
        holds = operation.relation(operand.value)
        if operation.sees_unknown:
            asked = asked._replace(expected=bool(operand.value))
            return lambda facts: (holds(facts[fact]), asked, facts[fact], (), ())  # type: ignore[arg-type]
        return OfLiteral(fact, holds, asked._replace(expected=operand.value)).explain

    def deny(self, condition: Not, part: Explain) -> Explain:
        asked = self._asked("not", condition)

        def explain(facts: Facts) -> Trace:
            inner = part(facts)
            return (None if inner[0] is None else not inner[0]), asked, None, (inner,), ()

        return explain

    def join(self, condition: All | AnyOf, parts: tuple[Explain, ...]) -> Explain:
        decisive = isinstance(condition, AnyOf)
        asked = self._asked("any" if decisive else "all", condition)
        literals = [one for one in map(literal_of, parts) if one is not None]
        if len(literals) == len(parts):
            return _explain_literals(literals, decisive, asked)

        def explain(facts: Facts) -> Trace:
            found = tuple([part(facts) for part in parts])
            return joined(decisive, {part[0] for part in found}), asked, None, found, ()

        return explain

    def _asked(self, kind: str, condition: Condition) -> Asked:
        if condition is self.top and self.rule:
            return Asked(kind, self.place, subject=self.rule)
        return Asked(kind, condition.where)


def _explain_literals(literals: list[OfLiteral], decisive: bool, asked: Asked) -> Explain:
    """Joined tests against literals: nearly every rule, so they are looked at in one go."""
    steps = tuple((one.fact, one.holds, one.asked, one.unknown) for one in literals)

    def explain(facts: Facts) -> Trace:
        parts: list[Trace] = []
        keep = parts.append
        truth: bool | None = not decisive
        for fact, holds, asked_part, unknown in steps:
            actual = facts[fact]
            if actual is None:
                keep(unknown)
                truth = truth if truth is decisive else None
            else:
                one = holds(actual)
                keep((one, asked_part, actual, (), ()))
                if one is decisive:
                    truth = decisive
        return truth, asked, None, tuple(parts), ()

    return explain


def _explain_computed(test: Test, asked: Asked, facts: Facts) -> Trace:
    operation, actual, expected = OPERATIONS[test.operator], facts[test.fact], operand_in(test.operand, facts)
    if operation.sees_unknown:
        holds = operation.relation(bool(expected))
        return holds(actual), asked._replace(expected=bool(expected)), actual, (), ()  # type: ignore[arg-type]
    missing: tuple[str, ...] = (test.fact,) if actual is None else ()
    if expected is None:
        missing += tuple(fact for fact in sorted(facts_in_expression(test.operand)) if facts[fact] is None)
    truth = None if actual is None or expected is None else operation.relation(expected)(actual)
    sums = (trace_of_sum(test.operand, facts),) if is_sum(test.operand) else ()
    return truth, asked._replace(expected=expected), actual, sums, missing


def trace_of_sum(expression: Expression, facts: Facts) -> Trace:
    """A sum with its numbers, as a part of a reason; unknown when it has no answer."""
    from engine.core.evaluation.arithmetic import divides_by_nothing, told_sum  # slow to import, and rarely asked

    def worth(part: Expression) -> Value | None:
        return operand_in(part, facts)

    value = worth(expression)
    cause = "divided_by_nothing" if value is None and divides_by_nothing(expression, worth) else ""
    asked = Asked("sum", operator=cause, subject=told_sum(expression, worth))
    return (None if value is None else True), asked, value, (), ()
