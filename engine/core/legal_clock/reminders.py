"""When a reminder falls within a term: after a length, at a share of it, or before its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from math import ceil

from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import DayCounter
from engine.core.legal_clock.course import follow
from engine.core.legal_clock.hours import end_of_span, hours_of, start_moment
from engine.core.legal_clock.ledger import Extended, LedgerEntry, Started
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.runs import Run, Suspension, current_run
from engine.core.legal_clock.termspec import TermSpec, settled_by
from engine.core.moment import start_of_day


def moments_after(
    spec: TermSpec, ledger: Sequence[LedgerEntry], calendar: Calendar, amounts: Sequence[Period | float]
) -> tuple[datetime | None, ...]:
    """The moment (UTC) of each reminder "after 6 weeks" or "at 0.6 of the term", which follows suspensions.

    For terms in days: 00:00 local time of the day that bears that number, so "after 49 days" is the start of
    day 49; a share is rounded up to a whole day. For hours: the exact moment. It is not rolled. None when the
    clock has not started, when the clock stands still before it, and for terms counted back.
    """
    run = current_run(ledger)
    if spec.later_laws and run.start is not None:
        from engine.core.legal_clock.later_laws import under_later_laws  # few cases meet another law on their way

        spec, run = under_later_laws(spec, run, calendar)[0]
    if run.start is None or spec.counted_back or not amounts:
        return (None,) * len(amounts)
    spec = settled_by(spec, run.start)
    if spec.is_in_hours:
        return tuple(_hours_after(spec, run, run.start, calendar, amount) for amount in amounts)
    days, open_one = _days_after(spec, run, run.start, calendar, amounts), run.open_suspension
    return tuple(None if open_one is not None and day >= open_one.first_day else start_of_day(day) for day in days)


def moment_before(
    projection: Projection, period: Period, calendar: Calendar, *, region: str = "", school: str = ""
) -> datetime | None:
    """The moment (UTC) of a reminder "2 weeks before the end". None while there is no last day.

    00:00 local time of the day that lies so long before the last day; for hours exactly before the end.
    """
    if projection.ends_at is None or projection.last_day is None:
        return None
    if period.unit is Unit.HOURS:
        return projection.ends_at - hours_of(period)
    return start_of_day(DayCounter(calendar, region, school).start_before(projection.last_day, period))


def _hours_after(
    spec: TermSpec, run: Run, start: Started, calendar: Calendar, amount: Period | float
) -> datetime | None:
    at, total = start_moment(spec, start), hours_of(spec.period or Period(0, Unit.HOURS))
    ended = [act for act in run.acts if isinstance(act, Suspension)]
    pauses = [(act.first_at, act.last_at) for act in ended if act.last_at is not None]
    total += sum((hours_of(act.period) for act in run.acts if isinstance(act, Extended)), timedelta(0))
    span = hours_of(amount) if isinstance(amount, Period) else total * _share(amount)
    moment = end_of_span(spec, calendar, at, span, pauses)
    open_one = run.open_suspension
    return None if open_one is not None and moment >= open_one.first_at else moment


def _days_after(
    spec: TermSpec, run: Run, start: Started, calendar: Calendar, amounts: Sequence[Period | float]
) -> Iterator[date]:
    day = start.act_day
    if spec.period is None or start.until is not None:
        counter, end = DayCounter(calendar, spec.region, spec.school), start.until or day
    else:
        course = follow(spec, run, calendar, day, spec.period)
        counter, end = course.counter, course.raw_end
    for amount in amounts:
        if not isinstance(amount, Period):
            amount = Period(max(ceil(counter.days_counted(day, end) * _share(amount)), 0), Unit.DAYS)
        yield counter.end_after(day, amount)


def _share(amount: float) -> float:
    if 0 <= amount <= 1:
        return amount
    raise UsageError("part_outside_term", amount=amount)
