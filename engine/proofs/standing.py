"""No open case stands still: on every way into every open state some term runs that leads somewhere.

All combinations of running clocks that can occur are walked through, so a finding comes with the way that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.term_rules import Passing, TermRule
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.legal_clock.period import in_dutch
from engine.proofs.dataflow import Dataflow
from engine.proofs.leaving import is_left_by_itself, surely_moves
from engine.proofs.points import LIMIT, Point, PointWay, explore
from engine.proofs.proven import Proven


def prove_standing(content: Content, flow: Dataflow) -> Proven:
    """Each open state that can be reached has a running term that leads somewhere, or is left by itself.

    Also after its terms have passed: a term that has told somebody and stays is spent, and wakes nobody again.
    """
    ways = explore(content, flow)
    line = f"{content.workflow.id}: in elke open toestand loopt langs elke weg een termijn die ergens toe leidt"
    if ways is None:
        return Proven(findings=(doubt("standing_not_proven", content.workflow.where, limit=LIMIT),))
    return Proven(findings=tuple(_standstills(content, flow, ways)), line=f"{line} ({len(ways)} combinaties bekeken).")


def _standstills(content: Content, flow: Dataflow, ways: dict[Point, PointWay]) -> Iterator[Finding]:
    told: set[str] = set()
    for point in ways:
        state = content.workflow.state(point.state)
        if state.is_end or state.id in told or _is_alive(content, flow, point):
            continue
        if not is_left_by_itself(content, flow, state.id):
            told.add(state.id)
            yield _tell_standstill(content, flow, point, ways)


def _tell_standstill(content: Content, flow: Dataflow, point: Point, ways: dict[Point, PointWay]) -> Finding:
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


def _is_alive(content: Content, flow: Dataflow, point: Point) -> bool:
    return any(
        _leads_somewhere(flow, flow.clocks.terms[term], point.state)
        for term in point.running
        if not flow.clocks.is_still(term, point.state)
    )


def _leads_somewhere(flow: Dataflow, term: TermRule, state: str) -> bool:
    """Whether something surely happens when the term passes: its own doing, or a transition that is taken."""
    return term.passing != Passing() or surely_moves(flow, term, state)


def _tell_way(ways: dict[Point, PointWay], point: Point) -> list[str]:
    steps: list[str] = []
    at: Point | None = point
    while at is not None:
        way = ways[at]
        steps.append(f"{way.by} verloopt" if way.passes else way.by)
        at = way.before
    return steps[::-1]
