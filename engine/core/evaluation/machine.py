"""The state machine of a workflow: every move of a case goes through it, and its picture is drawn from it.

One `transitions.Machine` per workflow version, made when first asked for; cases are walked through it by a throw-away
model, because a registered model stays registered. Four kinds of events fire: a person's act (by the id of the
transition), what happens by itself, a term that passed, and an entry, from a state before all states. The state a case
stands in afterwards is the one the machine says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from transitions import Event, EventData, Machine

from engine.core.content.workflow import Transition, Workflow
from engine.core.quick_class import dataclass

Permits = Callable[[Transition], bool]

# No id of the content can begin with a full stop, so these never meet the name of an act.
_BEFORE_ALL = ".nieuw"
_BY_ITSELF = ".vanzelf"


def _on_term(term: str) -> str:
    return f".termijn {term}"


def _by_entry(entry: str) -> str:
    return f".ingang {entry}"


def _event_of(transition: Transition) -> str:
    if transition.automatic:
        return _BY_ITSELF
    return _on_term(transition.on_term) if transition.on_term else transition.id


@dataclass(frozen=True, slots=True)
class Taken:
    """A transition that was taken, and the state the machine came to by it."""

    transition: Transition
    state: str


class _Walker:
    """The model that the machine moves: where it stands, what is permitted now, and which transition it took."""

    __slots__ = ("permits", "state", "taken")

    def __init__(self, state: str, permits: Permits) -> None:
        self.state, self.permits = state, permits
        self.taken: Transition | None = None


class _Guard:
    """The guard of one transition, as the machine calls it; an exception in it leaves the state unchanged."""

    __slots__ = ("transition",)

    def __init__(self, transition: Transition) -> None:
        self.transition = transition

    def __call__(self, event: EventData) -> bool:
        walker = event.model
        assert isinstance(walker, _Walker)
        if not walker.permits(self.transition):
            return False
        walker.taken = self.transition
        return True


class CaseMachine:
    """The machine of one workflow version."""

    def __init__(self, workflow: Workflow) -> None:
        self._machine = Machine(
            model=None,
            states=[_BEFORE_ALL, *(state.id for state in workflow.states)],
            initial=_BEFORE_ALL,
            auto_transitions=False,  # else every state can be reached past its guards
            send_event=True,
        )
        for entry in workflow.entries:
            self._machine.add_transition(_by_entry(entry.id), _BEFORE_ALL, entry.state)
        # A command fires two or three of some hundred events: each is made for the machine when it is first asked for.
        # In the order of the workflow: of several transitions with one id the first that is permitted is taken.
        self._waiting: dict[str, list[Transition]] = {}
        self._by_itself: dict[str, list[Transition]] = {}
        for transition in workflow.transitions:
            self._waiting.setdefault(_event_of(transition), []).append(transition)
            if transition.automatic:
                self._by_itself.setdefault(transition.origin, []).append(transition)
        self._events = (*self._machine.events, *self._waiting)

    def enter(self, entry: str) -> str:
        """The state in which an entry point begins. Raises KeyError for an entry that the workflow does not have."""
        walker = _Walker(_BEFORE_ALL, lambda _: True)
        self._machine.events[_by_entry(entry)].trigger(walker)
        return walker.state

    def act(self, state: str, name: str, permits: Permits) -> Taken | None:
        """A person takes the transition of this name: the first that is permitted; None when none is."""
        return self._fire(name, state, permits)

    def settle(self, state: str, permits: Permits) -> Taken | None:
        """The first permitted transition that goes by itself; None when the case stays where it is.

        `permits` may be asked twice of the same transition.
        """
        # After nearly every act nothing goes by itself, and then there is no move for the machine to make.
        by_itself = self._by_itself.get(state, ())
        return self._fire(_BY_ITSELF, state, permits) if any(map(permits, by_itself)) else None

    def pass_term(self, state: str, term: str, permits: Permits) -> Taken | None:
        """The first permitted transition that a passed term takes; None when the term moves nothing here."""
        return self._fire(_on_term(term), state, permits)

    def _fire(self, event: str, state: str, permits: Permits) -> Taken | None:
        known = self._made(event)
        if known is None or state not in known.transitions:
            return None
        walker = _Walker(state, permits)
        happens = EventData(self._machine.get_state(state), known, self._machine, walker, (), {})
        # What `trigger` does besides, for callbacks that this machine does not have, costs as much as most guards.
        any(move.execute(happens) for move in known.transitions[state])
        return None if walker.taken is None else Taken(walker.taken, walker.state)

    def moves(self) -> Iterator[tuple[str, str, Transition | None]]:
        """Every move the machine can make, as (from, to, transition); an entry has no transition, and comes first."""
        for event in self._events:
            self._made(event)
            for move in self._machine.get_transitions(event):
                guards = [guard.func for guard in move.conditions if isinstance(guard.func, _Guard)]
                source = "" if move.source == _BEFORE_ALL else move.source
                yield source, str(move.dest), guards[0].transition if guards else None

    def _made(self, event: str) -> Event | None:
        """The event of this name with all its transitions; None when the workflow has no such event."""
        for one in self._waiting.pop(event, ()):
            self._machine.add_transition(event, one.origin, one.target, conditions=_Guard(one))
        found: Event | None = self._machine.events.get(event)
        return found
