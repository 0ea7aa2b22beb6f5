"""Which plan of a script a case belongs to, and which way it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field

from engine.core.deciding.situation import Situation
from engine.core.quick_class import dataclass
from engine.definitions.script import CasePlan, Selection, Way


@dataclass
class PlanBook:
    """The plans with what was already given out; one for each run."""

    plans: tuple[CasePlan, ...]
    _met: Counter[str] = field(default_factory=Counter)
    _given: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def is_waiting_for_cases(self) -> bool:
        """Whether any plan is for cases that come up by themselves."""
        return any(plan.cases is not None for plan in self.plans)

    def plan_for(self, situation: Situation) -> CasePlan | None:
        """The first plan for cases that come to be by other means, and that this case fits in."""
        for plan in self.plans:
            wanted = plan.cases
            if wanted and _fits(wanted, situation) and self._is_turn(plan.name, wanted.every):
                return plan
        return None

    def way_for(self, plan: CasePlan) -> Way | None:
        """The way of which most is still owed, so that shares come out exactly; None for what no way covers."""
        self._met[plan.name] += 1
        owed = [
            (way.share * self._met[plan.name] - self._given[(plan.name, way.name)], way)
            for way in (*plan.ways, *_nothing(plan))
        ]
        _, way = max(owed, key=lambda one: one[0])
        self._given[(plan.name, way.name)] += 1
        return way if way.name else None

    def unmet(self) -> tuple[CasePlan, ...]:
        """Plans that no case ever fitted in."""
        return tuple(plan for plan in self.plans if not self._met[plan.name])

    def _is_turn(self, plan: str, every: int) -> bool:
        turn = self._given[("every", plan)]
        self._given[("every", plan)] += 1
        return turn % every == 0


def _fits(wanted: Selection, situation: Situation) -> bool:
    case = situation.case
    is_one = wanted.workflow == case.workflow and wanted.subject in ("", case.subject)
    return is_one and situation.holds(wanted.condition)


def _nothing(plan: CasePlan) -> Iterator[Way]:
    rest = 1 - sum(way.share for way in plan.ways)
    if rest > 0:
        yield Way(name="", share=rest, acts=())
