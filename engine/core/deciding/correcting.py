"""Putting a line of a ledger right: a counter-entry, and where asked a new entry in its place; never an edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from engine.core.content.term_rules import TermRule
from engine.core.deciding.case import Case, Clock
from engine.core.deciding.checks import entitled_in, find_authority, find_entitled
from engine.core.deciding.clocks import Move
from engine.core.deciding.draft import Draft, Refused, decide, refuse_closed
from engine.core.deciding.handling_letters import remake_waiting
from engine.core.deciding.lateness import open_deadlines
from engine.core.deciding.moves import run_clocks, settle
from engine.core.deciding.question import Question
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.errors import UsageError
from engine.core.language.conditions import facts_in_expression
from engine.core.legal_clock.ledger import (
    DAY_FIELDS,
    KINDS,
    Corrected,
    LedgerEntry,
    Started,
    Suspended,
    on_other_day,
)
from engine.core.legal_clock.ledger_lines import LedgerLine, line_numbers, tell_ledger
from engine.core.legal_clock.projection import passed_at
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.runs import Suspension, current_run
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass

_ATTEMPT = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Line `number` (from 1) of clock `clock` is wrong, for a `reason`.

    Without `day` and `at` the line no longer counts. With them it moves: `day` is the right local day, `at` the
    right moment, which a term in hours needs.
    """

    clock: str
    number: int
    reason: str = ""
    day: date | None = None
    at: datetime | None = None

    @property
    def is_move(self) -> bool:
        """Whether a new entry takes the place of the wrong one."""
        return self.day is not None or self.at is not None


def correct_clock(question: Question, command: Correction) -> Step | Refusal:
    """Cancel a line of a clock, or move it to the right day; deadlines follow, and what was known before stays.

    May be done by the owner of the state and by who may act in it. Taking out a suspension takes out its
    resumption too. Afterwards the clocks are brought in line with the state the case is in, as after any act.
    Refused with TERM_RULE when the ledger or the term does not allow the result.
    """

    def change(draft: Draft) -> None:
        _check_actor(draft)
        clock = _clock_of(draft.case, command.clock)
        entries = _entries_for(draft, clock, command)
        _write(draft, clock, entries)
        run_clocks(draft, Move(transition="", origin=draft.case.state))
        remake_waiting(draft)
        settle(draft)

    return decide(question, _ATTEMPT, change)


def _check_actor(draft: Draft) -> None:
    refuse_closed(draft.case)
    entitled, organisation = entitled_in(draft.content, draft.case.state), draft.content.organisation
    act, day = f"{draft.content.workflow.id}.{_ATTEMPT}", local_day(draft.moment)
    if find_authority(organisation, draft.actor.role, entitled, act, day) is None:
        who = find_entitled(organisation, entitled, act, day)
        raise Refused(Blocker(kind=BlockerKind.NO_MANDATE, subject=_ATTEMPT, detail=draft.actor.role, supplied_by=who))


def _clock_of(case: Case, key: str) -> Clock:
    clock = case.clock(key)
    if clock is None:
        known = tuple(clock.key for clock in case.clocks)
        raise _refused(key, Message("case_has_no_such_term", {"key": key, "known": known}))
    return clock


def _entries_for(draft: Draft, clock: Clock, command: Correction) -> tuple[LedgerEntry, ...]:
    if not command.reason.strip():
        raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, subject=clock.key))
    line = _line_of(clock, command.number)
    term = draft.content.find_term(clock.term)
    if term is None:
        raise _refused(clock.key, Message("term_no_longer_known", {"term": clock.term}))
    _check_start(draft, term, line, command)
    counters = tuple(_counter(draft, command, number) for number in _cancelled_together(clock, line, command))
    return (*counters, _moved(draft, term, line, command)) if command.is_move else counters


def _line_of(clock: Clock, number: int) -> LedgerLine:
    lines = tell_ledger(clock.ledger)
    line = next((line for line in lines if line.number == number), None)
    if line is None:
        raise _refused(clock.key, Message("no_such_line", {"line": number, "lines": len(lines)}))
    if line.cancelled_by is not None:
        raise _refused(clock.key, Message("line_was_cancelled", {"line": number, "by": line.cancelled_by}))
    if not line.counts:
        raise _refused(clock.key, Message("line_before_restart", {"line": number}))
    return line


def _check_start(draft: Draft, term: TermRule, line: LedgerLine, command: Correction) -> None:
    """A start on a date of the case follows that date; one that the state asks for would come back at once."""
    if not isinstance(line.entry, Started):
        return
    source, is_asked = term.before if term.before is not None else term.anchor, draft.case.state in term.starts_in
    if source is not None and (command.is_move or is_asked):
        facts = sorted(facts_in_expression(source))
        raise _refused(command.clock, Message("start_follows_fact", {"term": term.label, "facts": facts}))
    if is_asked and not command.is_move:
        raise _refused(command.clock, Message("state_asks_for_start", {"term": term.label}))


def _cancelled_together(clock: Clock, line: LedgerLine, command: Correction) -> tuple[int, ...]:
    """The line, and with a suspension that goes altogether the resumption that ended it."""
    if command.is_move or not isinstance(line.entry, Suspended):
        return (line.number,)
    acts = (act for act in current_run(clock.ledger).acts if isinstance(act, Suspension))
    ends = [act.end for act in acts if act.begin is line.entry and act.end is not None]
    # Both in one act: a resumption without its suspension contradicts the ledger, and would be refused.
    return (*line_numbers(clock.ledger, ends), line.number)


def _counter(draft: Draft, command: Correction, number: int) -> Corrected:
    return Corrected(recorded_at=draft.moment, by=draft.actor.role, reason=command.reason.strip(), cancels=number - 1)


def _moved(draft: Draft, term: TermRule, line: LedgerLine, command: Correction) -> LedgerEntry:
    """The entry that takes the place of the wrong one."""
    if not isinstance(line.entry, tuple(DAY_FIELDS)):
        kind = KINDS[type(line.entry)]
        raise _refused(command.clock, Message("line_has_no_day", {"line": line.number, "kind": kind}))
    moved = on_other_day(line.entry, _right_day(draft, term, line, command), command.at)
    # From now on it stands there because a person said so, and no longer for what the engine wrote it for.
    return replace(moved, recorded_at=draft.moment, by=draft.actor.role, reason=command.reason.strip(), cause="")


def _right_day(draft: Draft, term: TermRule, line: LedgerLine, command: Correction) -> date:
    if term.is_in_hours and command.at is None:
        raise _refused(command.clock, Message("correction_needs_moment"))
    day = local_day(command.at) if command.at else command.day
    assert day is not None  # `is_move` says so
    if day > local_day(draft.moment):
        raise _refused(command.clock, Message("correction_in_future", {"day": day}))
    if day == line.entry.act_day and command.at in (None, getattr(line.entry, "at", None)):
        raise _refused(command.clock, Message("line_has_that_day", {"line": line.number, "day": day}))
    return day


def _write(draft: Draft, clock: Clock, entries: tuple[LedgerEntry, ...]) -> None:
    """Add the entries; that the term, as it now reads, has passed is noted anew, so that it stays on record.

    The history then tells it in the order in which it became so: the line that fell away, the term that had passed
    without it, the line in its place.
    """
    content, term = draft.content, draft.content.term(clock.term)
    try:
        ledger = record(term, clock.ledger, content.calendar, *entries)
    except UsageError as error:
        raise Refused(Blocker(kind=BlockerKind.TERM_RULE, subject=clock.key, said=error.said)) from error
    corrected = replace(clock, ledger=ledger)
    clocks = tuple(corrected if one.key == clock.key else one for one in draft.case.clocks)
    draft.case = replace(draft.case, clocks=clocks)
    counters = [entry for entry in entries if isinstance(entry, Corrected)]
    draft.note_clocks(tuple((clock.key, entry) for entry in counters))
    _note_passing(draft, corrected, term)
    draft.note_clocks(tuple((clock.key, entry) for entry in entries[len(counters) :]))


def _note_passing(draft: Draft, clock: Clock, term: TermRule) -> None:
    projection = project_clock(draft.content, clock)
    # What still has a deadline to fire is noted when that fires; noted here too it would have passed twice.
    falls_due = any(deadline.clock == clock.key for deadline in open_deadlines(draft.content, draft.case))
    if projection.ends_at is None or falls_due or not passed_at(projection, draft.moment):
        return
    draft.note(
        EntryKind.TERM_PASSED,
        clock=clock.key,
        due_at=projection.ends_at.isoformat(),
        last_day=projection.last_day.isoformat() if projection.last_day else "",
        term_kind=term.kind,
    )


def _refused(clock: str, said: Message) -> Refused:
    return Refused(Blocker(kind=BlockerKind.TERM_RULE, subject=clock, said=said))
