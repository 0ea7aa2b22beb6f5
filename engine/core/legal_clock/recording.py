"""Adds entries to a ledger, and refuses what the term does not allow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.core.dutch import write_day
from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import DayCounter
from engine.core.legal_clock.hours import hours_of
from engine.core.legal_clock.known_entries import entries_by_run
from engine.core.legal_clock.ledger import Corrected, Deferred, Extended, Ledger, LedgerEntry, Suspended
from engine.core.legal_clock.period import Period, Unit, in_dutch
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.runs import add_up, runs_of
from engine.core.legal_clock.terms import TermSpec, project_run


def record(spec: TermSpec, ledger: Sequence[LedgerEntry], calendar: Calendar, *entries: LedgerEntry) -> Ledger:
    """The ledger with the entries added, all or none.

    Raises UsageError, each with its next step: an entry that contradicts the ledger, an act on a term that is
    over, an extension that is not allowed, too long or once too often, a deferral that gains nothing.
    After a correction every entry is looked at again, because a later one may have leaned on it.
    """
    grown = (*ledger, *entries)
    # Every run, not only the last: a correction of a correction can reach back behind a new beginning.
    runs_of(grown)
    known = entries_by_run(grown)[-1]
    project_run(spec, add_up(known), calendar)
    looks_at_all = any(isinstance(entry, Corrected) for entry in entries)
    for number, entry in enumerate(known):
        if looks_at_all or any(entry is new for new in entries):
            # Against what lay before it by day, as the law asks: "was the term over when this was decided?"
            _check(spec, calendar, entry, known[:number])
    return grown


def _check(spec: TermSpec, calendar: Calendar, entry: LedgerEntry, before: Sequence[LedgerEntry]) -> None:
    if not isinstance(entry, Suspended | Extended | Deferred):
        return
    projection = project_run(spec, add_up(before), calendar)
    _check_not_over(spec, entry, projection)
    if isinstance(entry, Extended):
        _check_extension(spec, calendar, entry, projection)
    elif isinstance(entry, Deferred):
        _check_deferral(spec, entry, projection)


def _check_not_over(spec: TermSpec, entry: LedgerEntry, projection: Projection) -> None:
    # The day of the act decides, not the day of writing: what was decided in time may be recorded late. A stop is
    # not asked: a decision after the last day is late, but it is a decision.
    act, at = _ACTS[type(entry)], getattr(entry, "at", None)
    if projection.ends_at is None or projection.last_day is None:
        return
    is_over = at >= projection.ends_at if at and projection.in_hours else entry.act_day > projection.last_day
    if is_over:
        raise UsageError(
            f'De termijn "{spec.name}" kan niet meer worden {act}.',
            why=f"De laatste dag was {write_day(projection.last_day)}, de handeling is van {write_day(entry.act_day)}.",
            next_step="Controleer de datum, of leg de overschrijding vast en handel de zaak af.",
        )


def _check_extension(spec: TermSpec, calendar: Calendar, entry: Extended, projection: Projection) -> None:
    allowed = spec.extension
    if allowed is None:
        raise UsageError(
            f'De termijn "{spec.name}" kan niet worden verlengd.',
            why="Voor deze termijn is geen verlenging geregeld.",
            next_step="Neem de verlenging met haar grondslag op in de regels, of houd de termijn aan.",
        )
    if projection.extended_times >= allowed.times:
        raise UsageError(
            f'De termijn "{spec.name}" is al {projection.extended_times} keer verlengd.',
            why=f"Verlengen mag ten hoogste {allowed.times} keer.",
            next_step="Beslis binnen de termijn, of spreek met de betrokkene schriftelijk uitstel af.",
        )
    if _is_longer(spec, calendar, entry.period, allowed.period, projection.raw_last_day):
        raise UsageError(
            f'De termijn "{spec.name}" kan niet met {in_dutch(entry.period)} worden verlengd.',
            why=f"Een verlenging duurt ten hoogste {in_dutch(allowed.period)}.",
            next_step=f"Verleng met {in_dutch(allowed.period)} of minder.",
        )


def _is_longer(spec: TermSpec, calendar: Calendar, asked: Period, allowed: Period, end: date | None) -> bool:
    if asked.unit is allowed.unit or end is None:
        return asked.amount > allowed.amount
    if Unit.HOURS in (asked.unit, allowed.unit):
        return hours_of(asked) > hours_of(allowed)
    # Months against weeks: which is longer depends on the day from which they would run.
    counter = DayCounter(calendar, spec.region, spec.school)
    return counter.end_after(end, asked) > counter.end_after(end, allowed)


def _check_deferral(spec: TermSpec, entry: Deferred, projection: Projection) -> None:
    if projection.deferred_times >= spec.deferrals:
        again = "nog eens " if projection.deferred_times else ""
        raise UsageError(
            f'De laatste dag van "{spec.name}" kan niet {again}worden uitgesteld.',
            why=f"Uitstellen mag ten hoogste {spec.deferrals} keer.",
            next_step="Houd de laatste dag aan die al is genoemd.",
        )
    if projection.last_day is not None and entry.until <= projection.last_day:
        raise UsageError(
            f"De nieuwe laatste dag {write_day(entry.until)} levert geen uitstel op.",
            why=f"De laatste dag is nu al {write_day(projection.last_day)}.",
            next_step="Noem een latere dag, of laat het uitstel weg.",
        )


_ACTS: dict[type[LedgerEntry], str] = {Suspended: "opgeschort", Extended: "verlengd", Deferred: "uitgesteld"}
