"""Every combination of running clocks that a case can come to, each with the shortest way to it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.term_rules import WITHOUT_END, Passing, TermRule
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.proofs.clock_paths import ON, Arrival, Standing, arrival_of, opening_of
from engine.proofs.dataflow import Dataflow
from engine.proofs.leaving import surely_moves
from engine.proofs.paths import transitions_leaving

LIMIT = 20_000
"""More points than this are not looked at."""


@dataclass(frozen=True, slots=True)
class Point:
    """A state with the clocks that run there, and those that ran out."""

    state: str
    running: frozenset[str]
    spent: frozenset[str]


@dataclass(frozen=True, slots=True)
class PointWay:
    """How a point was first reached: from which point, by which move, or by which term that passed there."""

    before: Point | None
    by: str
    passes: bool = False


def explore(content: Content, flow: Dataflow) -> dict[Point, PointWay] | None:
    """Every point that can be reached with the shortest way to it; None when there are too many."""
    leading = tuple(
        term.id
        for term in content.terms()
        if not term.for_each  # whether a record is open is never known: none is counted on, and any may pass
        if term.passing != Passing()
        or any(transition.on_term == term.id for transition in content.workflow.transitions)
    )
    walk = _Walk(content, flow, leading)
    ways: dict[Point, PointWay] = {}
    ahead: list[Point] = []

    def reach(step: _PointMove, before: Point | None, by: str, *, passes: bool = False) -> None:
        for point in walk.after(before, step):
            if point not in ways:
                ways[point] = PointWay(before, by, passes)
                ahead.append(point)

    for entry in content.workflow.entries:
        reach(_point_move(opening_of(entry), flow.after_opening(entry).known), None, entry.id)
    for point in ahead:
        for step in walk.moves_from(point.state):
            if not step.move.passed or walk.can_pass(point, step.move.passed):
                reach(step, point, step.move.transition)
        for step in walk.letters_in(point):
            reach(step, point, step.move.letters[0].letter)
        for step in walk.passings_in(point):
            reach(step, point, step.move.passed, passes=True)
        if len(ways) > LIMIT:
            return None
    return ways


@dataclass(frozen=True, slots=True)
class _PointMove:
    """A move with the facts that are surely known after it, and what it does to each clock, once that was looked at.

    There are some hundreds of moves and tens of thousands of points that make them.
    """

    move: Arrival
    known: frozenset[str]
    clocks: dict[tuple[str, Standing], frozenset[Standing]]


def _point_move(move: Arrival, known: frozenset[str] = frozenset()) -> _PointMove:
    return _PointMove(move, known, {})


class _Walk:
    """Moves points along, for the terms that lead somewhere."""

    def __init__(self, content: Content, flow: Dataflow, leading: tuple[str, ...]) -> None:
        self._workflow, self._flow, self._leading = content.workflow, flow, leading
        self._moves: dict[str, tuple[_PointMove, ...]] = {}
        self._passing: dict[tuple[str, str], tuple[_PointMove, ...]] = {}
        self._letters: dict[tuple[str, str], tuple[_PointMove, ...]] = {}

    def can_pass(self, point: Point, term: str) -> bool:
        """Whether the term can pass here."""
        if self._flow.clocks.terms[term].for_each:
            return True
        return term in point.running and not self._flow.clocks.is_still(term, point.state)

    def moves_from(self, state: str) -> tuple[_PointMove, ...]:
        """Each transition out of a state, as a move."""
        if state not in self._moves:
            leaving = transitions_leaving(self._workflow, state)
            self._moves[state] = tuple(
                _point_move(arrival_of(one), self._flow.after_transition(one).known) for one in leaving
            )
        return self._moves[state]

    def letters_in(self, point: Point) -> Iterator[_PointMove]:
        """Each letter that a running term can send here by passing or by a reminder, as a move that stays."""
        for name in sorted(point.running):
            if (name, point.state) not in self._letters:
                moves = self._flow.clocks.letters_of_clocks(point.state, (name,))
                self._letters[name, point.state] = tuple(map(_point_move, moves))
            yield from self._letters[name, point.state]

    def passings_in(self, point: Point) -> Iterator[_PointMove]:
        """Each running term that can pass without moving the case, as a move that stays: afterwards it is spent."""
        for name in sorted(point.running):
            if self.can_pass(point, name):
                yield from self._passings_of(self._flow.clocks.terms[name], point.state)

    def _passings_of(self, term: TermRule, state: str) -> tuple[_PointMove, ...]:
        if (term.id, state) not in self._passing:
            stays = term.repeats < WITHOUT_END and not surely_moves(self._flow, term, state)
            passing = Arrival(state, state, letters=term.passing.letters, passed=term.id)
            known = self._flow.after_passing(term, state).known if stays else frozenset[str]()
            self._passing[term.id, state] = (_point_move(passing, known),) if stays else ()
        return self._passing[term.id, state]

    def after(self, point: Point | None, step: _PointMove) -> Iterator[Point]:
        """The points the move can lead to."""
        if not self._workflow.has_state(step.move.target):
            return
        options: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), ())]
        for term in self._leading:
            before = Standing.NONE if point is None else _standing_at(point, term)
            after = step.clocks.get((term, before))
            if after is None:
                after = step.clocks[term, before] = self._after_one(term, before, step)
            if after is _STOPPED:
                continue
            options = [_with(term, standing, *option) for option in options for standing in after]
        for running, spent in options:
            yield Point(step.move.target, frozenset(running), frozenset(spent))

    def _after_one(self, term: str, before: Standing, step: _PointMove) -> frozenset[Standing]:
        after = self._flow.clocks.after(term, before, step.move)
        starts = Standing.RUNNING in after and before not in ON
        if starts and self._flow.missing_to_start(self._flow.clocks.terms[term], step.known):
            after |= {before}
        return after if after & ON else _STOPPED


_STOPPED = frozenset({Standing.STOPPED})
"""Neither running nor spent, which is all that a point says of a clock."""


def _standing_at(point: Point, term: str) -> Standing:
    if term in point.running:
        return Standing.RUNNING
    return Standing.SPENT if term in point.spent else Standing.STOPPED


def _with(
    term: str, standing: Standing, running: tuple[str, ...], spent: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if standing is Standing.RUNNING:
        return (*running, term), spent
    return (running, (*spent, term)) if standing is Standing.SPENT else (running, spent)
