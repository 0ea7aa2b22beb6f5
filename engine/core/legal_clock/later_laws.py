"""A clock under a law that came after the rules of its case: which length holds, and what its last day becomes.

Nobody is late on a day on which the law did not say so yet, and what was over before the law came stays as it was.
"""

from __future__ import annotations

from datetime import date, datetime

from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.runs import Run
from engine.core.legal_clock.telling import tell_law, tell_not_before_law
from engine.core.legal_clock.terms import project_run
from engine.core.legal_clock.termspec import Holds, LaterLength, LaterProlonging, TermSpec
from engine.core.moment import end_of_day, start_of_day
from engine.core.quick_class import replace

Counted = tuple[TermSpec, Run]
"""A term with the length that holds, and the run it is counted with."""


def under_later_laws(spec: TermSpec, run: Run, calendar: Calendar) -> tuple[Counted, Projection]:
    """What the run comes to under all later laws, and how it is then counted. The run has started."""
    counted: Counted = replace(spec, later_laws=()), run
    found = project_run(*counted, calendar)
    for law in spec.later_laws:
        other = _counted_by(law, counted)
        becomes = _not_before(law.since, project_run(*other, calendar))
        if not _was_over(found, law.since) and _takes(law, found, becomes):
            told = tell_law(law.since, law.period, law.cited)
            counted, found = other, replace(becomes, steps=(*becomes.steps, told))
    return counted, found


def moved_by_law(spec: TermSpec, run: Run, calendar: Calendar, was: datetime) -> LaterLength | None:
    """The newest later law, when it is what moved the end (UTC): without it that is what it `was`."""
    if not spec.later_laws or run.start is None:
        return None
    before = project_run(replace(spec, later_laws=spec.later_laws[:-1]), run, calendar)
    return spec.later_laws[-1] if before.ends_at == was != project_run(spec, run, calendar).ends_at else None


def prolonging_on(spec: TermSpec, run: Run, day: date) -> tuple[TermSpec, LaterProlonging | None]:
    """The term with what may make it longer on this local day, and the law that says so; None: its own rules do.

    Only acts of that day or later are bound: who was told of an extension when the law allowed it keeps it.
    """
    started = run.start.act_day if run.start is not None else day
    laws = [one for one in spec.later_prolongings if one.since <= day]
    laws = [one for one in laws if one.holds is not Holds.FROM_THE_NEXT or started >= one.since]
    if not laws:
        return spec, None
    law = laws[-1]
    held = {"extension": law.extension, "deferrals": law.deferrals, "longest_deferral": law.longest_deferral}
    return _as_spec(spec, **held), law


def _as_spec(spec: TermSpec, **other: object) -> TermSpec:
    """The part of a rule that a clock knows, with something else in it: a rule says its deferral in its own way."""
    names = (one for one in TermSpec.__dataclass_fields__ if one not in other)
    return TermSpec(**{name: getattr(spec, name) for name in names}, **other)  # type: ignore[arg-type]


def _counted_by(law: LaterLength, counted: Counted) -> Counted:
    spec, run = counted
    assert run.start is not None
    # A length that the case said at the start gives way to that of the law; the school it said stays.
    return replace(spec, period=law.period), replace(run, start=replace(run.start, period=None))


def _was_over(found: Projection, since: date) -> bool:
    if found.stopped_on is not None:
        return found.stopped_on < since
    return found.ends_at is not None and found.ends_at <= start_of_day(since)


def _takes(law: LaterLength, found: Projection, becomes: Projection) -> bool:
    end, new = found.earliest_ends_at, becomes.earliest_ends_at
    if end is None or new is None or end == new:
        return False
    if law.holds is Holds.SOONER:
        return new < end
    ran_already = found.started_on is not None and found.started_on < law.since
    if law.holds is Holds.LATER or (law.holds is Holds.FROM_THE_NEXT and ran_already):
        return new > end
    return True


def _not_before(since: date, found: Projection) -> Projection:
    """The same, with the first day of the law as the last day when the new length was over before that day."""
    end, first = found.earliest_last_day, _end_on(since, found)
    if end is None or found.earliest_ends_at is None or found.earliest_ends_at >= first:
        return found
    shown = tell_not_before_law(end, since)
    ends = replace(found, earliest_last_day=since, earliest_ends_at=first, steps=(*found.steps, shown))
    return ends if found.ends_at is None else replace(ends, last_day=since, ends_at=first)


def _end_on(since: date, found: Projection) -> datetime:
    # Hours are counted to the instant: those that were over are over when the law begins.
    return start_of_day(since) if found.in_hours else end_of_day(since)
