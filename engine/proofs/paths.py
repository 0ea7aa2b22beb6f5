"""Ways through a workflow: what can be reached, what leads back to an end, and how to tell a way to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.content.workflow import Transition, Workflow
from engine.core.language.conditions import ALWAYS


def reachable_states(workflow: Workflow) -> frozenset[str]:
    """The states a case can come to from some entry, whatever the conditions."""
    starts = {entry.state for entry in workflow.entries}
    return _spread(starts, {state.id: _targets(workflow, state.id) for state in workflow.states})


def states_with_way_out(workflow: Workflow) -> frozenset[str]:
    """The states from which some end can be reached, the ends included."""
    ends = {state.id for state in workflow.states if state.is_end}
    sources: dict[str, list[str]] = {}
    for state in workflow.states:
        for target in _targets(workflow, state.id):
            sources.setdefault(target, []).append(state.id)
    return _spread(ends, sources)


def transitions_leaving(workflow: Workflow, state: str) -> tuple[Transition, ...]:
    """The transitions that leave this state: none from an end, none that an earlier one always goes before."""
    if workflow.has_state(state) and workflow.state(state).is_end:
        return ()
    transitions = workflow.transitions_from(state)
    return tuple(
        transition
        for number, transition in enumerate(transitions)
        if shadowing(transition, transitions[:number]) is None
    )


def way_to(workflow: Workflow, state: str) -> tuple[str, ...]:
    """The shortest way to this state: the entry and the transitions; empty when nothing leads there."""
    ways: dict[str, tuple[str, ...]] = {entry.state: (entry.id,) for entry in reversed(workflow.entries)}
    ahead = list(ways)
    for at in ahead:
        for one in transitions_leaving(workflow, at):
            if one.target not in ways:
                ways[one.target] = (*ways[at], one.id)
                ahead.append(one.target)
    return ways.get(state, ())


def shadowing(transition: Transition, earlier: Iterable[Transition]) -> Transition | None:
    """The earlier transition with the same name and origin that always goes first; None when there is none."""
    return next(
        (
            other
            for other in earlier
            if (other.id, other.origin) == (transition.id, transition.origin) and _goes_first(other, transition)
        ),
        None,
    )


def _goes_first(earlier: Transition, transition: Transition) -> bool:
    asks_no_more = set(earlier.requires) <= set(transition.requires) and earlier.when in (ALWAYS, transition.when)
    return asks_no_more and (earlier.automatic, earlier.on_term) == (transition.automatic, transition.on_term)


def _targets(workflow: Workflow, state: str) -> tuple[str, ...]:
    return tuple(transition.target for transition in transitions_leaving(workflow, state))


def _spread(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    ahead = list(starts)
    while ahead:
        state = ahead.pop()
        if state not in found:
            found.add(state)
            ahead.extend(ways.get(state, ()))
    return frozenset(found)
