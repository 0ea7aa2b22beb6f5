"""No open case stands still: on every way into every open state some term runs that leads somewhere.

All combinations of running clocks that can occur are walked through, so a finding comes with the way that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.ruleset import WITHOUT_END, Passing, TermRule
from engine.core.content.workflow import Transition
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import ALWAYS, AnyOf
from engine.core.legal_clock.period import in_dutch
from engine.core.quick_class import dataclass
from engine.proofs.clock_paths import ON, Arrival, Standing, arrival_of, opening_of
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.paths import transitions_leaving
from engine.proofs.proven import Proven
from engine.proofs.solver import TooManyError, solver_for

_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class _Point:
    """A state with the clocks that run there, and those that ran out."""

    state: str
    running: frozenset[str]
    spent: frozenset[str]


@dataclass(frozen=True, slots=True)
class _PointWay:
    """How a point was first reached: from which point, by which move, or by which term that passed there."""

    before: _Point | None
    by: str
    passes: bool = False


def prove_standing(content: Content, flow: Dataflow) -> Proven:
    """Each open state that can be reached has a running term that leads somewhere, or is left by itself.

    Also after its terms have passed: a term that has told somebody and stays is spent, and wakes nobody again.
    """
    ways = _explore(content, flow)
    line = f"{content.workflow.id}: in elke open toestand loopt langs elke weg een termijn die ergens toe leidt"
    if ways is None:
        return Proven(findings=(doubt("standing_not_proven", content.workflow.where, limit=_LIMIT),))
    return Proven(findings=tuple(_standstills(content, flow, ways)), line=f"{line} ({len(ways)} combinaties bekeken).")


def _standstills(content: Content, flow: Dataflow, ways: dict[_Point, _PointWay]) -> Iterator[Finding]:
    told: set[str] = set()
    for point in ways:
        state = content.workflow.state(point.state)
        if state.is_end or state.id in told or _is_alive(content, flow, point):
            continue
        if not is_left_by_itself(content, flow, state.id):
            told.add(state.id)
            yield _tell_standstill(content, flow, point, ways)


def _tell_standstill(content: Content, flow: Dataflow, point: _Point, ways: dict[_Point, _PointWay]) -> Finding:
    state, way, last = content.workflow.state(point.state), _tell_way(ways, point), ways[point]
    if point.spent:
        begins = ("passing", last.by, _length(flow.clocks.terms[last.by])) if last.passes else ("arrival", last.by)
        return fault("silence", state.where, state=state.id, way=way, begins=begins)
    still = sorted(term for term in point.running if flow.clocks.is_still(term, state.id))
    if still:
        return fault("only_suspended_terms", state.where, state=state.id, way=way, terms=still)
    return fault("no_running_term", state.where, state=state.id, way=way, uncertain=tuple(_uncertain(flow, state.id)))


def _length(term: TermRule) -> str:
    return in_dutch(term.period) if term.period is not None else ""


def _uncertain(flow: Dataflow, state: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The terms that would run here if the dates they hang on were surely known, with the facts those need."""
    knowledge = flow.in_state(state)
    for term in flow.clocks.terms.values():
        missing = flow.missing_to_start(term, knowledge.known) if state in term.starts_in else frozenset[str]()
        if missing:
            yield term.id, flow.missing_for(sorted(missing), knowledge)


def _is_alive(content: Content, flow: Dataflow, point: _Point) -> bool:
    return any(
        _leads_somewhere(flow, flow.clocks.terms[term], point.state)
        for term in point.running
        if not flow.clocks.is_still(term, point.state)
    )


def _leads_somewhere(flow: Dataflow, term: TermRule, state: str) -> bool:
    """Whether something surely happens when the term passes: its own doing, or a transition that is taken."""
    return term.passing != Passing() or surely_moves(flow, term, state)


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


def _tell_way(ways: dict[_Point, _PointWay], point: _Point) -> list[str]:
    steps: list[str] = []
    at: _Point | None = point
    while at is not None:
        way = ways[at]
        steps.append(f"{way.by} verloopt" if way.passes else way.by)
        at = way.before
    return steps[::-1]


def _explore(content: Content, flow: Dataflow) -> dict[_Point, _PointWay] | None:
    """Every point that can be reached with the shortest way to it; None when there are too many."""
    leading = tuple(
        term.id
        for term in content.terms()
        if not term.for_each  # whether a record is open is never known: none is counted on, and any may pass
        if term.passing != Passing()
        or any(transition.on_term == term.id for transition in content.workflow.transitions)
    )
    walk = _Walk(content, flow, leading)
    ways: dict[_Point, _PointWay] = {}
    ahead: list[_Point] = []

    def reach(points: Iterator[_Point], before: _Point | None, by: str, *, passes: bool = False) -> None:
        for point in points:
            if point not in ways:
                ways[point] = _PointWay(before, by, passes)
                ahead.append(point)

    for entry in content.workflow.entries:
        reach(walk.after(None, opening_of(entry), flow.after_opening(entry).known), None, entry.id)
    for point in ahead:
        for arrival, known in walk.moves_from(point.state):
            if not arrival.passed or walk.can_pass(point, arrival.passed):
                reach(walk.after(point, arrival, known), point, arrival.transition)
        for move in flow.clocks.letters_of_clocks(point.state, sorted(point.running)):
            reach(walk.after(point, move, frozenset()), point, move.letters[0].letter)
        for passing, known in walk.passings_in(point):
            reach(walk.after(point, passing, known), point, passing.passed, passes=True)
        if len(ways) > _LIMIT:
            return None
    return ways


class _Walk:
    """Moves points along, for the terms that lead somewhere."""

    def __init__(self, content: Content, flow: Dataflow, leading: tuple[str, ...]) -> None:
        self._workflow, self._flow, self._leading = content.workflow, flow, leading
        self._found: dict[tuple[str, Standing, Arrival, frozenset[str]], frozenset[Standing]] = {}
        self._moves: dict[str, tuple[tuple[Arrival, frozenset[str]], ...]] = {}
        self._passing: dict[tuple[str, str], tuple[tuple[Arrival, frozenset[str]], ...]] = {}

    def can_pass(self, point: _Point, term: str) -> bool:
        """Whether the term can pass here."""
        if self._flow.clocks.terms[term].for_each:
            return True
        return term in point.running and not self._flow.clocks.is_still(term, point.state)

    def moves_from(self, state: str) -> tuple[tuple[Arrival, frozenset[str]], ...]:
        """Each transition out of a state as a move, with the facts that are surely known after it."""
        if state not in self._moves:
            leaving = transitions_leaving(self._workflow, state)
            self._moves[state] = tuple((arrival_of(one), self._flow.after_transition(one).known) for one in leaving)
        return self._moves[state]

    def passings_in(self, point: _Point) -> Iterator[tuple[Arrival, frozenset[str]]]:
        """Each running term that can pass without moving the case, as a move that stays: afterwards it is spent."""
        for name in sorted(point.running):
            if self.can_pass(point, name):
                yield from self._passings_of(self._flow.clocks.terms[name], point.state)

    def _passings_of(self, term: TermRule, state: str) -> tuple[tuple[Arrival, frozenset[str]], ...]:
        if (term.id, state) not in self._passing:
            stays = term.repeats < WITHOUT_END and not surely_moves(self._flow, term, state)
            passing = Arrival(state, state, letters=term.passing.letters, passed=term.id)
            known = self._flow.after_passing(term, state).known if stays else frozenset[str]()
            self._passing[term.id, state] = ((passing, known),) if stays else ()
        return self._passing[term.id, state]

    def after(self, point: _Point | None, move: Arrival, known: frozenset[str]) -> Iterator[_Point]:
        """The points the move can lead to, when these facts are surely known after it."""
        if not self._workflow.has_state(move.target):
            return
        options = [(frozenset[str](), frozenset[str]())]
        for term in self._leading:
            before = Standing.NONE if point is None else _standing_at(point, term)
            after = self._after_one(term, before, move, known)
            options = [_with(term, standing, *option) for option in options for standing in after]
        for running, spent in options:
            yield _Point(move.target, running, spent)

    def _after_one(self, term: str, before: Standing, move: Arrival, known: frozenset[str]) -> frozenset[Standing]:
        key = (term, before, move, known)
        if key not in self._found:
            after = self._flow.clocks.after(term, before, move)
            starts = Standing.RUNNING in after and before not in ON
            if starts and self._flow.missing_to_start(self._flow.clocks.terms[term], known):
                after |= {before}
            self._found[key] = after
        return self._found[key]


def _standing_at(point: _Point, term: str) -> Standing:
    if term in point.running:
        return Standing.RUNNING
    return Standing.SPENT if term in point.spent else Standing.STOPPED


def _with(
    term: str, standing: Standing, running: frozenset[str], spent: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    if standing is Standing.RUNNING:
        return running | {term}, spent
    return (running, spent | {term}) if standing is Standing.SPENT else (running, spent)
