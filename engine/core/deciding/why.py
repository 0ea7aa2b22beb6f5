"""Why, and why not: what can be done with a case now, what stands in the way, and who can help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.core.content.workflow import Transition
from engine.core.deciding.checks import at_hand_for, authority_for, entitled_to, transition_blockers
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.reasons import Reason
from engine.core.quick_class import dataclass


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
    transitions_by_id: dict[tuple[str, bool], list[Transition]] = {}
    for transition in situation.content.workflow.transitions_from(situation.case.state):
        transitions_by_id.setdefault((transition.id, transition.is_automatic), []).append(transition)
    return tuple(_possibility(situation, tuple(transitions)) for transitions in transitions_by_id.values())


def _possibility(situation: Situation, transitions: tuple[Transition, ...]) -> Possibility:
    blockers_by_transition = [
        with_whole_reasons(situation, transition, transition_blockers(situation, transition))
        for transition in transitions
    ]
    is_open = any(not blockers for blockers in blockers_by_transition)
    blockers = () if is_open else nearest(blockers_by_transition)
    first = transitions[0]
    return Possibility(
        transition=first.id,
        label=first.label,
        targets=tuple(dict.fromkeys(transition.target for transition in transitions)),
        by=entitled_to(situation, transitions),
        is_open=is_open,
        is_automatic=first.is_automatic,
        on_term=first.on_term,
        may_act=any(authority_for(situation, transition) is not None for transition in transitions),
        reason_required=any(transition.reason_required for transition in transitions),
        asks=tuple(dict.fromkeys(fact for transition in transitions for fact in _asked(situation, transition))),
        blockers=blockers,
        where=first.where,
    )


def _asked(situation: Situation, transition: Transition) -> tuple[str, ...]:
    """What may be given along: the facts it needs (also those known by now), those it names, the fields at hand."""
    rules = situation.content.rules
    needed = (fact for fact in transition.requires if (rule := rules.facts.get(fact)) is not None and rule.question)
    fields = (rule.id for kind in transition.kinds_at_hand for rule in rules.records[kind].fields.values())
    return tuple(dict.fromkeys((*needed, *transition.asks, *fields)))


def nearest(found: Sequence[tuple[Blocker, ...]]) -> tuple[Blocker, ...]:
    """What stands in the way of transitions of one name, each thing once.

    Only of those that wait for what is not known yet, when there are any: what another one would ask can no longer be.
    """
    within_reach = [blockers for blockers in found if not any(_is_denied(one) for one in blockers)]
    blockers = {(b.kind, b.subject, b.where): b for blockers in within_reach or found for b in blockers}
    return tuple(blockers.values())


def _is_denied(blocker: Blocker) -> bool:
    return blocker.kind is BlockerKind.CONDITION and blocker.reason is not None and blocker.reason.truth is False


def with_whole_reasons(
    situation: Situation, transition: Transition, blockers: tuple[Blocker, ...]
) -> tuple[Blocker, ...]:
    """The blockers, each reason down to the given facts, and to the fields of the records that are at hand."""
    if not any(blocker.reason for blocker in blockers):
        return blockers
    situation = at_hand_for(situation, transition)
    return tuple(
        replace(blocker, reason=whole_reason(situation, blocker.reason)) if blocker.reason else blocker
        for blocker in blockers
    )


def whole_reason(situation: Situation, reason: Reason) -> Reason:
    """The reason with, under each test of a concluded fact, why the rules concluded that."""
    parts = tuple(whole_reason(situation, part) for part in reason.parts)
    if reason.kind == "test":
        below = situation.known.reason(reason.fact) or situation.explain_view(reason.fact)
        if below is not None:
            parts = (*parts, whole_reason(situation, below))
    return reason.with_parts(parts)


def explain_fact(situation: Situation, fact: str) -> Reason | None:
    """Why a concluded fact has its value, down to the given facts; None for a fact nobody concludes, nor a view."""
    reason = situation.known.reason(fact) or situation.explain_view(fact)
    return None if reason is None else whole_reason(situation, reason)
