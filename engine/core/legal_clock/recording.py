"""Adds entries to a ledger, and refuses what the term does not allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import DayCounter
from engine.core.legal_clock.hours import hours_of
from engine.core.legal_clock.known_entries import entries_by_run
from engine.core.legal_clock.ledger import (
    KINDS,
    Corrected,
    Deferred,
    Extended,
    Ledger,
    LedgerEntry,
    Started,
    Suspended,
)
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.runs import add_up
from engine.core.legal_clock.terms import TermSpec, project, project_run, settled_by


def record(
    spec: TermSpec,
    ledger: Sequence[LedgerEntry],
    calendar: Calendar,
    *entries: LedgerEntry,
    count: Callable[[Ledger], object] | None = None,
) -> Ledger:
    """The ledger with the entries added, all or none. `count` projects a ledger of this term, for who keeps what it is.

    Raises UsageError, each with its next step: an entry that contradicts the ledger, an act on a term that is
    over, an extension that is not allowed, too long or once too often, a deferral that gains nothing.
    After a correction every entry is looked at again, because a later one may have leaned on it.
    """
    grown = (*ledger, *entries)
    count = count or partial(project, spec, calendar=calendar)
    if len(grown) == 1 and type(grown[0]) is Started:  # most by far: there is nothing that it could contradict
        count(grown)
        return grown
    by_run = entries_by_run(grown)
    # Every run, not only the last: a correction of a correction can reach back behind a new beginning.
    runs = [add_up(entries) for entries in by_run]
    known = by_run[-1]
    count(grown)
    spec = settled_by(spec, runs[-1].start)
    looks_at_all = any(isinstance(entry, Corrected) for entry in entries)
    for number, entry in enumerate(known):
        if looks_at_all or any(entry is new for new in entries):
            # Against what lay before it by day, as the law asks: "was the term over when this was decided?"
            _check(spec, calendar, entry, known[:number])
    return grown


def _check(spec: TermSpec, calendar: Calendar, entry: LedgerEntry, before: Sequence[LedgerEntry]) -> None:
    if not isinstance(entry, Suspended | Extended | Deferred):
        return
    run = add_up(before)
    projection = project_run(spec, run, calendar)
    _check_not_over(spec, entry, projection)
    if isinstance(entry, Suspended):
        return
    held, law = spec, None
    if spec.later_prolongings:
        from engine.core.legal_clock.later_laws import prolonging_on  # few cases meet another law on their way

        held, law = prolonging_on(spec, run, entry.act_day)
    try:
        _check_prolonging(held, calendar, entry, projection)
    except UsageError as error:
        if law is None:
            raise
        _check_prolonging(spec, calendar, entry, projection)  # what its own rules forbid too is no matter of the law
        told = KINDS[type(entry)]
        raise UsageError("law_prolongs_less", term=spec.name, act=told, since=law.since, cited=law.cited) from error


def _check_prolonging(spec: TermSpec, calendar: Calendar, entry: Extended | Deferred, projection: Projection) -> None:
    if isinstance(entry, Extended):
        _check_extension(spec, calendar, entry, projection)
    else:
        _check_deferral(spec, calendar, entry, projection)


def _check_not_over(spec: TermSpec, entry: LedgerEntry, projection: Projection) -> None:
    # The day of the act decides, not the day of writing: what was decided in time may be recorded late. A stop is
    # not asked: a decision after the last day is late, but it is a decision.
    at = getattr(entry, "at", None)
    if projection.ends_at is None or projection.last_day is None:
        return
    is_over = at >= projection.ends_at if at and projection.in_hours else entry.act_day > projection.last_day
    if is_over:
        raise UsageError(
            "act_too_late", term=spec.name, act=KINDS[type(entry)], last_day=projection.last_day, on=entry.act_day
        )


def _check_extension(spec: TermSpec, calendar: Calendar, entry: Extended, projection: Projection) -> None:
    allowed = spec.extension
    if allowed is None:
        raise UsageError("no_extension", term=spec.name)
    if projection.extended_times >= allowed.times:
        raise UsageError("extended_enough", term=spec.name, times=projection.extended_times, allowed=allowed.times)
    if _is_longer(spec, calendar, entry.period, allowed.period, projection.raw_last_day):
        raise UsageError("extension_too_long", term=spec.name, period=entry.period, allowed=allowed.period)


def _is_longer(spec: TermSpec, calendar: Calendar, asked: Period, allowed: Period, end: date | None) -> bool:
    if asked.unit is allowed.unit or end is None:
        return asked.amount > allowed.amount
    if Unit.HOURS in (asked.unit, allowed.unit):
        return hours_of(asked) > hours_of(allowed)
    # Months against weeks: which is longer depends on the day from which they would run.
    counter = DayCounter(calendar, spec.region, spec.school)
    return counter.end_after(end, asked) > counter.end_after(end, allowed)


def _check_deferral(spec: TermSpec, calendar: Calendar, entry: Deferred, projection: Projection) -> None:
    if projection.deferred_times >= spec.deferrals:
        raise UsageError(
            "deferred_enough" if projection.deferred_times else "no_deferral", term=spec.name, allowed=spec.deferrals
        )
    if projection.last_day is not None and entry.until <= projection.last_day:
        raise UsageError("deferral_is_no_later", until=entry.until, last_day=projection.last_day)
    longest = spec.longest_deferral
    if longest is None or projection.last_day is None:
        return
    furthest = DayCounter(calendar, spec.region, spec.school).end_after(projection.last_day, longest)
    if entry.until > furthest:
        raise UsageError(
            "deferral_too_long",
            term=spec.name,
            until=entry.until,
            last_day=projection.last_day,
            allowed=longest,
            furthest=furthest,
        )
