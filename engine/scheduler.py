"""The heartbeat: APScheduler wakes up due work. It holds no deadline and no case; those are rows in the store.

Measured in APScheduler 3: a shared job store runs jobs twice, its grace time skips late ones, renamed code
deletes them. So: memory only, one job, coalesced, never skipped for being late, in UTC.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from engine.clock import system_now
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.fence import Failed, Fence, Swept
from engine.line.publishing import is_law_due
from engine.runtime import Runtime
from engine.store.records import Waiting
from engine.usecases.do_planned import do_planned
from engine.usecases.look_at_changed import look_at_changed
from engine.usecases.next_planned import is_planned_due
from engine.usecases.office_post import send_post
from engine.usecases.reproject_cases import reproject_changed
from engine.usecases.run_due import run_due
from engine.usecases.watch_clock import Absence, watch_clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What one heartbeat did, and what it could not do: cases, letters or whole parts, each with its reason."""

    at: datetime
    done: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    away: Absence | None = None


def beat(runtime: Runtime) -> Beat:
    """One heartbeat: due deadlines, then waiting letters, then the second look; a part for which nothing waits rests.

    A failing part never stops the heart: it is reported, and tried again at the next beat.
    """
    at, done, away = system_now(), list[str](), None
    failed: list[Failed] = []
    waiting: Waiting | None = None
    with Fence("klok").around("klok"):
        with runtime.reading() as readings:
            waiting = readings.waiting(runtime.settings.organisation)
        at = waiting.clock_moment or at  # of a rehearsal it stands in the database
        runtime.notice(waiting.published)
    watch = Fence("klok")
    if waiting is not None:
        with watch.around("klok"):
            away = watch_clock(runtime, waiting, at)
    if watch.failed:  # by a clock that is wrong nothing may be done
        return Beat(at=at, done=(), failed=tuple(one.named for one in watch.failed))
    for name, part, waits in _PARTS:
        fence = Fence(name)
        with fence.around(name):
            # When nothing can be asked every part tries, and says what is wrong. One that did something may leave
            # something to the parts behind it.
            if waiting is not None and not (done or waiting.left_behind or waits(runtime, waiting, at)):
                continue
            swept = part(runtime)
            failed += swept.failed
            if swept.done:
                done.append(f"{swept.done} {name}")
        failed += fence.failed
    return Beat(at=at, done=tuple(done), failed=tuple(one.named for one in failed), away=away)


_Waits = Callable[[Runtime, Waiting, datetime], bool]
_PARTS: tuple[tuple[str, Callable[[Runtime], Swept], _Waits], ...] = (
    (
        "zaken opnieuw berekend",
        reproject_changed,
        lambda runtime, waiting, at: (
            waiting.projected_with != waiting.published
            or is_law_due(waiting.law_due, local_day(at))
            or runtime.has_other_rules()
        ),
    ),
    (
        "keer gepland werk",
        do_planned,
        lambda runtime, waiting, at: is_planned_due(waiting.planned_due, waiting.published, local_day(at)),
    ),
    ("termijnen", run_due, lambda runtime, waiting, at: waiting.next_due_at is not None and waiting.next_due_at <= at),
    ("brieven", send_post, lambda runtime, waiting, at: waiting.has_letters),
    ("zaken nagerekend", look_at_changed, lambda runtime, waiting, at: waiting.unseen > 0),
)


def serve(runtime: Runtime, *, seconds: int, on_beat: Callable[[Beat], None]) -> None:
    """Beat at once and then every so many seconds, until SIGTERM or SIGINT; the beat under way is finished."""
    scheduler = BackgroundScheduler(timezone=UTC)
    stopping = threading.Event()

    def tick() -> None:
        if not stopping.is_set():
            on_beat(beat(runtime))

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # Nothing more: a signal may come before the scheduler runs, and then there is nothing to shut down.
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    runtime.keep_second_evaluator()
    tick()
    scheduler.add_job(tick, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    stopping.wait()
    scheduler.shutdown(wait=True)
