"""The ladder: every rung ends in time, its target fits, and only a person answers it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.ladder import Ladder
from engine.core.content.workflow import State
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import ALWAYS
from engine.core.legal_clock.period import is_surely_longer
from engine.proofs.proven import Proven
from engine.proofs.world import World


def prove_ladders(world: World) -> Proven:
    """Every rung has a longest stay, a target within it, and a way on when its time is up."""
    findings: list[Finding] = []
    count = 0
    for content in world.contents:
        for ladder in content.rules.ladders.values():
            findings.extend(_check_ladder(ladder))
        rungs = [state for state in content.workflow.states if state.rung]
        count += len(rungs)
        for state in rungs:
            findings.extend(_check_way_on(content, state))
        findings.extend(_check_answers(content))
    line = f"{count} treden hebben een maximum, een weg verder na afloop en een antwoord door een mens."
    return Proven(findings=tuple(dict.fromkeys(findings)), line=line)


def _check_ladder(ladder: Ladder) -> Iterator[Finding]:
    for rung in ladder.rungs:
        if rung.maximum.amount == 0:
            yield fault("rung_without_maximum", rung.where, rung=rung.id)
        if rung.enabled and not rung.answer:
            yield fault("rung_without_answer", rung.where, rung=rung.id)
        if rung.target is not None and is_surely_longer(rung.target, rung.maximum):
            yield fault("target_beyond_maximum", rung.where, rung=rung.id, target=rung.target, maximum=rung.maximum)
        if rung.target_share is not None and rung.target is None:
            yield doubt("share_without_target", rung.where, rung=rung.id)


def _check_way_on(content: Content, state: State) -> Iterator[Finding]:
    """When the time of a rung is up the case goes on, whatever the conditions of higher rungs say."""
    overruns = [transition for transition in content.workflow.transitions_from(state.id) if transition.on_term]
    if not overruns:
        yield fault("rung_without_way_on", state.where, rung=state.id)
    elif not any(transition.when == ALWAYS and transition.target != state.id for transition in overruns):
        yield fault("rung_without_sure_way_on", state.where, rung=state.id)


def _check_answers(content: Content) -> Iterator[Finding]:
    for transition in content.workflow.transitions:
        if transition.answers_rung and transition.is_automatic:
            yield fault("answered_by_itself", transition.where, transition=transition.id)
