"""A beat with nothing to do, at 1,000,000 open cases: CPU of each, and whether anything was written.

In earnest, for an office with so many cases does not rehearse. A rehearsal publishes what is saved by itself, so each
of its beats looks at every file of rules and workflows besides: what that takes grows with the content, and is told
for one file.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from statistics import median

from bench.many import fill
from bench.sheet import Sheet
from bench.timing import spent_on
from bench.world import workplace
from engine.runtime import Runtime
from engine.scheduler import beat

CASES = 1_000_000
BEATS = 300


def measure(sheet: Sheet) -> None:
    """The first beats open what is kept open; they are not counted."""
    with workplace() as runtime:
        beat(runtime)  # the first beat of a workplace remembers by which content its terms were computed
        filled = spent_on(lambda: fill(runtime, CASES))
        sheet.told(f"{CASES} open cases made in {filled.wall:.0f} s")
        runtime.keep_second_evaluator()
        said = [beat(runtime) for _ in range(3)]
        assert not any(one.failed for one in said), said
        watcher = sqlite3.connect(runtime.settings.workplace / "trede.db")
        version = watcher.execute("PRAGMA data_version").fetchone()[0]
        rehearsed = _median_cpu(runtime)
        runtime.settings = replace(runtime.settings, is_rehearsal=False)
        beat(runtime)
        idle = _median_cpu(runtime)
        files = len(runtime.watched_rules.digests())
        written = watcher.execute("PRAGMA data_version").fetchone()[0] - version
        watcher.close()
    sheet.told(f"{idle * 1e6:.0f} us CPU in earnest, {rehearsed * 1e6:.0f} us in a rehearsal of {files} files")
    sheet.figure("beat.idle", idle * 1e6)
    sheet.figure("beat.watching", (rehearsed - idle) / files * 1e6)
    sheet.figure("beat.writes", written)


def _median_cpu(runtime: Runtime) -> float:
    return median(spent_on(lambda: beat(runtime)).cpu for _ in range(BEATS))
