"""Whether somebody was surely asked for his view before a decision, on every way to it (Awb 4:7, 4:8).

Only what the workflow itself orders counts. What the act of deciding demands of given facts is taken to have been so
when the view was asked: who intends to refuse asks about a refusal. An earlier decision wipes out what was asked
before it: that was about another intention.
"""

from __future__ import annotations

from engine.core.content.obligations import Obligation
from engine.core.content.workflow import Transition
from engine.core.language.conditions import ALWAYS, AnyOf, facts_in
from engine.core.language.facts import term_fact
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.paths import transitions_leaving
from engine.proofs.solver import surely

_Point = tuple[str, bool]


def way_unheard(flow: Dataflow, deciding: Transition, obligation: Obligation, party: str) -> tuple[str, ...] | None:
    """The shortest way to the act on which this party was not asked: entry and transitions; None: there is none."""
    walk = _Asking(flow, deciding, obligation, party)
    ways: dict[_Point, tuple[str, ...]] = {}
    ahead: list[_Point] = []

    def reach(point: _Point, way: tuple[str, ...]) -> None:
        if point not in ways:
            ways[point] = way
            ahead.append(point)

    for entry in flow.content.workflow.entries:
        reach((entry.state, False), (entry.id,))
    for state, heard in ahead:
        for one in transitions_leaving(flow.content.workflow, state):
            if walk.can_go(one):
                reach((one.target, walk.heard_after(one, heard)), (*ways[state, heard], one.id))
    found = ways.get((deciding.origin, False))
    return None if found is None else (*found, deciding.id)


class _Asking:
    """What each transition does to whether one party was heard, for who comes to decide."""

    def __init__(self, flow: Dataflow, deciding: Transition, obligation: Obligation, party: str) -> None:
        self._flow, self._deciding, self._obligation, self._party = flow, deciding, obligation, party
        self._demanded = _demanded(flow, deciding)
        self._excuse = () if obligation.unless is None else (obligation.unless,)
        self._excusing = frozenset().union(*(facts_in(one) for one in self._excuse))

    def can_go(self, one: Transition) -> bool:
        """Whether who goes this way can come to decide what is decided."""
        return one.when == ALWAYS or not self._told(one).is_impossible

    def heard_after(self, one: Transition, heard: bool) -> bool:
        """Whether the party is surely heard, or need not be, after this transition."""
        if _same_matter(self._flow, one, self._deciding):
            return False
        return heard or self._asks(one)

    def _asks(self, one: Transition) -> bool:
        of_party = (order for order in one.letters if self._party in order.to)
        asked = tuple(order.when for order in of_party if order.letter in self._obligation.asked_with)
        told = self._told(one)
        # What excuses must be told by this transition itself: nothing else is known of the way here.
        excuse = self._excuse if self._excusing & (told.known | told.values.keys()) else ()
        if not asked and not excuse:
            return False
        known = self._flow.deduction.close(told)
        return surely(self._flow.content.rules, AnyOf(parts=(*asked, *excuse)), known)

    def _told(self, one: Transition) -> Knowledge:
        return self._flow.deduction.told_when(one.when, self._demanded)


def _demanded(flow: Dataflow, deciding: Transition) -> Knowledge:
    """What the act asks of facts that people give, and that stay: no clock, no letter, no field of a record."""
    told = flow.deduction.told_by(deciding.when)
    rules = flow.content.rules
    stays = {
        fact: values
        for fact, values in told.values.items()
        if fact in rules.facts and fact not in rules.order and term_fact(fact) is None and not rules.facts[fact].record
    }
    return Knowledge(known=frozenset(stays), values=stays)


def _same_matter(flow: Dataflow, one: Transition, deciding: Transition) -> bool:
    """Whether an act decides what the other decides about: both make a record of the same kind."""
    decisions = flow.content.rules.decisions
    if one.decides not in decisions or deciding.decides not in decisions:
        return False
    return one.decides == deciding.decides or bool(
        set(decisions[one.decides].writes) & set(decisions[deciding.decides].writes)
    )
