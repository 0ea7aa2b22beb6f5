"""Ways through a workflow: what can be reached, what leads back to an end, and how to tell a way to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.workflow import Transition, Workflow


def reachable_states(workflow: Workflow) -> frozenset[str]:
    """The states a case can come to from some entry, whatever the conditions."""
    starts = {entry.state for entry in workflow.entries}
    return _spread(starts, {state.id: _targets(workflow, state.id) for state in workflow.states})


def states_with_way_out(workflow: Workflow) -> frozenset[str]:
    """The states from which some end can be reached, the ends included."""
    ends = {state.id for state in workflow.states if state.is_end}
    sources: dict[str, list[str]] = {}
    for arc in workflow.transitions:
        sources.setdefault(arc.target, []).append(arc.origin)
    return _spread(ends, sources)


def arcs_leaving(workflow: Workflow, state: str) -> tuple[Transition, ...]:
    """The arcs a case can take in this state; none from an end."""
    if workflow.has_state(state) and workflow.state(state).is_end:
        return ()
    return workflow.arcs_from(state)


def _targets(workflow: Workflow, state: str) -> tuple[str, ...]:
    return tuple(arc.target for arc in arcs_leaving(workflow, state))


def _spread(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    ahead = list(starts)
    while ahead:
        state = ahead.pop()
        if state not in found:
            found.add(state)
            ahead.extend(ways.get(state, ()))
    return frozenset(found)
