"""Whether a case surely leaves a state: by a transition that is taken by itself, or when a term passes."""

from __future__ import annotations

from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import Transition
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import ALWAYS, AnyOf
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.paths import transitions_leaving
from engine.proofs.solver import TooManyError, solver_for


def surely_moves(flow: Dataflow, term: TermRule, state: str) -> bool:
    """Whether a transition that waits for the term is surely taken when it passes in this state."""
    leaving = transitions_leaving(flow.content.workflow, state)
    waiting = [transition for transition in leaving if transition.on_term == term.id]
    return one_surely_holds(flow.content, waiting, flow.before_passing(term, state))


def is_left_by_itself(content: Content, flow: Dataflow, state: str) -> bool:
    """Whether the automatic transitions out of a state together always hold, so that no case stays there."""
    leaving = [
        transition
        for transition in transitions_leaving(content.workflow, state)
        if transition.automatic and transition.target != state
    ]
    return one_surely_holds(content, leaving, flow.in_state(state))


def one_surely_holds(content: Content, transitions: list[Transition], knowledge: Knowledge) -> bool:
    """Whether, in every situation that agrees with what is known, at least one of the transitions can be taken."""
    # Whether a record can be written, or is there to be changed, is not known here: no way out is counted on it.
    free = (transition for transition in transitions if not transition.kinds_at_hand)
    whens = tuple(transition.when for transition in free if knowledge.known.issuperset(transition.requires))
    if ALWAYS in whens:
        return True
    try:
        return bool(whens) and solver_for(content.rules).always(AnyOf(parts=whens), knowledge)
    except TooManyError:
        return False
