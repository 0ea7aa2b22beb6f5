"""Why, and why not: what can be done with a case now, what stands in the way, and who can help."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.core.content.workflow import Transition
from engine.core.deciding.checks import arc_blockers, authority_for
from engine.core.deciding.mandates import find_entitled
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker
from engine.core.evaluation.truth import Reason
from engine.core.moment import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibility:
    """One transition from here: open or not, by whom, and everything that blocks it.

    `is_automatic` transitions are taken by the engine itself; `on_term` names the term they wait for.
    `may_act` tells whether the actor of the situation is entitled to it.
    """

    transition: str
    label: str
    targets: tuple[str, ...]
    by: tuple[str, ...]
    is_open: bool
    is_automatic: bool
    on_term: str
    may_act: bool
    reason_required: bool
    asks: tuple[str, ...]
    blockers: tuple[Blocker, ...]
    where: str


def possibilities(situation: Situation) -> tuple[Possibility, ...]:
    """Every transition from the state the case is in, in the order of the workflow."""
    arcs_by_id: dict[tuple[str, bool], list[Transition]] = {}
    for arc in situation.content.workflow.arcs_from(situation.case.state):
        arcs_by_id.setdefault((arc.id, arc.is_automatic), []).append(arc)
    return tuple(_possibility(situation, tuple(arcs)) for arcs in arcs_by_id.values())


def _possibility(situation: Situation, arcs: tuple[Transition, ...]) -> Possibility:
    blockers_by_arc = [with_whole_reasons(situation, arc_blockers(situation, arc)) for arc in arcs]
    is_open = any(not blockers for blockers in blockers_by_arc)
    blockers = () if is_open else _without_doubles(blockers_by_arc)
    first = arcs[0]
    return Possibility(
        transition=first.id,
        label=first.label,
        targets=tuple(dict.fromkeys(arc.target for arc in arcs)),
        by=_entitled(situation, arcs),
        is_open=is_open,
        is_automatic=first.is_automatic,
        on_term=first.on_term,
        may_act=any(authority_for(situation, arc) is not None for arc in arcs),
        reason_required=any(arc.reason_required for arc in arcs),
        asks=tuple(dict.fromkeys(fact for arc in arcs for fact in arc.asks)),
        blockers=blockers,
        where=first.where,
    )


def _entitled(situation: Situation, arcs: tuple[Transition, ...]) -> tuple[str, ...]:
    """Who may take it: the bodies the content names, and who holds their mandate today."""
    content = situation.content
    named = tuple(dict.fromkeys(body for arc in arcs for body in arc.by))
    return find_entitled(
        content.organisation, named, f"{content.workflow.id}.{arcs[0].id}", local_day(situation.moment)
    )


def _without_doubles(found: list[tuple[Blocker, ...]]) -> tuple[Blocker, ...]:
    blockers = {(b.kind, b.subject, b.where): b for blockers in found for b in blockers}
    return tuple(blockers.values())


def with_whole_reasons(situation: Situation, blockers: tuple[Blocker, ...]) -> tuple[Blocker, ...]:
    """The blockers, each reason down to the given facts."""
    return tuple(
        replace(blocker, reason=whole_reason(situation, blocker.reason)) if blocker.reason else blocker
        for blocker in blockers
    )


def whole_reason(situation: Situation, reason: Reason) -> Reason:
    """The reason with, under each test of a concluded fact, why the rules concluded that."""
    parts = tuple(whole_reason(situation, part) for part in reason.parts)
    below = situation.findings.reasons.get(reason.fact) if reason.kind == "test" else None
    if below is not None:
        parts = (*parts, whole_reason(situation, below))
    return replace(reason, parts=parts)


def explain_fact(situation: Situation, fact: str) -> Reason | None:
    """Why a concluded fact has its value, down to the given facts; None for a fact nobody concludes."""
    reason = situation.findings.reasons.get(fact)
    return None if reason is None else whole_reason(situation, reason)
