"""What falls due when, as the clocks of a case now stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.core.content.ruleset import Reminder, TermRule
from engine.core.deciding.case import Case, Clock
from engine.core.deciding.lateness import RunningClock, running_clocks
from engine.core.deciding.step import Deadline, DeadlineKind
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.terms import Projection, moment_after, moment_before


def open_deadlines(content: Content, case: Case) -> tuple[Deadline, ...]:
    """Everything that will fall due as the clocks stand now, oldest first; nothing for a closed case."""
    return deadlines_of(content, running_clocks(content, case))


def deadlines_of(content: Content, running: Iterable[RunningClock]) -> tuple[Deadline, ...]:
    """Everything that will fall due of these clocks that run, oldest first."""
    found = [deadline for clock, projection in running for deadline in _deadlines_of(content, clock, projection)]
    return tuple(sorted(found, key=lambda deadline: (deadline.due_at, deadline.key)))


def _deadlines_of(content: Content, clock: Clock, projection: Projection) -> tuple[Deadline, ...]:
    term, passes_at = content.term(clock.term), projection.late_from
    assert passes_at is not None  # the clock runs
    moments: list[tuple[DeadlineKind, int, datetime]] = [(DeadlineKind.PASSED, 0, passes_at)]
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
