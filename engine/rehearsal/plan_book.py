"""Which plan of a script a case belongs to, and which way it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field

from engine.core.deciding.situation import Situation
from engine.core.quick_class import dataclass
from engine.definitions.script import Plan, Script, Way


@dataclass
class PlanBook:
    """The plans of a script with what was already given out; one for each run."""

    script: Script
    _met: Counter[str] = field(default_factory=Counter)
    _given: Counter[tuple[str, str]] = field(default_factory=Counter)

    def plan_for(self, situation: Situation) -> Plan | None:
        """The first plan for cases that come to be by other means, and that this case fits in."""
        case = situation.case
        for plan in self.script.plans:
            if plan.opening is None and plan.workflow == case.workflow and plan.subject in ("", case.subject):
                truth = situation.explain(plan.condition).truth
                if truth is True and self._is_turn(plan):
                    return plan
        return None

    def way_for(self, plan: Plan) -> Way | None:
        """The way of which most is still owed, so that shares come out exactly; None for what no way covers."""
        self._met[plan.name] += 1
        owed = [
            (way.share * self._met[plan.name] - self._given[(plan.name, way.name)], way)
            for way in (*plan.ways, *_nothing(plan))
        ]
        _, way = max(owed, key=lambda one: one[0])
        self._given[(plan.name, way.name)] += 1
        return way if way.name else None

    def unmet(self) -> tuple[Plan, ...]:
        """Plans that no case ever fitted in."""
        return tuple(plan for plan in self.script.plans if not self._met[plan.name])

    def _is_turn(self, plan: Plan) -> bool:
        self._given[(plan.name, "")] += 0
        turn = self._given[("every", plan.name)]
        self._given[("every", plan.name)] += 1
        return turn % plan.every == 0


def _nothing(plan: Plan) -> Iterator[Way]:
    rest = 1 - sum(way.share for way in plan.ways)
    if rest > 0:
        yield Way(name="", share=rest, acts=())
