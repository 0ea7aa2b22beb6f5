"""When something comes up next by the calendar: remembered, so that a heartbeat need not work it out each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from engine.core.deciding.planned_work import registered, rounds_of
from engine.core.legal_clock.schoolyear import school_year_of
from engine.line.planning import Scheduled, next_version_day
from engine.runtime import Runtime
from engine.store.planned import DUE

_AHEAD = timedelta(days=400)
"""So far is looked for the next time; what comes later is looked for again in the next school year."""


def is_planned_due(planned_due: str, published: str, today: date) -> bool:
    """Whether something may have come up: its day is there, or the content is not the one that was looked at."""
    day, _, by = planned_due.partition(" ")
    return by != published or day <= today.isoformat()


def next_planned_day(runtime: Runtime) -> date | None:
    """The day on which something may come up next, as the last sweep left it; None when nothing ever will."""
    with runtime.reading() as readings:
        day = date.fromisoformat(readings.meta(DUE).partition(" ")[0] or date.max.isoformat())
    return None if day == date.max else day


def next_days(runtime: Runtime, planned: Scheduled, today: date) -> list[date]:
    """The days after today on which this work must be looked at again."""
    if planned.work.is_resting:
        return []
    # Of subjects the day is the same for all: thousands of dossiers need not be read for it.
    whom = registered(planned.content.organisation, planned.work)
    places = {(one.region, one.school) for one in whom} or {(planned.content.organisation.region, "")}
    ahead = (
        rounds_of(planned.work, *place).between(today + timedelta(days=1), today + _AHEAD, planned.content.calendar)
        for place in places
    )
    # In another school year other vacations must be known.
    return [school_year_of(today).shifted(1).first_day, *(found[0].day for found in ahead if found)]


def remember_next(runtime: Runtime, today: date, days: Sequence[date]) -> None:
    """Remember the first of these days, or the day on which another version of the content begins."""
    version = next_version_day(runtime, today)
    first = min((*days, *((version,) if version else ())), default=date.max)
    with runtime.reading() as readings:
        told = f"{first.isoformat()} {readings.published()}"
        if readings.meta(DUE) == told:
            return
    with runtime.store.transaction() as tx:
        tx.set_meta(DUE, told)
