"""The dates on which a term hangs, and the grounds on which it stands still, as they are known in a situation."""

from __future__ import annotations

from datetime import date

from engine.core.content.ruleset import TermRule
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
    content = situation.content
    if situation.case.state in content.suspending_states(term):
        return True
    followed = (content.term(term.follows),) if term.follows else ()
    grounds = (one.suspended_while for one in (term, *followed))
    return any(ground is not None and situation.holds(ground) for ground in grounds)
