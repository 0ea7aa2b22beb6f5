"""What falls due when, as the clocks of a case now stand."""

from __future__ import annotations

from datetime import datetime

from engine.core.content.ruleset import Reminder, TermRule
from engine.core.deciding.case import Case, Clock
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import Deadline, DeadlineKind
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.terms import Projection, moment_after, moment_before


def open_deadlines(content: Content, case: Case) -> tuple[Deadline, ...]:
    """Everything that will fall due as the clocks stand now, oldest first; nothing for a closed case."""
    if case.is_closed:
        return ()
    found = [deadline for clock in case.clocks for deadline in _deadlines_of(content, clock)]
    return tuple(sorted(found, key=lambda deadline: (deadline.due_at, deadline.key)))


def _deadlines_of(content: Content, clock: Clock) -> tuple[Deadline, ...]:
    projection = project_clock(content, clock)
    if projection.status != "running" or projection.ends_at is None:
        return ()
    term = content.term(clock.term)
    moments: list[tuple[DeadlineKind, int, datetime]] = [(DeadlineKind.PASSED, 0, projection.ends_at)]
    for number, reminder in enumerate(term.reminders, 1):
        due_at = _reminder_moment(content, term, clock, projection, reminder)
        if due_at is not None:
            moments.append((DeadlineKind.REMINDER, number, due_at))
    deadlines = (
        Deadline(
            key=f"{clock.key}|{kind.value}|{number}|{due_at:%Y-%m-%dT%H:%M:%SZ}",
            clock=clock.key,
            term=clock.term,
            kind=kind,
            number=number,
            due_at=due_at,
            last_day=None if projection.in_hours else projection.last_day,
        )
        for kind, number, due_at in moments
    )
    return tuple(deadline for deadline in deadlines if deadline.key not in clock.fired)


def _reminder_moment(
    content: Content, term: TermRule, clock: Clock, projection: Projection, reminder: Reminder
) -> datetime | None:
    calendar = content.calendar
    if reminder.before_end is not None:
        return moment_before(projection, reminder.before_end, calendar, region=term.region)
    amount = reminder.after if reminder.after is not None else reminder.share
    assert amount is not None  # the reader refuses a reminder without a moment
    return moment_after(term, clock.ledger, calendar, amount)
