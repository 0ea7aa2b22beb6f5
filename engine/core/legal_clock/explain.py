"""A term told: step by step as text, as plain values, and what moved it between two readings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine.core.dutch import write_day, write_moment
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.ledger import Ledger, LedgerEntry, Started
from engine.core.legal_clock.projection import Projection, TermStep
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.terms import TermSpec, project
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


def explain_lines(projection: Projection) -> tuple[str, ...]:
    """The explanation in Dutch, one line for each step, the result last, then the warnings."""
    steps = tuple(_line(step) for step in projection.steps)
    return (*steps, describe_end(projection), *(f"Let op: {warning}" for warning in projection.warnings))


def explain_plain(projection: Projection) -> dict[str, Any]:
    """The explanation as plain JSON values; `last_day`, `steps` and `warnings` are always there."""
    return {
        "status": projection.status,
        "last_day": _iso(projection.last_day),
        "ends_at": _iso(projection.ends_at),
        "raw_last_day": _iso(projection.raw_last_day),
        "earliest_last_day": _iso(projection.earliest_last_day),
        "suspended_days": projection.suspended_days,
        "steps": [_step_to_plain(step) for step in projection.steps],
        "warnings": list(projection.warnings),
    }


def describe_end(projection: Projection) -> str:
    """The result in one Dutch sentence."""
    if projection.status == "not_started":
        return "De klok loopt nog niet."
    if projection.ends_at is None or projection.last_day is None:
        earliest = projection.earliest_last_day
        return (
            f"De klok staat stil; de laatste dag is op zijn vroegst {write_day(earliest)}."
            if earliest
            else "De klok staat stil."
        )
    if projection.in_hours:
        return f"De termijn eindigt op {write_moment(projection.ends_at)}."
    return f"De laatste dag is {write_day(projection.last_day)}, tot en met 24.00 uur."


def explain_move(before: Projection, after: Projection) -> tuple[str, ...]:
    """Why the end of one clock is not what it was: the move, then what is new and what no longer holds.

    For a moved anchor, a corrected ledger or a changed calendar. Empty when the end stays where it was.
    """
    if (before.last_day, before.ends_at) == (after.last_day, after.ends_at):
        return ()
    old, new = (tuple(step.text for step in projection.steps) for projection in (before, after))
    return (
        f"Eerst: {describe_end(before)}",
        f"Nu: {describe_end(after)}",
        *(f"Vervalt: {text}" for text in old if text not in new),
        *(f"Nieuw: {text}" for text in new if text not in old),
    )


def _line(step: TermStep) -> str:
    return f"{step.text} [{step.article}]" if step.article else step.text


def _step_to_plain(step: TermStep) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "article": step.article,
        "first_day": _iso(step.first_day),
        "last_day": _iso(step.last_day),
        "shift_days": step.shift.days if step.shift.seconds == 0 else None,
        "shift_hours": step.shift.total_seconds() / 3600,
        "text": step.text,
    }


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
