"""The state machine: one `transitions.Machine` per workflow version, walked by a throw-away model.

Guards are decided before the machine is asked, so nothing runs inside its callbacks but a look in a set.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from transitions import EventData, Machine

from engine.core.content.workflow import Transition, Workflow


class Walker:
    """The model the machine moves: a state, the transitions that are permitted now, and the transition it took."""

    __slots__ = ("permitted", "state", "taken")

    def __init__(self, state: str, permitted: frozenset[int]) -> None:
        self.state, self.permitted = state, permitted
        self.taken: int | None = None


class _ByIdentity:
    """Key for the cache: the same workflow object, whatever it holds."""

    __slots__ = ("workflow",)

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow

    def __hash__(self) -> int:
        return id(self.workflow)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.workflow is self.workflow


def take(workflow: Workflow, state: str, transition_id: str, permitted: Iterable[Transition]) -> Transition | None:
    """Fire `transition_id` in `state`: the first permitted transition in the order of the workflow, or None.

    Raises KeyError when the workflow has no such transition, transitions.MachineError when it has no transition from
    here; callers look at the transitions first, to be able to say why.
    """
    numbers = {id(transition): number for number, transition in enumerate(workflow.transitions)}
    walker = Walker(state, frozenset(numbers[id(transition)] for transition in permitted))
    _machine(_ByIdentity(workflow)).events[transition_id].trigger(walker)
    return None if walker.taken is None else workflow.transitions[walker.taken]


@lru_cache(maxsize=32)
def _machine(key: _ByIdentity) -> Any:
    workflow = key.workflow
    machine = Machine(
        model=None,
        states=[state.id for state in workflow.states],
        initial=workflow.states[0].id,
        auto_transitions=False,  # else every state can be reached past its guards
        send_event=True,
    )
    for number, transition in enumerate(workflow.transitions):
        machine.add_transition(transition.id, transition.origin, transition.target, conditions=_Permission(number))
    return machine


class _Permission:
    """The guard of one transition, as the machine calls it."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def __call__(self, event: EventData) -> bool:
        walker = event.model
        assert isinstance(walker, Walker)
        if self.number not in walker.permitted:
            return False
        walker.taken = self.number
        return True
