"""The truth: judges conditions in three values. True, False, None (unknown), by Kleene's tables.

An `all` with one false part is false whatever is unknown. Who only asks for the truth pays for no reason; who asks
why goes to `explanation`, another algebra over the same fold, and a property test holds the two to one another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression
from engine.core.evaluation.operators import OPERATIONS
from engine.core.evaluation.reasons import Asked, Trace
from engine.core.evaluation.relations import Holds
from engine.core.language.conditions import Algebra, All, AnyOf, Condition, Expression, Literal, Not, Test, fold
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass


class Facts(dict[str, Value | None]):
    """The facts of one situation, each looked up when it is first asked for; None: unknown."""

    __slots__ = ("around", "find")

    def __init__(self, known: Mapping[str, Value | None], find: Lookup, around: Surroundings) -> None:
        super().__init__(known)
        self.find, self.around = find, around

    def __missing__(self, fact: str) -> Value | None:
        self[fact] = value = self.find(fact)
        return value


def judging(condition: Condition) -> Judge:
    """What gives the truth of the condition and looks no further than it must."""
    return fold(condition, _Judged(condition, yes=True, no=False))


def choosing(condition: Condition, yes: Value | None, no: Value | None) -> Callable[[Facts], Value | None]:
    """What gives one value when the condition is true, another when it is false, and None while it is unknown."""
    return fold(condition, _Judged(condition, yes=yes, no=no))


Judge = Callable[[Facts], bool | None]
# The conditions of one content are some hundreds; only who makes up others comes here.
_MOST_MADE = 4000


class Judges:
    """What tells the truth of conditions, made once for each: the same ones are asked at every act."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Condition, Judge]] = {}

    def of(self, condition: Condition) -> Judge:
        """The judge of this condition."""
        whose, judge = self._made.get(id(condition), (None, None))
        if whose is not condition or judge is None:
            judge = judging(condition)
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            # With the condition itself, so that no other can get its number (`id`) while it stands here.
            self._made[id(condition)] = (condition, judge)
        return judge


class OfLiteral:
    """A test against a literal: the most common by far, so joining reads it without a call of its own."""

    __slots__ = ("asked", "fact", "holds", "unknown")

    def __init__(self, fact: str, holds: Holds, asked: Asked) -> None:
        self.fact, self.holds, self.asked = fact, holds, asked
        self.unknown: Trace = (None, asked, None, (), (fact,))

    def judge(self, facts: Facts) -> bool | None:
        """True, false or unknown."""
        actual = facts[self.fact]
        return None if actual is None else self.holds(actual)

    def explain(self, facts: Facts) -> Trace:
        """The same, with what was found."""
        actual = facts[self.fact]
        return self.unknown if actual is None else (self.holds(actual), self.asked, actual, (), ())


@dataclass(frozen=True, slots=True)
class _Judged(Algebra[Callable[[Facts], Any]]):
    """Truth and nothing else; that of the whole (`top`) in the words `yes` and `no`."""

    top: Condition
    yes: Value | None
    no: Value | None

    def test(self, test: Test) -> Judge:
        judge = _judge_of_test(test)
        return self._reworded(judge) if test is self.top else judge

    def deny(self, condition: Not, part: Judge) -> Judge:
        def judge(facts: Facts) -> bool | None:
            truth = part(facts)
            return None if truth is None else not truth

        return self._reworded(judge) if condition is self.top else judge

    def _reworded(self, judge: Judge) -> Judge:
        yes, no = self.yes, self.no
        if yes is True and no is False:
            return judge

        def reworded(facts: Facts) -> Any:
            truth = judge(facts)
            return yes if truth else no if truth is False else None

        return reworded

    def join(self, condition: All | AnyOf, parts: tuple[Judge, ...]) -> Judge:
        decisive = isinstance(condition, AnyOf)
        yes, no = (self.yes, self.no) if condition is self.top else (True, False)
        decided, otherwise = (yes, no) if decisive else (no, yes)
        literals = [literal_of(part) for part in parts]
        quick = tuple((one.fact, one.holds) for one in literals if one is not None)
        slow = tuple(part for part, one in zip(parts, literals, strict=True) if one is None)

        def judge(facts: Facts) -> Any:
            truth = otherwise
            for fact, holds in quick:
                actual = facts[fact]
                if actual is None:
                    truth = None
                elif holds(actual) is decisive:
                    return decided
            for part in slow:
                found = part(facts)
                if found is decisive:
                    return decided
                if found is None:
                    truth = None
            return truth

        return judge


def _judge_of_test(test: Test) -> Judge:
    operation, fact, operand = OPERATIONS[test.operator], test.fact, test.operand
    relation = operation.relation
    if isinstance(operand, Literal):
        holds = relation(operand.value)
        if operation.sees_unknown:
            return lambda facts: holds(facts[fact])  # type: ignore[arg-type]  # this relation takes None
        return OfLiteral(fact, holds, Asked("test")).judge

    def judge(facts: Facts) -> bool | None:
        actual, expected = facts[fact], operand_in(operand, facts)
        if operation.sees_unknown:
            return relation(bool(expected))(actual)  # type: ignore[arg-type]
        return None if actual is None or expected is None else relation(expected)(actual)

    return judge


def literal_of(made: Callable[[Facts], object]) -> OfLiteral | None:
    """The test against a literal that this was made of; None when it was made of something else."""
    owner = getattr(made, "__self__", None)
    return owner if isinstance(owner, OfLiteral) else None


def operand_in(operand: Expression, facts: Facts) -> Value | None:
    """What the operand of a test is worth in this situation."""
    return evaluate_expression(operand, facts.__getitem__, facts.around)
