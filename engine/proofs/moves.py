"""Moves that nobody makes by hand are never held up: what they must set is always known.

A move that must set an unknown value is refused as a whole. A person can then be asked; a term that passes cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.core.content.workflow import EntryPoint, Transition
from engine.core.deciding.at_hand import needed_fields
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import All, facts_in_expression
from engine.proofs.clashes import told_situation
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.leaving import one_surely_holds
from engine.proofs.openings import needed_to_open
from engine.proofs.paths import transitions_leaving
from engine.proofs.proven import Proven
from engine.proofs.solver import TooManyError, solver_for


def prove_moves(content: Content, flow: Dataflow) -> Proven:
    """Automatic transitions can always set what they set, and every entry asks for what a case cannot open without."""
    findings: list[Finding] = []
    moves = 0
    for transition in content.workflow.transitions:
        if transition.is_automatic and transition.origin in flow.known:
            moves += 1
            findings.extend(_check_move(flow, transition))
    findings.extend(_overtaken(content, flow))
    findings.extend(_at_once(content))
    for entry in content.workflow.entries:
        findings.extend(_check_entry(content, entry))
    line = f"{content.workflow.id}: {moves} overgangen die vanzelf gaan, worden nooit opgehouden."
    return Proven(findings=tuple(findings), line=line)


def _check_move(flow: Dataflow, transition: Transition) -> Iterator[Finding]:
    knowledge = flow.when_taken(transition)
    if knowledge.is_impossible:
        return
    told = {"transition": transition.id, "origin": transition.origin}
    for sets in flow.content.in_rounds(transition.sets):
        for said in sets:
            missing = _missing(flow, facts_in_expression(said.value), knowledge)
            if missing and not flow.content.rules.can_lack(said.fact):
                yield fault("held_up", transition.where, **told, fact=said.fact, missing=missing)
        knowledge = flow.with_set(knowledge, sets)


def _overtaken(content: Content, flow: Dataflow) -> Iterator[Finding]:
    """Transitions out of a state that every case leaves by itself at once."""
    for state in content.workflow.states:
        transitions = transitions_leaving(content.workflow, state.id)
        knowledge = flow.in_state(state.id)
        leaver = next(
            (transition for transition in transitions if _leaves_at_once(content, transition, knowledge)), None
        )
        if leaver is None or state.id not in flow.known:
            continue
        for number, one in enumerate(transitions):
            if one is not leaver and not (one.automatic and number < transitions.index(leaver)):
                yield fault("overtaken_transition", one.where, transition=one.id, origin=state.id, leaver=leaver.id)


def _at_once(content: Content) -> Iterator[Finding]:
    """Two automatic transitions to different states that can hold together: which one goes is only the order of lines.

    One that stays goes first and lets the other follow; alternatives of one name are tried in their order on purpose.
    """
    for state in content.workflow.states:
        leaving = [one for one in transitions_leaving(content.workflow, state.id) if one.automatic]
        moving = [one for one in leaving if one.target != state.id]
        for one, other in combinations(moving, 2):
            if one.id != other.id and one.target != other.target:
                yield from _both_hold(content, one, other)


def _both_hold(content: Content, one: Transition, other: Transition) -> Iterator[Finding]:
    try:
        seen = solver_for(content.rules).example(All(parts=(one.when, other.when)))
    except TooManyError:
        return
    if seen is not None:
        told = {"one": one.id, "other": other.id, "origin": one.origin, "when": told_situation(seen)}
        yield doubt("automatic_together", other.where, **told)


def _leaves_at_once(content: Content, transition: Transition, knowledge: Knowledge) -> bool:
    return (
        transition.automatic
        and transition.target != transition.origin
        and one_surely_holds(content, [transition], knowledge)
    )


def _missing(flow: Dataflow, facts: frozenset[str], knowledge: Knowledge) -> tuple[str, ...]:
    missing = facts - knowledge.known
    return flow.missing_for(sorted(missing), knowledge) if missing else ()


def _check_entry(content: Content, entry: EntryPoint) -> Iterator[Finding]:
    """A case without a subject or a sector is refused, so a person must be told to give them."""
    for fact in needed_to_open(content, entry):
        if fact not in (*entry.requires, *needed_fields(content, entry, ()), content.workflow.subject_key):
            yield fault("entry_without_sector", entry.where, entry=entry.id, fact=fact)
