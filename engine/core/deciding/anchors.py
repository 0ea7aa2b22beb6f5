"""The dates on which a term hangs, and the grounds on which it stands still, as they are known in a situation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.core.content.ruleset import SUSPENDED_WHILE, TermRule
from engine.core.deciding.situation import Situation
from engine.core.language.conditions import Expression
from engine.core.moment import local_day


def not_after(day: date, until: date | None) -> date:
    """A named last day may be over when the clock starts (a case taken over late): it then passes at once."""
    return day if until is None else min(day, until)


def anchor_of(situation: Situation, term: TermRule) -> tuple[date | None, date | None]:
    """Day 0 (a moment for hours) and the last day a rule gives; None where it is not known yet."""
    until = day_of(situation, term.until) if term.until is not None else None
    source = term.before if term.before is not None else term.anchor
    if source is None:
        return (situation.moment if term.is_in_hours else local_day(situation.moment)), until
    return day_of(situation, source), until


def day_of(situation: Situation, expression: Expression) -> date | None:
    """The day that the expression gives here; None when it is unknown, or no day."""
    value = situation.value_of(expression)
    return value if isinstance(value, date) else None


def stands_still(situation: Situation, term: TermRule) -> bool:
    """Whether a ground to stand still holds now; one that is unknown is none, for the law lets a term run."""
    return any(_grounds(situation, term, frozenset()))


def comes_to_stand_still(situation: Situation, term: TermRule) -> bool:
    """The same, of grounds that need no letter: what counts from a sending begins by that, and by no move."""
    return any(_grounds(situation, term, frozenset(situation.content.standstills_from_sending(term))))


def _grounds(situation: Situation, term: TermRule, aside: frozenset[str]) -> Iterator[bool]:
    content, state = situation.content, situation.case.state
    yield state not in aside and state in content.suspending_states(term)
    if SUSPENDED_WHILE not in aside:
        yield holds_ground(situation, term)


def holds_ground(situation: Situation, term: TermRule) -> bool:
    """Whether the condition surely holds under which the term, or the one that it follows, stands still."""
    followed = (situation.content.term(term.follows),) if term.follows else ()
    grounds = (one.suspended_while for one in (term, *followed))
    return any(ground is not None and situation.holds(ground) for ground in grounds)


def ground_of(situation: Situation, term: TermRule, name: str) -> str:
    """On which ground of the law the term stands still by this state, transition or SUSPENDED_WHILE.

    What the term, or the one it follows, says of that one alone; else of them all.
    """
    known = (term, *((situation.content.term(term.follows),) if term.follows else ()))
    said = (situation.value_of(one.grounds[name]) for one in known if name in one.grounds)
    return next((str(ground) for ground in said if ground is not None), "") or next(
        (one.ground for one in known if one.ground), ""
    )
