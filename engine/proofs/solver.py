"""The port to whatever can decide about conditions: the proofs ask it questions, and know nothing of how it finds out.

Behind it stands the `Enumerator`, which tries every situation that makes a difference; where there are too many for it
`Symbolic` answers, which reasons with z3 about the same situations. A test holds the two together. The solver form of
an operator stands in its row (`Trial`, `signs`, `denies`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from engine.core.content.ruleset import HitPolicy, RuleSet
from engine.core.evaluation.outcomes import Producer, settle
from engine.core.language.conditions import ALWAYS, AnyOf, Condition, Literal, facts_in_expression
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.proofs.asked_often import asked_often
from engine.proofs.knowledge import NOTHING, Knowledge
from engine.proofs.situations import Space, TriedSituation, combined, space_of

if TYPE_CHECKING:
    from engine.proofs.symbolic import Symbolic

T = TypeVar("T")
LIMIT = 20_000
"""More situations than this are not tried."""
# One derived fact is asked about again and again, with ever other knowledge.
_OUTCOMES_LIMIT = 4_000


class TooManyError(Exception):
    """Inside the proofs only: there are more situations than can be tried."""


class Solver(Protocol):
    """Answers for one rule set. Raises TooManyError when it cannot decide within its means."""

    def example(self, condition: Condition, knowledge: Knowledge = NOTHING) -> TriedSituation | None:
        """A situation in which the condition is true, facts known unless it asks for that; None: there is none."""

    def always(self, condition: Condition, knowledge: Knowledge) -> bool:
        """Whether the condition is true in every situation, also where facts that may be unknown are."""

    def outcomes(self, producer: Producer, knowledge: Knowledge) -> tuple[bool, frozenset[Value] | None]:
        """Whether the fact surely gets a value, and the values it can have (None: any)."""


@dataclass(frozen=True, slots=True)
class Enumerator:
    """The solver that tries every situation; see `Solver` for what each question means."""

    rules: RuleSet

    def example(self, condition: Condition, knowledge: Knowledge = NOTHING) -> TriedSituation | None:
        """The first situation in which the condition is true."""
        return next(
            (one for one in self._all((condition,), knowledge, with_unknown=False) if one.truth(condition)), None
        )

    def always(self, condition: Condition, knowledge: Knowledge) -> bool:
        """Whether the condition is true in every situation."""
        return all(situation.truth(condition) for situation in self._all((condition,), knowledge))

    def outcomes(self, producer: Producer, knowledge: Knowledge) -> tuple[bool, frozenset[Value] | None]:
        """What comes of the producer over all situations."""
        whens = tuple(branch.when for branch in producer.branches)
        computed = [value for value in producer.expressions if not isinstance(value, Literal)]
        read = frozenset().union(*(facts_in_expression(value) for value in computed))
        space = _not_over(_OUTCOMES_LIMIT, space_of(self.rules, whens, knowledge=knowledge, also=sorted(read)))
        asked = [asked_often(when, space) for when in whens]
        is_certain, possible, seen = True, set[Value](), set[tuple[bool | None, ...]]()
        for situation in combined(space):
            truths = [one.truth(situation) for one in asked]
            same = (*truths, *map(situation.is_known, computed))
            if same in seen:
                continue  # what follows is worked out of nothing else
            seen.add(same)
            said = [value for _, value in settle(producer, truths, situation.worth).said]
            is_certain = is_certain and bool(said) and None not in said
            # Where rules contradict each other any of them may be right; that they do is told elsewhere.
            possible.update(value for value in said if value is not None)
        is_open = producer.hit is HitPolicy.COLLECT or not all(isinstance(v, Literal) for v in producer.expressions)
        return is_certain, None if is_open else frozenset(possible)

    def _all(
        self, conditions: tuple[Condition, ...], knowledge: Knowledge, *, with_unknown: bool = True
    ) -> Iterator[TriedSituation]:
        space = space_of(self.rules, conditions, knowledge=knowledge, with_unknown=with_unknown)
        return combined(_not_over(LIMIT, space))


def _not_over(limit: int, space: Space) -> Space:
    if space.size > limit:
        raise TooManyError
    return space


@dataclass(frozen=True, slots=True)
class _Both:
    """Tries what can be tried, and reasons about the rest."""

    rules: RuleSet

    def example(self, condition: Condition, knowledge: Knowledge = NOTHING) -> TriedSituation | None:
        try:
            return Enumerator(self.rules).example(condition, knowledge)
        except TooManyError:
            return self._reasoned(lambda one: one.example(condition, knowledge))

    def always(self, condition: Condition, knowledge: Knowledge) -> bool:
        try:
            return Enumerator(self.rules).always(condition, knowledge)
        except TooManyError:
            return self._reasoned(lambda one: one.always(condition, knowledge))

    def outcomes(self, producer: Producer, knowledge: Knowledge) -> tuple[bool, frozenset[Value] | None]:
        return Enumerator(self.rules).outcomes(producer, knowledge)

    def _reasoned(self, asked: Callable[[Symbolic], T]) -> T:
        from engine.proofs.symbolic import Symbolic, TooWideError  # z3 takes a while to import, and is rarely needed

        try:
            return asked(Symbolic(self.rules))
        except TooWideError as error:
            raise TooManyError from error


def solver_for(rules: RuleSet) -> Solver:
    """The solver that answers about these rules."""
    return _Both(rules)


def can_hold(rules: RuleSet, condition: Condition, knowledge: Knowledge = NOTHING) -> bool:
    """Whether some situation makes the condition true; also True when that cannot be decided."""
    try:
        return solver_for(rules).example(condition, knowledge) is not None
    except TooManyError:
        return True


def surely(rules: RuleSet, condition: Condition, knowledge: Knowledge) -> bool:
    """Whether the condition is true in every situation that agrees with what is known; False when undecided."""
    if condition == ALWAYS or (isinstance(condition, AnyOf) and ALWAYS in condition.parts):
        return True
    try:
        return condition != AnyOf(parts=()) and solver_for(rules).always(condition, knowledge)
    except TooManyError:
        return False
