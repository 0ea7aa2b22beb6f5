"""No case runs round and round by itself: automatic transitions never form a circle that can hold all at once."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.workflow import Transition
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.language.conditions import All, facts_in
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge, both
from engine.proofs.proven import Proven
from engine.proofs.solver import can_hold

_CIRCLES_AT_MOST = 1_000


def prove_no_circles(content: Content, flow: Dataflow) -> Proven:
    """Every circle of automatic transitions is broken by what its own transitions ask or set."""
    findings: list[Finding] = []
    for circle in _circles(content):
        if _can_go_round(content, flow, circle):
            first = circle[0]
            way = (*(transition.origin for transition in circle), first.origin)
            transitions = tuple(dict.fromkeys(transition.id for transition in circle))
            findings.append(fault("automatic_circle", first.where, way=way, transitions=transitions))
    count = sum(transition.automatic for transition in content.workflow.transitions)
    line = f"{content.workflow.id}: {count} automatische overgangen vormen geen kring."
    return Proven(findings=tuple(findings), line=line)


def _circles(content: Content) -> Iterator[tuple[Transition, ...]]:
    """The simple circles of automatic transitions, each once: from its state that comes first in the workflow."""
    order = {state.id: number for number, state in enumerate(content.workflow.states)}
    found = 0
    for start in order:
        ahead: list[tuple[Transition, ...]] = [(transition,) for transition in _automatic(content, start)]
        while ahead and found < _CIRCLES_AT_MOST:
            way = ahead.pop()
            target = way[-1].target
            if target == start:
                found += 1
                yield way
            elif order.get(target, -1) > order[start] and target not in {transition.origin for transition in way}:
                ahead.extend((*way, transition) for transition in _automatic(content, target))


def _automatic(content: Content, state: str) -> tuple[Transition, ...]:
    return tuple(transition for transition in content.workflow.transitions_from(state) if transition.automatic)


def _can_go_round(content: Content, flow: Dataflow, circle: tuple[Transition, ...]) -> bool:
    """Whether the circle can be walked twice, when only its own transitions change facts."""
    declared = frozenset(content.rules.facts)
    settled = Knowledge()
    for transition in (*circle, *circle):
        told = settled.knowing(flow.always)
        for fact in flow.records.required(transition):
            told = both(told, flow.deduction.told_by_fact(fact))
        told = flow.deduction.close(flow.deduction.told_when(transition.when, told))
        if told.is_impossible or not can_hold(content.rules, transition.when, told):
            return False
        settled = flow.with_written(flow.with_set(told, transition.sets), transition).about(declared)
    whens = tuple(transition.when for transition in circle)
    return not _leaves_itself_alone(flow, circle) or can_hold(content.rules, All(parts=whens))


def _leaves_itself_alone(flow: Dataflow, circle: tuple[Transition, ...]) -> bool:
    """True when no transition sets anything that a transition of the circle asks."""
    changed = {said.fact for transition in circle for said in transition.sets}
    changed = changed.union(*(flow.records.touched(transition) for transition in circle))
    read = frozenset().union(*(facts_in(transition.when) for transition in circle))
    return not read & (changed | flow.deduction.depending_on(changed))
