"""Which clocks a move starts, stops, suspends, resumes, extends or defers, and what that writes in their ledgers.

Whether an act is due is decided here; whether the law allows it, in the legal clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime
from functools import partial

from engine.core.content.term_rules import SUSPENDED_WHILE, TermRule
from engine.core.deciding.anchors import (
    anchor_of,
    comes_to_stand_still,
    entry_now,
    ground_of,
    hangs_alike,
    measure_of,
    not_after,
    prolonging,
    stands_still,
)
from engine.core.deciding.at_hand import case_about, is_at_hand, record_of_clock
from engine.core.deciding.case import Clock
from engine.core.deciding.situation import Situation, look, project_clock
from engine.core.language.facts import LIFE
from engine.core.legal_clock.ledger import Corrected, LedgerEntry, Restarted, Resumed, Started, Stopped, Suspended
from engine.core.legal_clock.ledger_lines import line_numbers
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.runs import current_run
from engine.core.legal_clock.terms import passed_at
from engine.core.moment import local_day
from engine.core.quick_class import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What happened: the transition taken (empty when none), and the state before it (None for a new case).

    `happened_on` is the fact with the day on which it happened, where the act asks that. `was`: such days as they stood
    before they were corrected now, by fact.
    """

    transition: str
    origin: str | None
    happened_on: str = ""
    was: Mapping[str, date] = field(default_factory=dict)


ClockChange = tuple[str, LedgerEntry]
"""The key of a clock, and an entry for its ledger."""

Changed = tuple[tuple[Clock, ...], tuple[ClockChange, ...]]
"""All clocks, and what was added to their ledgers."""


def adjust_clocks(situation: Situation, move: Move) -> Changed:
    """The clocks after a move; the situation is that after the move.

    Raises UsageError for what the law of the ledger forbids, such as extending a term that has passed.
    """

    def entries_of(term: TermRule, clock: Clock | None, key: str) -> tuple[LedgerEntry, ...]:
        about = _about_record(situation, move, key) if term.for_each else (situation, move)
        return _entries_hung(about[0], term, clock, about[1])

    return change_clocks(situation, _touched(situation, move), entries_of)


def _touched(situation: Situation, move: Move) -> Iterator[tuple[TermRule, str]]:
    """The clocks that a move can do something to, in the order of the terms: those there are, and those it starts."""
    content, started = situation.content, dict[str, list[str]]()
    for clock in situation.case.clocks:
        started.setdefault(clock.term, []).append(clock.key)
    starts = content.terms_started_by(situation.case.state, move.transition)
    records = situation.case.records_by_kind()
    for term in content.terms():
        if term.for_each:
            for one in records.get(term.for_each, ()):
                yield term, f"{term.id}/{one.key}"
        elif term.id in started and term.sending_of:
            yield from ((term, key) for key in started[term.id])
        elif term.id in started or term.id in starts:
            yield term, term.id


def _about_record(situation: Situation, move: Move, key: str) -> tuple[Situation, Move]:
    """The situation of the record of this clock; an act only counts for the record it has at hand."""
    content, case = situation.content, situation.case
    record = record_of_clock(case, key)
    assert record is not None  # the keys come from the records
    if not is_at_hand(content.rules.records[record.kind], case, record):
        move = Move(transition="", origin=move.origin)
    return look(situation.question.about(case_about(content, case, record))), move


def _entries_hung(situation: Situation, term: TermRule, clock: Clock | None, move: Move) -> tuple[LedgerEntry, ...]:
    entries = _entries_for(situation, term, clock, move)
    if not (move.happened_on or move.was):
        return entries
    from engine.core.deciding.lines_of_day import hung_on, moved_with  # most acts happen when they are typed

    return (*moved_with(situation, term, clock, move.was), *hung_on(move.happened_on, term, entries))


def change_clocks(
    situation: Situation,
    wanted: Iterable[tuple[TermRule, str]],
    entries_of: Callable[[TermRule, Clock | None, str], tuple[LedgerEntry, ...]],
) -> Changed:
    """All clocks, with these entries added. Raises UsageError when the law of the ledger forbids one."""
    content, clocks = situation.content, {clock.key: clock for clock in situation.case.clocks}
    changes: list[ClockChange] = []
    for term, key in wanted:
        entries = entries_of(term, clocks.get(key), key)
        if entries:
            clock = clocks.get(key) or Clock(term=term.id, ledger=(), addressee=key.partition("/")[2])
            ledger = record(term, clock.ledger, content.calendar, *entries, count=partial(content.project, term))
            clocks[key] = replace(clock, ledger=ledger)
            changes.extend((key, entry) for entry in entries)
    return tuple(clocks.values()), tuple(changes)


def _entries_for(situation: Situation, term: TermRule, clock: Clock | None, move: Move) -> tuple[LedgerEntry, ...]:
    stands = "not_started" if clock is None else project_clock(situation.content, clock).status
    if stands in ("running", "suspended") and is_done(situation, term, move):
        return (_stop(situation, clock),)
    if not term.sending_of and _begins(situation, term, stands, move):
        started = _start(situation, term, again=stands != "not_started")
        return (started,) if started else ()
    if clock is None or stands not in ("running", "suspended"):
        return ()
    moved, runs = _move_anchor(situation, term, clock), stands == "running"
    if _is_held_up(situation, term, clock, move) if runs else _goes_on(situation, term, move):
        return (*moved, _standstill(situation, term, clock, move, begins=runs))
    return (*moved, *prolonging(situation, term, clock, move.transition))


def _is_held_up(situation: Situation, term: TermRule, clock: Clock, move: Move) -> bool:
    """Whether a clock that runs comes to stand still; one that is over does not any more."""
    # Where acts do it, it stands still apart from the state: from one transition until another.
    acts = term.suspends_on
    suspends = _acts_now(move, acts, term) if acts else comes_to_stand_still(situation, term)
    return suspends and not passed_at(project_clock(situation.content, clock), situation.moment)


def _goes_on(situation: Situation, term: TermRule, move: Move) -> bool:
    """Whether a clock that stands still runs again."""
    return move.transition in term.resumes_on if term.suspends_on else not stands_still(situation, term)


def _begins(situation: Situation, term: TermRule, stands: str, move: Move) -> bool:
    state = situation.case.state
    if _acts_now(move, term.starts_on, term):
        return True
    if term.for_each:
        return not term.starts_on and stands == "not_started" and _record_is_open(situation, term)
    if state not in term.starts_in or state in term.from_sending or stands in ("running", "suspended"):
        return False
    # A clock that could not start because its date was unknown starts as soon as that date is there.
    return stands == "not_started" or move.origin != state


def _acts_now(move: Move, transitions: tuple[str, ...], term: TermRule) -> bool:
    """Whether the move does it by itself, and not the sending of what it orders."""
    return move.transition in transitions and move.transition not in term.from_sending


def _record_is_open(situation: Situation, term: TermRule) -> bool:
    kind = situation.content.rules.records[term.for_each]
    return kind.is_open(str(situation.lookup(kind.fact_of(LIFE))))


def is_done(situation: Situation, term: TermRule, move: Move) -> bool:
    """Whether the clock has nothing to wait for any more after this move."""
    state = situation.case.state
    if term.for_each and not _record_is_open(situation, term):
        return True
    if situation.case.is_closed or state in term.stops_in or move.transition in term.stops_on:
        return True
    if term.stops_in or term.stops_on or not term.starts_in:
        return False
    return state not in (*term.starts_in, *situation.content.suspending_states(term))


def _start(situation: Situation, term: TermRule, *, again: bool) -> Started | None:
    """The start of a clock, or its restart; None while the date or the length it hangs on is unknown."""
    (day_zero, until), measure = anchor_of(situation, term), measure_of(situation, term)
    ends_on_day = term.until is not None or term.on_day is not None
    if day_zero is None or measure is None or (ends_on_day and until is None):
        return None
    at = day_zero if isinstance(day_zero, datetime) else None
    day = not_after(local_day(at) if at else day_zero, until)
    kind = Restarted if again else Started
    return entry_now(situation, kind, basis=", ".join(term.basis), day=day, at=at, until=until, **measure.settled)


def _move_anchor(situation: Situation, term: TermRule, clock: Clock) -> tuple[LedgerEntry, ...]:
    """Counter-entry and new start when the date the term hangs on has become another one.

    The law lets a term run from the event, not from what was believed of it: a wrong date is put right by moving day
    0, never by beginning anew, which would wipe out what was suspended (Awb 4:15) or deferred (Awb 4:14) since.
    Therefore the new start follows its counter-entry at once: only so does it take the place of the old one.
    """
    if not term.dates:
        return ()
    day_zero, until = anchor_of(situation, term)
    start, measure = current_run(clock.ledger).start, measure_of(situation, term)
    # A term without a day 0 of its own begins when the state asks for it: that is no date of the case.
    keeps_day = term.anchor is None and term.before is None
    if start is None or hangs_alike(start, None if keeps_day else day_zero, until, measure):
        return ()
    fresh = _start(situation, term, again=False)
    if fresh is None:
        return ()
    if keeps_day:
        fresh = replace(fresh, day=not_after(start.act_day, until), at=start.at)
    (number,) = line_numbers(clock.ledger, (start,))
    return (entry_now(situation, Corrected, cancels=number - 1, cause="anchor_moved"), fresh)


def _standstill(situation: Situation, term: TermRule, clock: Clock, move: Move, *, begins: bool) -> LedgerEntry:
    """The clock stands still from now on the ground the content gives, or runs again, as that ground is over."""
    day, at = _effective(situation, clock)
    if begins:
        state, by_act = situation.case.state, move.transition if term.suspends_on else ""
        name = by_act or (state if state in situation.content.suspending_states(term) else SUSPENDED_WHILE)
        return entry_now(situation, Suspended, basis=ground_of(situation, term, name), from_day=day, at=at)
    open_one = current_run(clock.ledger).open_suspension
    return entry_now(situation, Resumed, basis=open_one.begin.basis if open_one else "", on_day=day, at=at)


def _stop(situation: Situation, clock: Clock | None) -> Stopped:
    day, at = _effective(situation, clock)
    return entry_now(situation, Stopped, on=day, at=at)


def _effective(situation: Situation, clock: Clock | None) -> tuple[date, datetime]:
    """The day and moment an act takes effect: now, or when the clock begins if its day 0 is still to come."""
    start = current_run(clock.ledger).start if clock is not None else None
    day, at = local_day(situation.moment), situation.moment
    return (day, at) if start is None else (max(day, start.act_day), max(at, start.at or at))
