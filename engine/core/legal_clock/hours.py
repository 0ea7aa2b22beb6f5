"""Terms in hours: counted on the clock of UTC, so both nights of the clock change come out right."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.ledger import Extended, Started
from engine.core.legal_clock.office import end_in_office
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.projection import StepKind, TermStep
from engine.core.legal_clock.runs import Run, Suspension
from engine.core.legal_clock.telling import (
    tell_hours,
    tell_hours_moved,
    tell_office,
    tell_outside,
    tell_stands_still_at,
    tell_start_at,
)
from engine.core.legal_clock.termspec import TermSpec

Pause = tuple[datetime, datetime]


def start_moment(spec: TermSpec, start: Started) -> datetime:
    """The moment a term in hours starts. Raises UsageError when only a day is known."""
    if start.at is not None:
        return start.at
    raise UsageError("hours_from_a_day", term=spec.name)


def hours_of(period: Period) -> timedelta:
    """A period in hours as a span. Raises UsageError for another unit."""
    if period.unit is Unit.HOURS:
        return timedelta(hours=period.amount)
    raise UsageError("hours_and_days", period=period)


def end_of_hours(at: datetime, span: timedelta, pauses: list[Pause]) -> datetime:
    """The moment at which `span` has run since `at`; pauses are in order, do not overlap and do not count."""
    end = at + span
    for first, last in pauses:
        if last <= at:
            continue
        # A pause that begins exactly at the end comes too late: the term is over.
        if first >= end:
            break
        end += last - max(first, at)
    return end


def end_of_span(spec: TermSpec, calendar: Calendar, at: datetime, span: timedelta, pauses: list[Pause]) -> datetime:
    """The same by the clock that the term names: around the clock, or the hours in which people work."""
    if spec.office is None:
        return end_of_hours(at, span, pauses)
    return end_in_office(spec.office, calendar, at, span, pauses)


def follow_hours(
    spec: TermSpec, run: Run, at: datetime, period: Period, calendar: Calendar
) -> tuple[datetime, list[TermStep]]:
    """The end of a term in hours over all acts of its run, and the steps to it."""
    span, pauses = hours_of(period), list[Pause]()
    end = end_of_span(spec, calendar, at, span, pauses)
    steps = [tell_start_at(at), tell_hours(at, end, period, spec.cited)]
    if spec.office is not None:
        steps.append(tell_office(spec.office))
    for act in run.acts:
        old = end
        if isinstance(act, Suspension):
            if act.last_at is None:
                steps.append(tell_stands_still_at(act.first_at, act.begin.reason, act.begin.basis))
                continue
            pauses.append((act.first_at, act.last_at))
            end = end_of_span(spec, calendar, at, span, pauses)
            steps.append(tell_hours_moved(StepKind.SUSPENSION, old, end, act.begin.reason, act.begin.basis))
        elif isinstance(act, Extended):
            span += hours_of(act.period)
            end = end_of_span(spec, calendar, at, span, pauses)
            steps.append(tell_hours_moved(StepKind.EXTENSION, old, end, act.reason, act.basis))
        else:
            raise UsageError("hours_until_a_day", term=spec.name)
    if spec.termijnenwet:
        steps.append(tell_outside(period))
    return end, steps
