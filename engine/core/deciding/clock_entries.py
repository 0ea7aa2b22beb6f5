"""What each act writes in the ledger of a clock: its start, stop, standstill, extension, and a moved anchor.

Whether an act is due is decided in `clocks`; whether the law allows it, in the legal clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from engine.core.content.ruleset import TermRule
from engine.core.deciding.case import Clock
from engine.core.deciding.situation import Situation
from engine.core.language.conditions import Expression
from engine.core.legal_clock.ledger import (
    Corrected,
    Deferred,
    Extended,
    LedgerEntry,
    Restarted,
    Resumed,
    Started,
    Stopped,
    Suspended,
)
from engine.core.legal_clock.ledger_lines import line_numbers
from engine.core.legal_clock.runs import current_run
from engine.core.moment import local_day


def make_start(situation: Situation, term: TermRule, *, again: bool) -> Started | None:
    """The start of a clock, or its restart; None while the date it hangs on is unknown."""
    day_zero, until = _anchor_of(situation, term)
    if day_zero is None or (term.until is not None and until is None):
        return None
    kind = Restarted if again else Started
    at = day_zero if isinstance(day_zero, datetime) else None
    return kind(
        recorded_at=situation.moment,
        by=situation.actor.role,
        basis=", ".join(term.basis),
        day=_not_after(local_day(at) if at else day_zero, until),
        at=at,
        until=until,
    )


def _not_after(day: date, until: date | None) -> date:
    """A named last day may be over when the clock starts (a case taken over late): it then passes at once."""
    return day if until is None else min(day, until)


def _anchor_of(situation: Situation, term: TermRule) -> tuple[date | None, date | None]:
    """Day 0 (a moment for hours) and the last day a rule gives; None where it is not known yet."""
    until = _day(situation, term.until) if term.until is not None else None
    source = term.before if term.before is not None else term.anchor
    if source is None:
        in_hours = term.is_in_hours
        return (situation.moment if in_hours else local_day(situation.moment)), until
    return _day(situation, source), until


def _day(situation: Situation, expression: Expression) -> date | None:
    value = situation.value_of(expression)
    return value if isinstance(value, date) else None


def move_anchor(situation: Situation, term: TermRule, clock: Clock) -> tuple[LedgerEntry, ...]:
    """Counter-entry and new start when the date the term hangs on has become another one.

    The law lets a term run from the event, not from what was believed of it: a wrong date is put right by moving day
    0, never by beginning anew, which would wipe out what was suspended (Awb 4:15) or deferred (Awb 4:14) since.
    Therefore the new start follows its counter-entry at once: only so does it take the place of the old one.
    """
    if term.until is None and term.before is None and term.anchor is None:
        return ()
    day_zero, until = _anchor_of(situation, term)
    start = current_run(clock.ledger).start
    if start is None or day_zero is None or (term.until is not None and until is None):
        return ()
    # A term that only has a last day begins when the state asks for it: day 0 is then no date of the case.
    keeps_day = term.until is not None and term.anchor is None
    same_day = keeps_day or (start.at or start.day) == day_zero
    if same_day and start.until == until:
        return ()
    (number,) = line_numbers(clock.ledger, (start,))
    counter = Corrected(
        recorded_at=situation.moment,
        by=situation.actor.role,
        cancels=number - 1,
        cause="anchor_moved",
    )
    fresh = make_start(situation, term, again=False)
    if fresh is None:
        return ()
    return (counter, replace(fresh, day=_not_after(start.act_day, until), at=start.at) if keeps_day else fresh)


def make_suspension(situation: Situation, term: TermRule, clock: Clock) -> Suspended:
    """The clock stands still from now, on the ground the content gives."""
    day, at = _effective(situation, clock)
    return Suspended(
        recorded_at=situation.moment,
        by=situation.actor.role,
        basis=_ground(situation, term),
        from_day=day,
        at=at,
    )


def make_resumption(situation: Situation, term: TermRule, clock: Clock) -> Resumed:
    """The clock runs again from now."""
    day, at = _effective(situation, clock)
    return Resumed(
        recorded_at=situation.moment,
        by=situation.actor.role,
        basis=_ground(situation, term),
        on_day=day,
        at=at,
    )


def make_stop(situation: Situation, clock: Clock | None) -> Stopped:
    """The clock is done now."""
    day, at = _effective(situation, clock)
    return Stopped(recorded_at=situation.moment, by=situation.actor.role, on=day, at=at)


def _effective(situation: Situation, clock: Clock | None) -> tuple[date, datetime]:
    """The day and moment an act takes effect: now, or when the clock begins if its day 0 is still to come."""
    start = current_run(clock.ledger).start if clock is not None else None
    day, at = local_day(situation.moment), situation.moment
    if start is None:
        return day, at
    return max(day, start.act_day), max(at, start.at or at)


def _ground(situation: Situation, term: TermRule) -> str:
    return term.ground or (situation.content.term(term.follows).ground if term.follows else "")


def make_prolonging(situation: Situation, term: TermRule, transition: str) -> tuple[LedgerEntry, ...]:
    """The extension or deferral that this transition brings, if any."""
    basis = ", ".join(term.basis)
    if term.extension and term.extension.by == transition:
        return (
            Extended(
                recorded_at=situation.moment,
                by=situation.actor.role,
                basis=basis,
                period=term.extension.period,
            ),
        )
    if term.deferral and term.deferral.by == transition:
        until = _day(situation, term.deferral.until)
        if until is not None:
            return (Deferred(recorded_at=situation.moment, by=situation.actor.role, basis=basis, until=until),)
    return ()
