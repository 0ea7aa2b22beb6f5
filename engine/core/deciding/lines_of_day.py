"""What hangs on the day that an act asked: lines of clocks that say so, and move with that day.

The law counts from receipt and not from typing (Awb 4:15: the term runs again from the day on which what was asked for
came in), so such an act is decided as of its day. Where that day was mistyped, correcting the fact moves the lines that
were written on it, each by a counter-entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from engine.core.content.term_rules import TermRule
from engine.core.deciding.anchors import entry_now
from engine.core.deciding.case import Case, Clock
from engine.core.deciding.situation import Situation
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.ledger import DAY_FIELDS, Corrected, LedgerEntry, Started, Stopped, on_other_day
from engine.core.legal_clock.ledger_lines import tell_ledger
from engine.core.legal_clock.runs import runs_of
from engine.core.legal_clock.terms import project_run
from engine.core.moment import LOCAL_ZONE, from_local
from engine.core.quick_class import replace

_CAUSE = "happened_on"
"""The cause of a line that hangs on such a day; its reason is the fact that says it."""


def hung_on(fact: str, term: TermRule, entries: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
    """The lines that an act wrote, those of its own day marked as hanging on the fact that says that day.

    A start on a date of the case hangs on that date, and has its own way to move.
    """
    if not fact:
        return entries
    dated = tuple(DAY_FIELDS)
    anchored = term.anchor is not None or term.before is not None
    return tuple(
        replace(one, cause="happened_on", reason=fact)
        if isinstance(one, dated) and not one.cause and not (anchored and isinstance(one, Started))
        else one
        for one in entries
    )


def moved_with(
    situation: Situation, term: TermRule, clock: Clock | None, was: Mapping[str, date]
) -> tuple[LedgerEntry, ...]:
    """Counter-entries and new lines for what hung on days that are corrected now; `was` are those days by fact.

    Raises UsageError when the right day lies after the last day of what the receipt ended: then the term had passed
    first, and something else followed from that.
    """
    if clock is None or not was:
        return ()
    return tuple(_moves(situation, term, clock, was))


def _moves(situation: Situation, term: TermRule, clock: Clock, was: Mapping[str, date]) -> Iterator[LedgerEntry]:
    for line in tell_ledger(clock.ledger):
        entry = line.entry
        if not line.counts or entry.cause != _CAUSE or was.get(entry.reason) != entry.act_day:
            continue
        day = situation.lookup(entry.reason)
        if not isinstance(day, date) or day == entry.act_day:
            continue
        _check_in_term(situation, term, clock, entry, day)
        yield entry_now(situation, Corrected, cancels=line.number - 1, cause="anchor_moved")
        # The hour of the day was never known: it stays that of the line that was wrong.
        before: datetime | None = getattr(entry, "at", None)
        at = before and from_local(datetime.combine(day, before.astimezone(LOCAL_ZONE).time()))
        yield replace(on_other_day(entry, day, at), recorded_at=situation.moment, by=situation.actor.role)


def _check_in_term(situation: Situation, term: TermRule, clock: Clock, entry: LedgerEntry, day: date) -> None:
    if not isinstance(entry, Stopped):
        return
    last_day = project_run(term, runs_of(clock.ledger)[-1], situation.content.calendar).last_day
    if last_day is not None and entry.act_day <= last_day < day:
        raise UsageError("happened_after_term", term=term.label, last_day=last_day, on=day)


def hangs_on_day(content: Content, case: Case, fact: str) -> TermRule | None:
    """A statutory term of the case of which a line hangs on the day that this fact says; None when there is none."""
    for clock in case.clocks:
        term = content.find_term(clock.term)
        if term is None or term.kind != "statutory":
            continue
        if any(one.cause == _CAUSE and one.reason == fact for one in clock.ledger):
            return term
    return None
