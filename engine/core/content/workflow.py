"""How a case moves: states, transitions, ends, entries; as values."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from engine.core.content.ruleset import TermRule
from engine.core.language.conditions import ALWAYS, Condition
from engine.core.language.facts import Declared
from engine.core.language.orders import CaseOrder, Conclusion, LetterOrder
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Declared):
    """A state. An `outcome` makes it an end; `rung` is set when the state is a rung of a ladder."""

    id: str
    label: str
    owner: str = ""
    outcome: str = ""
    rung: str = ""
    explanation: str = ""

    @property
    def is_end(self) -> bool:
        """True when a case that gets here is over."""
        return bool(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Declared):
    """One transition from one state to another (or to itself).

    Several transitions may share an `id`: the first whose `when` is true is taken. `by` are the bodies that may act;
    an automatic transition has none and is taken when `when` holds (`automatic`), or when the term `on_term` passes.
    `requires` are facts that must be known, `asks` facts that may be given along. `answers_rung` marks the act
    by which a rung counts as answered.
    """

    id: str
    label: str
    origin: str
    target: str
    by: tuple[str, ...] = ()
    when: Condition = ALWAYS
    requires: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sets: tuple[Conclusion, ...] = ()
    letters: tuple[LetterOrder, ...] = ()
    opens: tuple[CaseOrder, ...] = ()
    tells_parent: tuple[Conclusion, ...] = ()
    tells: tuple[str, ...] = ()
    automatic: bool = False
    on_term: str = ""
    reason_required: bool = False
    answers_rung: bool = False

    @property
    def is_automatic(self) -> bool:
        """True when no person takes this transition."""
        return self.automatic or bool(self.on_term)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """A way to open a case: the state it starts in, and what must be known by then.

    `columns` maps fact ids to column names for a bulk import; a row with the same values of `known_by` is the same one
    (empty: with the same values of all).
    """

    id: str
    label: str
    state: str
    by: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    when: Condition = ALWAYS
    sets: tuple[Conclusion, ...] = ()
    letters: tuple[LetterOrder, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    known_by: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """One dated version of a workflow, its ladder already unfolded into states and transitions.

    `prefix` starts the case numbers. `subject_key`/`subject_name` are the facts that say whose case it is.
    `again_needs_reason`: whoever opens a second case about somebody whose first one runs must say why.
    `sector_fact` tells which sector's consent a new case needs. `ladder_terms` are the terms that the rungs
    brought along. The first entry point is the default one.
    """

    id: str
    organisation: str
    title: str
    valid_from: date
    rule_set: str
    prefix: str
    subject_key: str
    subject_name: str
    sector_fact: str
    again_needs_reason: bool = False
    entries: tuple[EntryPoint, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    ladder_terms: tuple[TermRule, ...] = ()
    ladder: str = ""
    layers: tuple[str, ...] = ()
    where: str = ""
    _state_by_id: dict[str, State] = field(default_factory=dict, init=False, compare=False, repr=False)
    _transitions_by_state: dict[str, tuple[Transition, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        self._state_by_id.update((state.id, state) for state in self.states)
        for one in self.transitions:
            self._transitions_by_state[one.origin] = (*self._transitions_by_state.get(one.origin, ()), one)

    def state(self, state_id: str) -> State:
        """The state with this id. Raises KeyError when there is none."""
        return self._state_by_id[state_id]

    def has_state(self, state_id: str) -> bool:
        """True when the workflow knows this state."""
        return state_id in self._state_by_id

    def transitions_from(self, state_id: str) -> tuple[Transition, ...]:
        """All transitions that leave this state, in the order they are written."""
        return self._transitions_by_state.get(state_id, ())

    def entry(self, entry_id: str = "") -> EntryPoint | None:
        """The entry point with this id, or the first when no id is given."""
        if not entry_id:
            return self.entries[0]
        return next((entry for entry in self.entries if entry.id == entry_id), None)
