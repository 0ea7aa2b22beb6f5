"""The day on which the next act must be done at the latest, so that what comes after it still fits before the last day.

Counted back from the last day of a term over the way that asks least time to where its clock stops. Each state on
that way takes what its own terms give to those who must do something there: two weeks to be heard, three for an
expert. No condition is asked: what is not true today is what the steps in between are for. A state in which the law
lets a clock stand still lies on no way: that is waiting for somebody, and no step towards the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from heapq import heappop, heappush
from math import ceil

from engine.core.content.term_rules import WITHOUT_END, TermRule
from engine.core.content.workflow import Transition, Workflow
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.counting import ONE_DAY, DayCounter, roll_backward
from engine.core.legal_clock.ledger import Started
from engine.core.legal_clock.period import days_at_least_and_most
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.terms import project
from engine.core.moment import end_of_day, start_of_day
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One step of the way: by this transition into this state, where these terms have to fit (the longest counts)."""

    transition: str
    state: str
    terms: tuple[TermRule, ...] = ()

    @property
    def days(self) -> float:
        """About how many calendar days this takes: enough to choose a way by, not to count with."""
        return max((days_at_least_and_most(term.period)[0] for term in self.terms if term.period), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestStart:
    """On `day`, a working day, the next act must be done at the latest for the clock to stop on its last day.

    `way` leads from the state of the case to where the clock stops; the act to do is that of its first leg.
    """

    day: date
    way: tuple[Leg, ...]


def latest_start(content: Content, term: TermRule, projection: Projection, state: str) -> LatestStart | None:
    """When the next act must be done for this term, in a case in this state.

    None for a term that is no law, that counts hours or runs for each record apart, and for a clock that does not run
    or of which no last day is known because it stands still; and where no way leads to its end.
    """
    last_day = projection.last_day
    if term.kind != "statutory" or term.for_each or projection.in_hours or last_day is None:
        return None
    if projection.status != "running":
        return None
    return content.once(_latest_start, term, last_day, state)


def _latest_start(content: Content, term: TermRule, last_day: date, state: str) -> LatestStart | None:
    way = ways_to_the_end(content, term).get(state)
    return LatestStart(day=_back_over(content, way, last_day), way=way) if way else None


def ways_to_the_end(content: Content, term: TermRule) -> Mapping[str, tuple[Leg, ...]]:
    """From each state the way that takes least time to where the clock of this term stops; no entry: there is none."""
    return content.once(_ways, term, ())


def _ways(content: Content, term: TermRule, _: object) -> Mapping[str, tuple[Leg, ...]]:
    """Backward from where the clock stops (Dijkstra): the shortest way from each state, one shorter leg at a time.

    A number breaks ties, so that of two ways of the same length the one written first is told, every time again.
    """
    flow = content.workflow
    still = {state for other in content.terms() for state in content.suspending_states(other)}
    steps = [one for one in flow.transitions if one.target not in still]
    into: dict[str, list[Transition]] = {}
    found: dict[str, tuple[Leg, ...]] = {}
    waiting: list[tuple[float, int, str, tuple[Leg, ...]]] = []
    for number, one in enumerate(steps):
        if _stops(flow, term, one):
            heappush(waiting, (0, number, one.origin, (Leg(transition=one.id, state=one.target),)))
        elif one.origin != one.target:
            into.setdefault(one.target, []).append(one)
    number = len(steps)
    while waiting:
        days, _, state, way = heappop(waiting)
        if state in found:
            continue
        found[state] = way
        for one in into.get(state, ()):
            if one.origin not in found:
                leg = Leg(transition=one.id, state=state, terms=tuple(_own_terms(content, term, one)))
                number += 1
                heappush(waiting, (days + leg.days, number, one.origin, (leg, *way)))
    return found


def _stops(flow: Workflow, term: TermRule, one: Transition) -> bool:
    """Whether this transition is what the term waits for; that the case ends some other way is not."""
    if one.origin == one.target and one.id not in term.stops_on:
        return False
    if one.target in term.stops_in or one.id in term.stops_on:
        return True
    if term.stops_in or term.stops_on or flow.state(one.origin).is_end:
        return False
    return one.origin in term.starts_in and one.target not in term.starts_in


def _own_terms(content: Content, term: TermRule, one: Transition) -> Iterator[TermRule]:
    """The terms that begin on coming into the state and that leaving it ends: the time that the state takes."""
    measured = (other for other in content.terms() if other.repeats < WITHOUT_END)  # a reminder asks for no time
    for other in measured:
        begins = one.id in other.starts_on or (one.target in other.starts_in and one.origin not in other.starts_in)
        if begins and other.id != term.id and other.period is not None and not (other.for_each or other.counted_back):
            leaving = content.workflow.transitions_from(one.target)
            if any(_stops(content.workflow, other, out) for out in leaving if out.origin != out.target):
                yield other


def _back_over(content: Content, way: tuple[Leg, ...], last_day: date) -> date:
    """The last working day on which the way can begin: people act on working days."""
    day = last_day
    for leg in reversed(way):
        day = min((content.once(_latest_day_zero, term, day) for term in leg.terms), default=day)
    return roll_backward(DayCounter(content.calendar), day)


def _latest_day_zero(content: Content, term: TermRule, last_day: date) -> date:
    """The last day 0 with which the term, as the clock counts it, ends on this day at the latest.

    Counted forward and not back: where an end on a free day goes depends on the end (Awt 1; an agreed term rolls on).
    """
    period = term.period
    assert period is not None  # only terms with a length are on a way
    day = last_day - timedelta(days=ceil(days_at_least_and_most(period)[0]))
    while _end_of(content, term, day) > last_day:
        day -= ONE_DAY
    while _end_of(content, term, day + ONE_DAY) <= last_day:
        day += ONE_DAY
    return day


def _end_of(content: Content, term: TermRule, day: date) -> date:
    started = Started(recorded_at=start_of_day(day), by="", day=day, at=end_of_day(day) if term.is_in_hours else None)
    projection = project(term, (started,), content.calendar)
    assert projection.last_day is not None  # it runs, and from a day
    return projection.last_day
