"""How a case moves: states, transitions, ends, entries; as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from engine.core.content.term_rules import TermRule
from engine.core.language.conditions import ALWAYS, Condition
from engine.core.language.facts import Declared
from engine.core.language.orders import CaseOrder, Changing, Conclusion, LetterOrder, Writing
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """How a case that is over goes on: in which state, and by whom, in their own name or by mandate."""

    to: str
    by: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Declared):
    """A state. An `outcome` makes it an end; `rung` is set when the state is a rung of a ladder.

    An end that can be reopened says how (`reopens`). `taken_over` gives, by kind of record of the subject, the life of
    what a case left that ended here before the register knew such records.
    """

    id: str
    label: str
    owner: str = ""
    outcome: str = ""
    rung: str = ""
    explanation: str = ""
    reopens: Reopening | None = None
    taken_over: tuple[Changing, ...] = ()

    @property
    def is_end(self) -> bool:
        """True when a case that gets here is over."""
        return bool(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class HappenedOn:
    """The act writes down what happened on the day that this `fact` says, such as the receipt of post.

    Who writes down what another did says that day with the act. For the bodies `now_for` it happens by the act itself:
    who of them says no day means now.
    """

    fact: str
    now_for: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Declared):
    """One transition from one state to another (or to itself).

    Several transitions may share an `id`: the first whose `when` is true is taken. `by` are the bodies that may act; an
    automatic transition has none and is taken when `when` holds (`automatic`), or when the term `on_term` passes.
    `requires` are facts that must be known, `asks` facts that may be given along; what an act both asks for and
    `sets` is set only when nobody said it. `answers_rung` marks the act by which a rung counts as answered.
    `writes` makes new records; `changes` gives one open record of a kind another life, and what the act says of it;
    `closes` does so with every open record of the kind; `begins` gives a new record another open life than the
    first. Of a kind of the subject an act reaches only what its own case wrote, unless it is `of_any_case`: then also
    what another case about the same subject wrote. `happened_on` asks the day on which it happened, from which all
    that the act does counts. `decides` names the decision (of the rule set) that the act takes, and so the obligations
    of the law that bind it. An act that decides `fixes` what it rests on: these facts, and all they follow from, can
    afterwards only be replaced by an act that asks for them.
    """

    id: str
    label: str
    origin: str
    target: str
    by: tuple[str, ...] = ()
    when: Condition = ALWAYS
    requires: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    happened_on: HappenedOn | None = None
    writes: tuple[Writing, ...] = ()
    changes: tuple[Changing, ...] = ()
    closes: tuple[Changing, ...] = ()
    begins: tuple[Changing, ...] = ()
    of_any_case: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()
    decides: str = ""
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

    @property
    def day_asked(self) -> str:
        """The fact with the day on which it happened; empty when the act does not ask that."""
        return self.happened_on.fact if self.happened_on else ""

    @property
    def kinds_at_hand(self) -> tuple[str, ...]:
        """The kinds of which the bare fields mean a record in this act."""
        return (*(one.kind for one in self.writes), *(one.kind for one in self.changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a register: the fact it holds, and the names it may bear, its own first."""

    fact: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """A way to open a case: the state it starts in, and what must be known by then.

    `columns` are those of a register to take over. `spellings` gives, for a fact, how a register may write its value
    and what is meant by it. A row with the same values of `known_by` is the same one (empty: with
    the same values of all).
    """

    id: str
    label: str
    state: str
    by: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    when: Condition = ALWAYS
    writes: tuple[Writing, ...] = ()
    sets: tuple[Conclusion, ...] = ()
    letters: tuple[LetterOrder, ...] = ()
    tells: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known_by: tuple[str, ...] = ()
    where: str = ""

    @property
    def kinds_at_hand(self) -> tuple[str, ...]:
        """The kinds of which the bare fields mean the record that this entry writes."""
        return tuple(one.kind for one in self.writes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """Who may mend what not everybody may, in their own name or by mandate of one of these bodies.

    `anchors`: a date on which a statutory term hangs; `closed`: what is known of a case that is over.
    """

    anchors: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """One dated version of a workflow, its ladder already unfolded into states and transitions.

    `prefix` starts the case numbers. `subject_key`/`subject_name` are the facts that say whose case it is.
    `again_needs_reason`: whoever opens a second case about somebody whose first one runs must say why.
    `heart` are the facts that say what a case comes to: they are shown first. `shows` are the facts that other cases
    about the same subject may read.
    `sector_fact` tells which sector's consent a new case needs. `ladder_terms` are the terms that the rungs
    brought along. The first entry point is the default one. `digest` is the SHA-256 of its file.
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
    heart: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    entries: tuple[EntryPoint, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    ladder_terms: tuple[TermRule, ...] = ()
    ladder: str = ""
    mending: Mending = Mending()
    layers: tuple[str, ...] = ()
    where: str = ""
    digest: str = ""
    _state_by_id: dict[str, State] = field(default_factory=dict, init=False, compare=False, repr=False)
    _transitions_by_state: dict[str, tuple[Transition, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _days_asked: dict[str, HappenedOn] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._state_by_id.update((state.id, state) for state in self.states)
        for one in self.transitions:
            self._transitions_by_state[one.origin] = (*self._transitions_by_state.get(one.origin, ()), one)
            if one.happened_on is not None:
                self._days_asked.setdefault(one.id, one.happened_on)

    def state(self, state_id: str) -> State:
        """The state with this id. Raises KeyError when there is none."""
        return self._state_by_id[state_id]

    def has_state(self, state_id: str) -> bool:
        """True when the workflow knows this state."""
        return state_id in self._state_by_id

    def transitions_from(self, state_id: str) -> tuple[Transition, ...]:
        """All transitions that leave this state, in the order they are written."""
        return self._transitions_by_state.get(state_id, ())

    def terms_kept_by_leaving(self) -> frozenset[str]:
        """The terms that a transition waits for in a state that its owner can leave before they pass."""
        waiting = [one for one in self.transitions if one.on_term]
        leaving = {one.origin for one in self.transitions if one.target != one.origin
                   and self.state(one.origin).owner in one.by}  # fmt: skip
        return frozenset(one.on_term for one in waiting if one.origin in leaving)

    def day_asked_by(self, act: str) -> HappenedOn | None:
        """Which day the transitions of this name ask, on which it happened; None when it happens when it is typed."""
        return self._days_asked.get(act)

    def writers_of(self, kind: str) -> tuple[str, ...]:
        """The transitions and entries that write or change records of this kind, each once."""
        acts: tuple[Transition | EntryPoint, ...] = (*self.transitions, *self.entries)
        return tuple(dict.fromkeys(act.id for act in acts if kind in act.kinds_at_hand))

    def entry(self, entry_id: str = "") -> EntryPoint | None:
        """The entry point with this id, or the first when no id is given."""
        if not entry_id:
            return self.entries[0]
        return next((entry for entry in self.entries if entry.id == entry_id), None)
