"""The port to whatever can decide about conditions: the proofs ask it questions, and know nothing of how it finds out.

Behind it stands the `enumerator`. One that reasons by symbols takes its place by answering the same
three questions; the solver form of an operator stands in its row (`Trial`, `signs`, `denies`).
"""

from __future__ import annotations

from typing import Protocol

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.outcomes import Producer
from engine.core.language.conditions import Condition
from engine.core.language.facts import Value
from engine.proofs.enumerator import Enumerator, TooManyError
from engine.proofs.knowledge import NOTHING, Knowledge
from engine.proofs.situations import Situation


class Solver(Protocol):
    """Answers for one rule set. Raises TooManyError when it cannot decide within its means."""

    def example(self, condition: Condition, knowledge: Knowledge = NOTHING) -> Situation | None:
        """A situation in which the condition is true, facts known unless it asks for that; None: there is none."""

    def always(self, condition: Condition, knowledge: Knowledge) -> bool:
        """Whether the condition is true in every situation, also where facts that may be unknown are."""

    def outcomes(self, producer: Producer, knowledge: Knowledge) -> tuple[bool, frozenset[Value] | None]:
        """Whether the fact surely gets a value, and the values it can have (None: any)."""


def solver_for(rules: RuleSet) -> Solver:
    """The solver that answers about these rules."""
    return Enumerator(rules)


def can_hold(rules: RuleSet, condition: Condition, knowledge: Knowledge = NOTHING) -> bool:
    """Whether some situation makes the condition true; also True when that cannot be decided."""
    try:
        return solver_for(rules).example(condition, knowledge) is not None
    except TooManyError:
        return True
