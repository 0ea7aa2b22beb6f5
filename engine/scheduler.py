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
from engine.core.quick_class import dataclass
from engine.line.fence import Fence
from engine.runtime import Runtime
from engine.usecases.look_at_changed import look_at_changed
from engine.usecases.reproject_cases import reproject_changed
from engine.usecases.run_due import run_due
from engine.usecases.send_letters import send_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What one heartbeat did, and what it could not do: cases, letters or whole parts, each with its reason."""

    at: datetime
    done: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def beat(runtime: Runtime) -> Beat:
    """One heartbeat: due deadlines, then waiting letters, then the second look.

    A failing part never stops the heart: it is reported, and tried again at the next beat.
    """
    at, done = system_now(), list[str]()
    failed: list[tuple[str, str]] = []
    with Fence("klok").around("klok"):
        at = runtime.now()  # of a rehearsal it stands in the database, and that may be away for a moment
    for name, part in _PARTS:
        fence = Fence(name)
        with fence.around(name):
            number, wrong = part(runtime)
            failed += wrong
            if number:
                done.append(f"{number} {name}")
        failed += [(one.case_id, one.why) for one in fence.failed]
    return Beat(at=at, done=tuple(done), failed=tuple(failed))


def _reprojected(runtime: Runtime) -> _Done:
    report = reproject_changed(runtime)
    return report.moved, [(one.case_id, one.why) for one in report.failed]


def _fallen_due(runtime: Runtime) -> _Done:
    report = run_due(runtime)
    return report.done, [(case_id, why) for case_id, _, why in report.failed]


def _sent(runtime: Runtime) -> _Done:
    report = send_letters(runtime)
    return report.sent, list(report.failed)


def _looked_at(runtime: Runtime) -> _Done:
    report = look_at_changed(runtime)
    return report.looked, [(one.case_id, one.why) for one in report.failed]


_Done = tuple[int, list[tuple[str, str]]]
_PARTS: tuple[tuple[str, Callable[[Runtime], _Done]], ...] = (
    ("zaken opnieuw berekend", _reprojected),
    ("termijnen", _fallen_due),
    ("brieven", _sent),
    ("zaken nagerekend", _looked_at),
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
