"""Let time pass in a rehearsal: the clock goes forward from one due moment to the next, and nothing is skipped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from engine.core.moment import local_day, start_of_day
from engine.core.quick_class import dataclass
from engine.line.fence import Swept
from engine.line.publishing import next_law
from engine.runtime import Runtime
from engine.store.letters import letters_can_go
from engine.store.planned import DUE
from engine.usecases.office_post import post_goes_from
from engine.usecases.run_due import run_due
from engine.usecases.send_letters import send_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReport:
    """What happened on the way: how often planned work came up, deadlines dealt with, letters sent, and what failed
    (case or letter, reason).
    """

    planned: int = 0
    deadlines: int
    letters: int
    failed: tuple[tuple[str, str], ...]


def pass_time(
    runtime: Runtime, until: datetime, *, with_letters: bool = True, on_moment: Callable[[datetime], None] | None = None
) -> TimeReport:
    """Move the rehearsal clock to `until` (UTC), doing at each moment what is due then; letters leave that day.

    Raises UsageError when this is no rehearsal or the clock would go back.
    """
    planned = deadlines = letters = 0
    failed: dict[str, str] = {}
    now = runtime.now()
    stop = min(now, until)  # first what waits at this moment: a letter of today leaves today
    while True:
        if stop != now or not runtime.settings.is_rehearsal:  # elsewhere setting it is refused, before anything is done
            with runtime.store.transaction() as tx:
                tx.set_clock_moment(stop)
        if on_moment:
            on_moment(stop)
        failed.update(one.named for one in _under_new_law(runtime, stop).failed)
        came_up, next_planned = _do_planned(runtime, stop)
        planned += came_up.done
        failed.update(one.named for one in came_up.failed)
        due, sent, opens = _do_what_waits(runtime, stop, with_letters=with_letters)
        deadlines += due.done
        letters += sent.done
        failed.update(one.named for one in (*due.failed, *sent.failed))
        if stop == until:
            return TimeReport(planned=planned, deadlines=deadlines, letters=letters, failed=tuple(failed.items()))
        with runtime.reading() as readings:
            # What could not be done stays open in the past: it must not hold the clock, nor carry it past the others.
            due_at = readings.next_due_at(after=stop if failed else None)
            waits = due_at, opens, next_planned, _next_law(runtime, stop)
            next_due = min(filter(None, waits), default=None)
        stop = until if next_due is None or next_due > until else max(next_due, stop)


def _do_planned(runtime: Runtime, now: datetime) -> tuple[Swept, datetime | None]:
    """The work that came up by the calendar, and the moment at which the next does; None when none ever will."""
    if runtime.planned is not None and not runtime.planned:
        return Swept(), None
    from engine.usecases.do_planned import do_planned
    from engine.usecases.next_planned import is_planned_due, next_planned_day

    with runtime.reading() as readings:
        waits = is_planned_due(readings.meta(DUE), readings.published(), local_day(now))
    done = do_planned(runtime) if waits else Swept()
    day = next_planned_day(runtime)
    return done, start_of_day(day) if day is not None and day > local_day(now) else None


def _next_law(runtime: Runtime, now: datetime) -> datetime | None:
    """The moment at which the next law takes force that may lie under the rules."""
    day = next_law(runtime.catalogue.law_days(runtime.settings.organisation), local_day(now))
    return start_of_day(date.fromisoformat(day)) if day < date.max.isoformat() else None


def _under_new_law(runtime: Runtime, now: datetime) -> Swept:
    """On the day a law takes force the terms that run are computed again, before anything falls due by it."""
    if local_day(now) not in runtime.catalogue.law_days(runtime.settings.organisation):
        return Swept()
    from engine.usecases.reproject_cases import reproject_changed

    return reproject_changed(runtime)


def _do_what_waits(runtime: Runtime, now: datetime, *, with_letters: bool) -> tuple[Swept, Swept, datetime | None]:
    """What is due and what waits; on most moments there is neither, and asking is cheaper than trying.

    The moment is when post that waits for the office may go; None when none does.
    """
    with runtime.reading() as readings:
        next_due, waiting = readings.next_due_at(), letters_can_go(readings, now)
    due = run_due(runtime) if next_due is not None and next_due <= now else Swept()
    if not with_letters or not (waiting or due.done):
        return due, Swept(), None
    opens = post_goes_from(runtime, now)
    if opens > now:
        with runtime.reading() as readings:
            return due, Swept(), opens if letters_can_go(readings, opens) else None
    return due, send_letters(runtime), None
