"""Which clocks a move starts, stops, suspends, resumes, extends or defers, and what then falls due when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.core.case import Clock
from engine.core.content import Content
from engine.core.evaluation.expressions import evaluate_expression
from engine.core.facts import Value
from engine.core.legal_clock.account import read_ledger
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
from engine.core.legal_clock.period import Unit
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.terms import passed_at
from engine.core.moment import local_day
from engine.core.ruleset import TermRule
from engine.core.situation import Situation, project_clock
from engine.core.term_rules import spec_of, suspending_states


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What happened: the transition taken (empty when none), and the state before it (None for a new case)."""

    transition: str
    origin: str | None

    def enters(self, state: str) -> bool:
        """True when the move changed the state, so that the case now enters `state`."""
        return self.origin != state


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """An entry for the ledger of one clock."""

    key: str
    entry: LedgerEntry


def adjust_clocks(situation: Situation, move: Move) -> tuple[tuple[Clock, ...], tuple[ClockChange, ...]]:
    """The clocks after a move, with what was added to their ledgers.

    The situation is that after the move. Raises UsageError when the content asks for something the law of the
    ledger forbids, such as extending a term that has passed.
    """
    clocks = {clock.key: clock for clock in situation.case.clocks}
    changes: list[ClockChange] = []
    for term in situation.content.terms():
        for key in _keys(term, clocks):
            entries = _entries_for(situation, term, clocks.get(key), move)
            if entries:
                clocks[key] = _with_entries(situation.content, clocks.get(key), term, key, entries)
                changes.extend(ClockChange(key=key, entry=entry) for entry in entries)
    return tuple(clocks.values()), tuple(changes)


def start_by_sending(
    situation: Situation, letter: str, addressee: str, sent_on: date
) -> tuple[tuple[Clock, ...], tuple[ClockChange, ...]]:
    """Start the clocks that begin with the sending of this letter to this addressee; day 0 is the day of sending."""
    clocks = {clock.key: clock for clock in situation.case.clocks}
    changes: list[ClockChange] = []
    for term in situation.content.terms():
        if letter in term.sending_of:
            key = f"{term.id}/{addressee}"
            kind = Restarted if key in clocks else Started
            entry = kind(
                recorded_at=situation.moment,
                by=situation.actor.role,
                day=sent_on,
                reason=f"{letter} verzonden",
                basis=", ".join(term.basis),
            )
            clocks[key] = _with_entries(situation.content, clocks.get(key), term, key, (entry,))
            changes.append(ClockChange(key=key, entry=entry))
    return tuple(clocks.values()), tuple(changes)


def _keys(term: TermRule, clocks: dict[str, Clock]) -> tuple[str, ...]:
    if term.sending_of:
        return tuple(key for key, clock in clocks.items() if clock.term == term.id)
    return (term.id,)


def _with_entries(
    content: Content, clock: Clock | None, term: TermRule, key: str, entries: tuple[LedgerEntry, ...]
) -> Clock:
    known = clock or Clock(term=term.id, ledger=(), addressee=key.partition("/")[2])
    return replace(known, ledger=record(spec_of(content, term), known.ledger, content.calendar, *entries))


def _entries_for(situation: Situation, term: TermRule, clock: Clock | None, move: Move) -> tuple[LedgerEntry, ...]:
    state, stands = situation.case.state, _standing(situation.content, clock)
    if stands in ("running", "suspended") and _is_done(situation, term, move):
        return (_stop(situation, clock),)
    if not term.sending_of and _begins(term, state, stands, move):
        started = _start(situation, term, again=stands != "not_started")
        return (started,) if started else ()
    if clock is None or stands not in ("running", "suspended"):
        return ()
    moved = _move_anchor(situation, term, clock)
    if term.suspends_on:
        return (*moved, *_by_transition(situation, term, clock, stands, move))
    still = state in suspending_states(situation.content, term)
    if still and stands == "running" and not passed_at(project_clock(situation.content, clock), situation.moment):
        return (*moved, _suspend(situation, term, clock))
    if not still and stands == "suspended":
        return (*moved, _resume(situation, term, clock))
    return (*moved, *_prolong(situation, term, move))


def _by_transition(
    situation: Situation, term: TermRule, clock: Clock, stands: str, move: Move
) -> tuple[LedgerEntry, ...]:
    """A clock that stands still apart from the state: from one transition until another."""
    is_over = passed_at(project_clock(situation.content, clock), situation.moment)
    if stands == "running" and move.transition in term.suspends_on and not is_over:
        return (_suspend(situation, term, clock),)
    if stands == "suspended" and move.transition in term.resumes_on:
        return (_resume(situation, term, clock),)
    return _prolong(situation, term, move)


def _standing(content: Content, clock: Clock | None) -> str:
    return "not_started" if clock is None else project_clock(content, clock).status


def _begins(term: TermRule, state: str, stands: str, move: Move) -> bool:
    if move.transition and move.transition in term.starts_on:
        return True
    if state not in term.starts_in or stands in ("running", "suspended"):
        return False
    # A clock that could not start because its date was unknown starts as soon as that date is there.
    return stands == "not_started" or move.enters(state)


def _is_done(situation: Situation, term: TermRule, move: Move) -> bool:
    state = situation.case.state
    if situation.case.is_closed or state in term.stops_in or move.transition in term.stops_on:
        return True
    if term.stops_in or term.stops_on or not term.starts_in:
        return False
    return state not in (*term.starts_in, *suspending_states(situation.content, term))


def _start(situation: Situation, term: TermRule, *, again: bool) -> Started | None:
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
        in_hours = term.length is not None and term.length.unit is Unit.HOURS
        return (situation.moment if in_hours else local_day(situation.moment)), until
    return _day(situation, source), until


def _day(situation: Situation, expression: object) -> date | None:
    value: Value | None = evaluate_expression(expression, situation.lookup, situation.around)  # type: ignore[arg-type]
    return value if isinstance(value, date) else None


def _move_anchor(situation: Situation, term: TermRule, clock: Clock) -> tuple[LedgerEntry, ...]:
    """Counter-entry and new start when the date the term hangs on has become another one."""
    if term.until is None and term.before is None and term.anchor is None:
        return ()
    day_zero, until = _anchor_of(situation, term)
    start = read_ledger(clock.ledger).start
    if start is None or day_zero is None or (term.until is not None and until is None):
        return ()
    keeps_day = term.until is not None and term.anchor is None
    same_day = keeps_day or (start.at or start.day) == day_zero
    if same_day and start.until == until:
        return ()
    number = max(index for index, entry in enumerate(clock.ledger) if entry == start)
    counter = Corrected(
        recorded_at=situation.moment,
        by=situation.actor.role,
        cancels=number,
        reason="de datum waaraan de termijn hangt is gewijzigd",
    )
    fresh = _start(situation, term, again=False)
    if fresh is None:
        return ()
    return (counter, replace(fresh, day=_not_after(start.act_day, until), at=start.at) if keeps_day else fresh)


def _suspend(situation: Situation, term: TermRule, clock: Clock) -> Suspended:
    day, at = _effective(situation, clock)
    return Suspended(
        recorded_at=situation.moment,
        by=situation.actor.role,
        basis=_ground(situation, term),
        from_day=day,
        at=at,
    )


def _resume(situation: Situation, term: TermRule, clock: Clock) -> Resumed:
    day, at = _effective(situation, clock)
    return Resumed(
        recorded_at=situation.moment,
        by=situation.actor.role,
        basis=_ground(situation, term),
        on_day=day,
        at=at,
    )


def _stop(situation: Situation, clock: Clock | None) -> Stopped:
    day, at = _effective(situation, clock)
    return Stopped(recorded_at=situation.moment, by=situation.actor.role, on=day, at=at)


def _effective(situation: Situation, clock: Clock | None) -> tuple[date, datetime]:
    """The day and moment an act takes effect: now, or when the clock begins if its day 0 is still to come."""
    start = read_ledger(clock.ledger).start if clock is not None else None
    day, at = local_day(situation.moment), situation.moment
    if start is None:
        return day, at
    return max(day, start.act_day), max(at, start.at or at)


def _ground(situation: Situation, term: TermRule) -> str:
    return term.ground or (situation.content.term(term.follows).ground if term.follows else "")


def _prolong(situation: Situation, term: TermRule, move: Move) -> tuple[LedgerEntry, ...]:
    basis = ", ".join(term.basis)
    if term.extension and term.extension.by == move.transition:
        return (
            Extended(
                recorded_at=situation.moment,
                by=situation.actor.role,
                basis=basis,
                period=term.extension.length,
            ),
        )
    if term.deferral and term.deferral.by == move.transition:
        until = _day(situation, term.deferral.until)
        if until is not None:
            return (Deferred(recorded_at=situation.moment, by=situation.actor.role, basis=basis, until=until),)
    return ()
