"""The heartbeat: APScheduler wakes up due work. It holds no deadline and no case; those are rows in the store.

Measured in APScheduler 3: a shared job store runs jobs twice, its grace time skips late ones, renamed code
deletes them. So: memory only, one job, coalesced, never skipped for being late, in UTC.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from engine.core.errors import EngineError
from engine.line.second_look import look_at_changed
from engine.runtime import Runtime
from engine.usecases.reproject_cases import reproject_changed
from engine.usecases.run_due import run_due
from engine.usecases.send_letters import send_letters

LOG = logging.getLogger("trede.scheduler")


def beat(runtime: Runtime) -> str:
    """One heartbeat: due deadlines, then waiting letters, then the second look. What was done, in Dutch.

    A failing part never stops the heart: it is reported, and tried again at the next beat.
    """
    done: list[str] = []
    parts: tuple[tuple[str, Callable[[], int]], ...] = (
        ("zaken opnieuw berekend", lambda: reproject_changed(runtime)),
        ("termijnen", lambda: run_due(runtime).done),
        ("brieven", lambda: send_letters(runtime).sent),
        ("zaken nagerekend", lambda: look_at_changed(runtime)),
    )
    for name, part in parts:
        try:
            number = part()
        except EngineError as error:
            done.append(f"{name}: MISLUKT ({error.text()})")
            LOG.error("%s: %s", name, error.text())
        else:
            if number:
                done.append(f"{number} {name}")
    return ", ".join(done)


def serve(runtime: Runtime, *, seconds: int, on_beat: Callable[[str], None]) -> None:
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
