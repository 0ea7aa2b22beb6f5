"""How the clock of a term can stand in each state, over all ways through a workflow.

Follows `engine.core.deciding.clocks`: what starts, stops and suspends a clock there does so here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import ALWAYS
from engine.core.language.orders import LetterOrder
from engine.core.quick_class import dataclass
from engine.proofs.paths import transitions_leaving


class Standing(StrEnum):
    """A clock that never started, runs, can pass no more for now, or was stopped.

    SPENT is a clock that runs on after its term passed, or that stands still since a transition: it moves nothing.
    """

    NONE = "none"
    RUNNING = "running"
    SPENT = "spent"
    STOPPED = "stopped"


STARTED = frozenset({Standing.RUNNING, Standing.SPENT, Standing.STOPPED})
ON = frozenset({Standing.RUNNING, Standing.SPENT})


@dataclass(frozen=True, slots=True)
class Arrival:
    """A move into a state, from another one, the same one, or none (empty) when a case opens.

    `transition` is empty when none is taken; `passed` names the term that passed and so moved the case.
    """

    origin: str
    target: str
    transition: str = ""
    letters: tuple[LetterOrder, ...] = ()
    passed: str = ""
    writes: frozenset[str] = frozenset()

    @property
    def is_entering(self) -> bool:
        """True when the state changes."""
        return self.origin != self.target


def arrival_of(transition: Transition) -> Arrival:
    """The move that a transition makes."""
    written = frozenset(one.kind for one in transition.writes)
    return Arrival(transition.origin, transition.target, transition.id, transition.letters, transition.on_term, written)


def opening_of(entry: EntryPoint) -> Arrival:
    """The move that opens a case."""
    return Arrival("", entry.state, letters=entry.letters, writes=frozenset(one.kind for one in entry.writes))


class ClockRules:
    """What a move does to the clock of each term of one content."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.terms = {term.id: term for term in content.terms()}
        self.still = {
            term.id: frozenset(content.suspending_states(term)) if self._follows_known(term) else frozenset[str]()
            for term in self.terms.values()
        }

    def _follows_known(self, term: TermRule) -> bool:
        return not term.follows or term.follows in self.terms

    def is_still(self, term: str, state: str, standing: frozenset[Standing] = frozenset()) -> bool:
        """True when the clock stands still in this state, or may do so since a transition."""
        return state in self.still[term] or (Standing.SPENT in standing and bool(self.terms[term].suspends_on))

    def after(self, term_id: str, before: Standing, move: Arrival) -> frozenset[Standing]:
        """How the clock can stand after the move; two answers when a letter may or may not go out."""
        term = self.terms[term_id]
        stands = Standing.SPENT if move.passed == term_id and before in ON else before
        if stands in ON and self._is_done(term, move):
            return frozenset({Standing.STOPPED})
        if term.for_each and not term.starts_on:
            # Each record has its own clock: once one was written some clock may run, whatever becomes of the others.
            return frozenset({stands, Standing.RUNNING}) if term.for_each in move.writes else frozenset({stands})
        if term.sending_of:
            return self._after_sending(term.sending_of, stands, move.letters)
        if move.transition and move.transition in term.starts_on:
            return self._begun(term, move.transition, stands, move)
        if stands is Standing.RUNNING and move.transition in term.suspends_on:
            return frozenset({Standing.SPENT})
        if stands is Standing.SPENT and move.transition in term.resumes_on:
            return frozenset({Standing.RUNNING, Standing.SPENT})
        begins = move.target in term.starts_in and (stands is Standing.NONE or move.is_entering)
        if not begins or stands in ON:
            return frozenset({stands})
        return self._begun(term, move.target, stands, move)

    def _begun(self, term: TermRule, name: str, stands: Standing, move: Arrival) -> frozenset[Standing]:
        """Begun by a state or a transition: at once, or with a letter that the move orders."""
        sending = term.from_sending.get(name)
        if sending is None:
            return frozenset({Standing.RUNNING})
        return self._after_sending((sending.letter,), stands, move.letters)

    def _after_sending(
        self, names: Collection[str], stands: Standing, letters: Iterable[LetterOrder]
    ) -> frozenset[Standing]:
        orders = [order for order in letters if order.letter in names and order.to]
        if any(order.when == ALWAYS for order in orders):
            return frozenset({Standing.RUNNING})
        return frozenset({stands, Standing.RUNNING}) if orders else frozenset({stands})

    def _is_done(self, term: TermRule, move: Arrival) -> bool:
        workflow = self.content.workflow
        if workflow.has_state(move.target) and workflow.state(move.target).is_end:
            return True
        if move.target in term.stops_in or move.transition in term.stops_on:
            return True
        if term.stops_in or term.stops_on or not term.starts_in:
            return False
        return move.target not in term.starts_in and not self.is_still(term.id, move.target)

    def letters_of_clocks(self, state: str, running: Iterable[str]) -> tuple[Arrival, ...]:
        """The letters that running terms can send in this state by passing or by a reminder, as moves that stay."""
        orders = [
            replace_condition(order)
            for term_id in running
            if not self.is_still(term_id, state)
            for order in self._orders_of(self.terms[term_id])
        ]
        return tuple(Arrival(state, state, letters=(order,)) for order in orders)

    def _orders_of(self, term: TermRule) -> tuple[LetterOrder, ...]:
        return (*term.passing.letters, *(order for reminder in term.reminders for order in reminder.letters))


def replace_condition(order: LetterOrder) -> LetterOrder:
    """The order as it will surely go out in this move; whether the move happens is another question."""
    return LetterOrder(letter=order.letter, to=order.to, where=order.where)


def standings_by_state(rules: ClockRules, term_id: str) -> Mapping[str, frozenset[Standing]]:
    """Every way the clock of one term can stand in every state that can be reached."""
    workflow = rules.content.workflow
    found: dict[str, set[Standing]] = {}
    ahead: list[tuple[str, Standing]] = []

    def reach(before: Standing, move: Arrival) -> None:
        for standing in rules.after(term_id, before, move):
            if standing not in found.setdefault(move.target, set()):
                found[move.target].add(standing)
                ahead.append((move.target, standing))

    for entry in workflow.entries:
        reach(Standing.NONE, opening_of(entry))
    while ahead:
        state, standing = ahead.pop()
        for transition in transitions_leaving(workflow, state):
            if _can_be_taken(rules, term_id, standing, transition):
                reach(standing, arrival_of(transition))
        for move in rules.letters_of_clocks(state, rules.terms):
            reach(standing, move)
    return {state: frozenset(standings) for state, standings in found.items()}


def _can_be_taken(rules: ClockRules, term_id: str, standing: Standing, transition: Transition) -> bool:
    if transition.on_term != term_id:
        return True
    return standing is Standing.RUNNING and not rules.is_still(term_id, transition.origin)
