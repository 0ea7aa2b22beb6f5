"""The shape of a workflow: each state reachable, owned, with a way to an end; each transition can be taken."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.workflow import Workflow
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.proofs.paths import reachable_states, shadowing, states_with_way_out
from engine.proofs.proven import Proven
from engine.proofs.solver import can_hold
from engine.proofs.world import World, name_of


def prove_graph(world: World) -> tuple[Proven, ...]:
    """One proof for every workflow, without looking at its terms."""
    return tuple(_prove_workflow(content, name_of(content) not in world.partly) for content in world.contents)


def _prove_workflow(content: Content, is_judged: bool) -> Proven:
    workflow = content.workflow
    findings = [
        *_states(workflow),
        *_ends(workflow),
        *_takers(content),
        *(_shadowed(content) if is_judged else ()),
    ]
    return Proven(
        findings=tuple(findings),
        line=f"{workflow.id}: {len(workflow.states)} toestanden zijn bereikbaar, hebben een eigenaar en een weg "
        f"naar een einde; {len(workflow.transitions)} overgangen kunnen worden genomen.",
    )


def _states(workflow: Workflow) -> Iterator[Finding]:
    reachable = reachable_states(workflow)
    for state in workflow.states:
        if state.id not in reachable:
            yield fault("unreachable_state", state.where, state=state.id)
        if not state.is_end and not state.owner:
            yield fault("no_owner", state.where, state=state.id)


def _ends(workflow: Workflow) -> Iterator[Finding]:
    has_way_out = states_with_way_out(workflow)
    for state in workflow.states:
        if state.id not in has_way_out:
            yield fault("no_way_to_end", state.where, state=state.id)


def _takers(content: Content) -> Iterator[Finding]:
    bodies = content.organisation.bodies
    for transition in content.workflow.transitions:
        if not transition.is_automatic and not any(body in bodies for body in transition.by):
            yield fault("nobody_may", transition.where, transition=transition.id, origin=transition.origin)


def _shadowed(content: Content) -> Iterator[Finding]:
    transitions = content.workflow.transitions
    for number, transition in enumerate(transitions):
        name = {"transition": transition.id, "origin": transition.origin, "target": transition.target}
        before = shadowing(transition, transitions[:number])
        # Transitions from one line of the file come from a ladder: there the higher rungs stand behind the lower ones.
        if before is not None and before.where != transition.where:
            yield fault("shadowed_transition", transition.where, **name, earlier=before.target, place=before.where)
        elif before is None and not can_hold(content.rules, transition.when):
            yield fault("impossible_transition", transition.where, **name)
