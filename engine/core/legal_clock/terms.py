"""From a term, its ledger and the calendar to the last day: the one place where a clock is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import DayCounter, roll_backward, roll_forward
from engine.core.legal_clock.course import follow
from engine.core.legal_clock.hours import follow_hours, hours_of, start_moment
from engine.core.legal_clock.ledger import Deferred, Extended, LedgerEntry, Started
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.projection import Projection, Status, StepKind, TermStep, passed_at, was_in_time
from engine.core.legal_clock.reminders import moment_before, moments_after
from engine.core.legal_clock.runs import Run, Suspension, current_run
from engine.core.legal_clock.telling import (
    tell_count_back,
    tell_fixed_day,
    tell_hours,
    tell_length,
    tell_no_roll_back,
    tell_own_roll,
    tell_start_at,
    tell_stays,
)
from engine.core.legal_clock.termspec import Extension, TermKind, TermSpec, settled_by
from engine.core.message import Message
from engine.core.moment import end_of_day, last_day_before
from engine.core.quick_class import replace

__all__ = [
    "Extension",
    "Projection",
    "Status",
    "StepKind",
    "TermKind",
    "TermSpec",
    "TermStep",
    "moment_before",
    "moments_after",
    "passed_at",
    "project",
    "project_run",
    "settled_by",
    "was_in_time",
]


def project(
    spec: TermSpec, ledger: Sequence[LedgerEntry], calendar: Calendar, *, as_of: datetime | None = None
) -> Projection:
    """The state of a clock, with its last day and every step to it.

    `as_of` leaves out what was written down after that moment: "what was the last day, as known on X". Raises
    UsageError when the ledger contradicts itself or the term cannot be counted from it.
    """
    return project_run(spec, current_run(ledger, as_of), calendar)


def project_run(spec: TermSpec, run: Run, calendar: Calendar) -> Projection:
    """The same as `project`, for one run of a ledger."""
    if run.start is None:
        return Projection(status="not_started")
    if spec.later_laws:
        from engine.core.legal_clock.later_laws import under_later_laws  # few cases meet another law on their way

        return under_later_laws(spec, run, calendar)[1]
    settled = settled_by(spec, run.start)
    found = _with_acts(_project_form(settled, run, run.start, calendar), run)
    if settled is spec or settled.period is None:
        return found
    return replace(found, steps=(tell_length(settled.period, settled.school), *found.steps))


def _project_form(spec: TermSpec, run: Run, start: Started, calendar: Calendar) -> Projection:
    if spec.period is not None and start.until is None:
        if spec.is_in_hours:
            return _project_hours(spec, run, start, spec.period, calendar)
        if spec.counted_back:
            return _project_back(spec, run, start, spec.period, calendar)
        return _project_forward(spec, run, start, spec.period, calendar)
    return _project_fixed(spec, run, start, calendar)


def _project_forward(spec: TermSpec, run: Run, start: Started, period: Period, calendar: Calendar) -> Projection:
    course = follow(spec, run, calendar, start.act_day, period)
    end = course.final_end()
    return Projection(
        status="running",
        last_day=end,
        ends_at=end_of_day(end),
        raw_last_day=course.raw_end,
        started_on=start.act_day,
        steps=tuple(course.steps),
        warnings=(*course.warnings, *course.calendar_warnings(end)),
    )


def _project_back(spec: TermSpec, run: Run, start: Started, period: Period, calendar: Calendar) -> Projection:
    _refuse_acts(spec, run)
    anchor = start.act_day
    counter = DayCounter(calendar, spec.region, spec.school)
    raw = counter.start_before(anchor, period)
    steps = [tell_count_back(anchor, raw, period, spec.cited)]
    end = _roll_own(spec, counter, raw)
    if spec.termijnenwet:
        steps.append(tell_no_roll_back(calendar, end))
    elif end != raw:
        steps.append(tell_own_roll(calendar, raw, end))
    elif calendar.is_free_day(end):
        steps.append(tell_stays(calendar, end))
    looks = period.unit in (Unit.WORKING_DAYS, Unit.SCHOOL_DAYS, Unit.SCHOOL_WEEKS)
    in_school = looks and period.unit is not Unit.WORKING_DAYS
    warnings = calendar.warnings_for(raw, anchor, region=spec.region if in_school else "") if looks else ()
    return _of_days(end, raw, anchor, steps, warnings)


def _project_fixed(spec: TermSpec, run: Run, start: Started, calendar: Calendar) -> Projection:
    raw = start.until
    if raw is None:
        raise UsageError("term_without_end", term=spec.name)
    if raw < start.act_day:
        raise UsageError("term_ends_before_start", term=spec.name, end=raw, start=start.act_day)
    _refuse_acts(spec, run, is_fixed=True)
    counter = DayCounter(calendar)
    end = _roll_own(spec, counter, raw)
    steps = [tell_fixed_day(start.act_day, raw, spec.cited)]
    if end != raw:
        steps.append(tell_own_roll(calendar, raw, end))
    return _of_days(end, raw, start.act_day, steps, ())


def _project_hours(spec: TermSpec, run: Run, start: Started, period: Period, calendar: Calendar) -> Projection:
    at = start_moment(spec, start)
    if spec.counted_back:
        _refuse_acts(spec, run)
        end = at - hours_of(period)
        steps = [tell_start_at(at), tell_hours(at, end, period, spec.cited)]
    else:
        end, steps = follow_hours(spec, run, at, period, calendar)
    return Projection(
        status="running",
        last_day=last_day_before(end),
        ends_at=end,
        raw_last_day=last_day_before(end),
        started_on=start.act_day,
        started_at=at,
        in_hours=True,
        steps=tuple(steps),
    )


def _of_days(
    end: date, raw: date, started_on: date, steps: Sequence[TermStep], warnings: tuple[Message, ...]
) -> Projection:
    return Projection(
        status="running",
        last_day=end,
        ends_at=end_of_day(end),
        raw_last_day=raw,
        started_on=started_on,
        steps=tuple(steps),
        warnings=warnings,
    )


def _roll_own(spec: TermSpec, counter: DayCounter, raw: date) -> date:
    if spec.effective_roll == "none" or spec.termijnenwet:
        return raw
    return roll_forward(counter, raw) if spec.effective_roll == "forward" else roll_backward(counter, raw)


def _refuse_acts(spec: TermSpec, run: Run, *, is_fixed: bool = False) -> None:
    if run.acts:
        raise UsageError("no_acts_fixed_day" if is_fixed else "no_acts_counted_back", term=spec.name)


def _with_acts(projection: Projection, run: Run) -> Projection:
    """Status, stop, and what a suspension that still lasts leaves open."""
    if not run.acts and run.stop is None:
        return replace(projection, earliest_last_day=projection.last_day, earliest_ends_at=projection.ends_at)
    open_one, stop = run.open_suspension, run.stop
    # An act on the last day itself would stop the clock from a day on which the term is over: no effect.
    stands_still = open_one is not None and _begins_in_time(open_one, projection)
    return replace(
        projection,
        status="stopped" if stop else "suspended" if stands_still else "running",
        last_day=None if stands_still else projection.last_day,
        ends_at=None if stands_still else projection.ends_at,
        earliest_last_day=projection.last_day,
        earliest_ends_at=projection.ends_at,
        still_since=open_one.first_day if open_one and stands_still else None,
        stopped_on=stop.act_day if stop else None,
        stopped_at=stop.at if stop else None,
        suspended_days=sum(_whole_days(act) for act in run.acts if isinstance(act, Suspension)),
        extended_times=sum(isinstance(act, Extended) for act in run.acts),
        deferred_times=sum(isinstance(act, Deferred) for act in run.acts),
    )


def _begins_in_time(suspension: Suspension, projection: Projection) -> bool:
    if projection.in_hours:
        return projection.ends_at is not None and suspension.first_at < projection.ends_at
    return projection.last_day is not None and suspension.first_day <= projection.last_day


def _whole_days(suspension: Suspension) -> int:
    if suspension.last_day is None:
        return 0
    return max((suspension.last_day - suspension.first_day).days + 1, 0)
