"""Which clocks a move starts, stops, suspends, resumes, extends or defers, and what then falls due when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.content.ruleset import TermRule
from engine.core.deciding.case import Clock
from engine.core.deciding.clock_entries import (
    make_prolonging,
    make_resumption,
    make_start,
    make_stop,
    make_suspension,
    move_anchor,
)
from engine.core.deciding.situation import Situation, project_clock
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.ledger import (
    LedgerEntry,
    Restarted,
    Started,
)
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.terms import passed_at
from engine.core.quick_class import dataclass


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
                reason=letter,
                cause="letter_sent",
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
    return replace(known, ledger=record(term, known.ledger, content.calendar, *entries))


def _entries_for(situation: Situation, term: TermRule, clock: Clock | None, move: Move) -> tuple[LedgerEntry, ...]:
    state, stands = situation.case.state, _standing(situation.content, clock)
    if stands in ("running", "suspended") and _is_done(situation, term, move):
        return (make_stop(situation, clock),)
    if not term.sending_of and _begins(term, state, stands, move):
        started = make_start(situation, term, again=stands != "not_started")
        return (started,) if started else ()
    if clock is None or stands not in ("running", "suspended"):
        return ()
    moved = move_anchor(situation, term, clock)
    if term.suspends_on:
        return (*moved, *_by_transition(situation, term, clock, stands, move))
    still = state in situation.content.suspending_states(term)
    if still and stands == "running" and not passed_at(project_clock(situation.content, clock), situation.moment):
        return (*moved, make_suspension(situation, term, clock))
    if not still and stands == "suspended":
        return (*moved, make_resumption(situation, term, clock))
    return (*moved, *make_prolonging(situation, term, move.transition))


def _by_transition(
    situation: Situation, term: TermRule, clock: Clock, stands: str, move: Move
) -> tuple[LedgerEntry, ...]:
    """A clock that stands still apart from the state: from one transition until another."""
    is_over = passed_at(project_clock(situation.content, clock), situation.moment)
    if stands == "running" and move.transition in term.suspends_on and not is_over:
        return (make_suspension(situation, term, clock),)
    if stands == "suspended" and move.transition in term.resumes_on:
        return (make_resumption(situation, term, clock),)
    return make_prolonging(situation, term, move.transition)


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
    return state not in (*term.starts_in, *situation.content.suspending_states(term))
