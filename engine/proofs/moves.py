"""Moves that nobody makes by hand are never held up: what they must set is always known.

A move that must set an unknown value is refused as a whole. A person can then be asked; a term that passes cannot.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.workflow import EntryPoint, Transition
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import facts_in_expression
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.openings import needed_to_open
from engine.proofs.paths import transitions_leaving
from engine.proofs.problems import Problem, Proven, wrong
from engine.proofs.standing import one_surely_holds
from engine.proofs.world import named


def prove_moves(content: Content, flow: Dataflow) -> Proven:
    """Automatic transitions can always set what they set, and every entry asks for what a case cannot open without."""
    problems: list[Problem] = []
    moves = 0
    for transition in content.workflow.transitions:
        if transition.is_automatic and transition.origin in flow.known:
            moves += 1
            problems.extend(_check_move(flow, transition))
    problems.extend(_overtaken(content, flow))
    for entry in content.workflow.entries:
        problems.extend(_check_entry(content, entry))
    line = f"{content.workflow.id}: {moves} overgangen die vanzelf gaan, worden nooit opgehouden."
    return Proven(problems=tuple(problems), line=line)


def _check_move(flow: Dataflow, transition: Transition) -> Iterator[Problem]:
    knowledge = flow.when_taken(transition)
    if knowledge.is_impossible:
        return
    for said in transition.sets:
        missing = _missing(flow, facts_in_expression(said.value), knowledge)
        if missing:
            yield wrong(
                "held_up",
                f'De overgang "{transition.id}" vanuit "{transition.origin}" gaat vanzelf, maar kan blijven steken.',
                transition.where,
                f'Zij zet "{said.fact}", en {missing} is dan niet zeker bekend.',
                f'Vereis {missing} voordat de zaak in "{transition.origin}" komt, of zet het in when.',
            )


def _overtaken(content: Content, flow: Dataflow) -> Iterator[Problem]:
    """Transitions out of a state that every case leaves by itself at once."""
    for state in content.workflow.states:
        transitions = transitions_leaving(content.workflow, state.id)
        knowledge = flow.in_state(state.id)
        leaver = next(
            (transition for transition in transitions if _leaves_at_once(content, transition, knowledge)), None
        )
        if leaver is None or state.id not in flow.known:
            continue
        for number, transition in enumerate(transitions):
            if transition is not leaver and not (transition.automatic and number < transitions.index(leaver)):
                yield wrong(
                    "overtaken_transition",
                    f'De overgang "{transition.id}" vanuit "{state.id}" wordt nooit genomen.',
                    transition.where,
                    f'De zaak verlaat deze toestand meteen vanzelf door "{leaver.id}".',
                    f'Geef "{leaver.id}" een when die niet altijd geldt.',
                )


def _leaves_at_once(content: Content, transition: Transition, knowledge: Knowledge) -> bool:
    return (
        transition.automatic
        and transition.target != transition.origin
        and one_surely_holds(content, [transition], knowledge)
    )


def _missing(flow: Dataflow, facts: frozenset[str], knowledge: Knowledge) -> str:
    missing = facts - knowledge.known
    return named(flow.missing_for(sorted(missing), knowledge)) if missing else ""


def _check_entry(content: Content, entry: EntryPoint) -> Iterator[Problem]:
    """A case without a subject or a sector is refused, so a person must be told to give them."""
    for fact in needed_to_open(content, entry):
        if fact not in (*entry.requires, content.workflow.subject_key):
            yield wrong(
                "entry_without_sector",
                f'De ingang "{entry.id}" vraagt niet naar "{fact}".',
                entry.where,
                "Zonder sector is niet na te gaan of de medezeggenschap heeft ingestemd; elke zaak wordt geweigerd.",
                f'Zet "{fact}" onder requires.',
            )
