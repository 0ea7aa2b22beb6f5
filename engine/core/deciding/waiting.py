"""What an open case waits for, and on whom: an act that can be done, a fact that is missing, or only time.

The one home of this meaning: the case page, the figures and the pages for others ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from engine.core.deciding.lateness import ClockStanding, clocks_at
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import BlockerKind
from engine.core.deciding.why import Possibility
from engine.core.legal_clock.projection import Projection
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """On these bodies the case waits, for `transition`: it `can_be_done`, or `missing` facts stand in its way.

    Without a transition it waits for the clock of `term` alone. Without anything missing and while it cannot be done
    its condition does not hold.
    """

    bodies: tuple[str, ...]
    transition: Possibility | None = None
    can_be_done: bool = False
    missing: tuple[str, ...] = ()
    term: str = ""


def waits_for(situation: Situation, items: Sequence[Possibility], terms: Sequence[str] = ()) -> Waits:
    """Whom a case waits for, and for what. `terms` are those it is about: what ends them goes before anything else.

    Then what the body that is at move does to bring the case elsewhere, then the rest; in the order of the workflow.
    """
    state = situation.case.state
    owner = situation.content.workflow.state(state).owner
    by_hand = tuple(item for item in items if not item.is_automatic)
    asked = _acts_that_end(situation, terms)
    own = tuple(item for item in by_hand if owner in item.by and item.targets != (state,) and not item.reason_required)
    ordered = (*(item for item in by_hand if item.transition in asked), *own, *by_hand)
    if ordered and ordered[0].is_open and (own or asked):
        return Waits(bodies=ordered[0].by, transition=ordered[0], can_be_done=True)
    blocked = next((item for item in ordered if not item.is_open), None)
    if blocked is None or not (own or asked):
        term = next((item.on_term for item in items if item.on_term), "")
        return Waits(bodies=(owner,), term=term)
    missing = tuple(b for b in blocked.blockers if b.kind is BlockerKind.MISSING_FACT)
    bodies = (missing[0].supplied_by if missing else ()) or (owner,)
    return Waits(bodies=bodies, transition=blocked, missing=tuple(dict.fromkeys(one.subject for one in missing)))


def most_pressing(situation: Situation) -> ClockStanding | None:
    """Of the clocks that ask somebody to act the one to look at first: the longest late, else the first to act for."""
    to_act_on = situation.content.terms_to_act_on
    found = [
        one
        for one in clocks_at(situation.content, situation.case, situation.question.moment)
        if one.clock.term in to_act_on and one.projection.late_from is not None
    ]
    return min(found, key=_pressing_first, default=None)


def _pressing_first(standing: ClockStanding) -> tuple[bool, float, date, str]:
    # Of what is late the first that passed, in whatever order somebody had to begin with it.
    late_from = standing.projection.late_from if standing.is_late else None
    since = late_from.timestamp() if late_from else float("inf")
    return not standing.is_late, since, act_by_day(standing) or date.max, standing.clock.key


def act_by_day(standing: ClockStanding) -> date | None:
    """The last day on which somebody can act in time for this clock; None where no day is known."""
    return standing.start.day if standing.start else last_day_of(standing.projection)


def last_day_of(projection: Projection) -> date | None:
    """The last day of a term, also of one in hours; None while no end is known."""
    return projection.last_day or (local_day(projection.ends_at) if projection.ends_at else None)


def _acts_that_end(situation: Situation, terms: Sequence[str]) -> set[str]:
    """The transitions that stop these terms, or that their reminders ask for."""
    return {act for term in terms for act in _acts_of(situation, term)}


def _acts_of(situation: Situation, term_id: str) -> Iterator[str]:
    term = situation.content.term(term_id)
    yield from term.stops_on
    for reminder in term.reminders:
        yield from reminder.ask
