"""The shape of a workflow: each state reachable, owned, with a way to an end; each transition can be taken."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.workflow import Workflow
from engine.core.evaluation.prepared import Content
from engine.proofs.paths import reachable_states, shadowing, states_with_way_out
from engine.proofs.problems import Problem, Proven, wrong
from engine.proofs.solver import can_hold
from engine.proofs.world import World


def prove_graph(world: World) -> tuple[Proven, ...]:
    """One proof for every workflow, without looking at its terms."""
    return tuple(_prove_workflow(content) for content in world.contents)


def _prove_workflow(content: Content) -> Proven:
    workflow = content.workflow
    problems = [
        *_states(workflow),
        *_ends(workflow),
        *_takers(content),
        *_shadowed(content),
    ]
    return Proven(
        problems=tuple(problems),
        line=f"{workflow.id}: {len(workflow.states)} toestanden zijn bereikbaar, hebben een eigenaar en een weg "
        f"naar een einde; {len(workflow.transitions)} overgangen kunnen worden genomen.",
    )


def _states(workflow: Workflow) -> Iterator[Problem]:
    reachable = reachable_states(workflow)
    for state in workflow.states:
        if state.id not in reachable:
            yield wrong(
                "unreachable_state",
                f'De toestand "{state.id}" is niet te bereiken.',
                state.where,
                "Geen enkele weg vanaf een ingang komt hier.",
                "Voeg een overgang naar deze toestand toe, of verwijder haar.",
            )
        if not state.is_end and not state.owner:
            yield wrong(
                "no_owner",
                f'De toestand "{state.id}" heeft geen eigenaar.',
                state.where,
                "In een open zaak moet altijd iemand aan zet zijn.",
                "Zet owner, of maak de toestand een einde met end.",
            )


def _ends(workflow: Workflow) -> Iterator[Problem]:
    has_way_out = states_with_way_out(workflow)
    for state in workflow.states:
        if state.id not in has_way_out:
            yield wrong(
                "no_way_to_end",
                f'Vanuit de toestand "{state.id}" is geen einde te bereiken.',
                state.where,
                "Een zaak die hier komt, kan nooit worden afgesloten.",
                "Voeg een overgang toe die naar een einde leidt.",
            )


def _takers(content: Content) -> Iterator[Problem]:
    bodies = content.organisation.bodies
    for transition in content.workflow.transitions:
        if not transition.is_automatic and not any(body in bodies for body in transition.by):
            yield wrong(
                "nobody_may",
                f'De overgang "{transition.id}" vanuit "{transition.origin}" kan door niemand worden genomen.',
                transition.where,
                "Er is geen bekend orgaan in by, en de overgang gaat niet vanzelf.",
                "Zet by, of maak de overgang automatisch met automatic of on_term.",
            )


def _shadowed(content: Content) -> Iterator[Problem]:
    transitions = content.workflow.transitions
    for number, transition in enumerate(transitions):
        name = f'De overgang "{transition.id}" van "{transition.origin}" naar "{transition.target}"'
        before = shadowing(transition, transitions[:number])
        # Transitions from one line of the file come from a ladder: there the higher rungs stand behind the lower ones.
        if before is not None and before.where != transition.where:
            yield wrong(
                "shadowed_transition",
                f"{name} wordt nooit genomen.",
                transition.where,
                f'Een eerdere overgang "{transition.id}" naar "{before.target}" ({before.where}) gaat altijd voor.',
                "Geef de eerdere een when, of zet deze ervoor.",
            )
        elif before is None and not can_hold(content.rules, transition.when):
            yield wrong(
                "impossible_transition",
                f"{name} wordt nooit genomen.",
                transition.where,
                "De voorwaarde spreekt zichzelf tegen.",
                "Verbeter when.",
            )
