"""A term without a case, and what there is to tell of a term: its steps, its end, its warnings."""

from __future__ import annotations

from datetime import date, datetime

from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.ledger import Ledger, LedgerEntry, Started
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.terms import TermSpec, project
from engine.core.message import Message
from engine.core.moment import start_of_day

CALCULATION = "berekening"


def free_start(start: date | datetime, *, until: date | None = None) -> Started:
    """The ledger entry of a clock that starts on a day 0 (or, for hours, at a moment) without a case."""
    if isinstance(start, datetime):
        return Started(recorded_at=start, by=CALCULATION, at=start, until=until)
    return Started(recorded_at=start_of_day(start), by=CALCULATION, day=start, until=until)


def project_free(
    spec: TermSpec, start: date | datetime, calendar: Calendar, *, until: date | None = None
) -> Projection:
    """The projection of a term from a day 0 (or, for hours, a moment) without a case: a free calculation."""
    return project(spec, (free_start(start, until=until),), calendar)


def free_ledger(
    spec: TermSpec, start: date | datetime, calendar: Calendar, *acts: LedgerEntry, until: date | None = None
) -> Ledger:
    """The ledger of a free calculation: the start, then the acts in order of their day.

    Raises UsageError like `record`, for an act that the law of the clock does not allow.
    """
    entries, begin = sorted(acts, key=lambda act: act.act_day), (free_start(start, until=until),)
    return record(spec, begin, calendar, *entries) if entries else begin


def told_of(projection: Projection) -> tuple[tuple[Message, str], ...]:
    """What there is to tell, each with its article: every step, the result, then the warnings."""
    steps = tuple((step.said, step.article) for step in projection.steps)
    return (*steps, (end_told(projection), ""), *((warning, "") for warning in projection.warnings))


def end_told(projection: Projection) -> Message:
    """The result."""
    if projection.status == "not_started":
        return Message("clock_not_started")
    if projection.ends_at is None or projection.last_day is None:
        earliest = projection.earliest_last_day
        return Message("end_is_open_until", {"earliest": earliest}) if earliest else Message("end_is_open")
    if projection.in_hours:
        return Message("ends_at", {"at": projection.ends_at})
    return Message("last_day", {"end": projection.last_day})
