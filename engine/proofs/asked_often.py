"""Conditions that are asked in one situation after another, and worked out once for each difference they see."""

from __future__ import annotations

from engine.core.language.conditions import Condition, tests_in
from engine.core.quick_class import dataclass
from engine.proofs.situations import Opaque, Space, TriedSituation


@dataclass(frozen=True, slots=True)
class AskedOften:
    """A condition with the facts and the comparisons that its truth hangs on, and what came out for each of them."""

    condition: Condition
    facts: tuple[str, ...]
    outcomes: tuple[Opaque, ...]
    answers: dict[tuple[object, ...], bool | None]

    def truth(self, situation: TriedSituation) -> bool | None:
        """The truth of the condition in this situation, in three values."""
        values, outcomes = situation.values, situation.outcomes
        seen = (*[values[fact] for fact in self.facts], *[outcomes[one] for one in self.outcomes])
        if seen not in self.answers:
            self.answers[seen] = situation.truth(self.condition)
        return self.answers[seen]


def asked_often(condition: Condition, space: Space) -> AskedOften:
    """This condition, for the situations of a space that was made for it."""
    hangs_on = [space.about(test) for test in tests_in(condition)]
    facts = dict.fromkeys(fact for facts, _ in hangs_on for fact in facts)
    outcomes = dict.fromkeys(one for _, opaque in hangs_on for one in opaque)
    return AskedOften(condition, tuple(facts), tuple(outcomes), {})
