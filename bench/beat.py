"""A beat with nothing to do, at 1,000,000 open cases: CPU of each, and whether anything was written."""

from __future__ import annotations

import sqlite3
from statistics import median

from bench.many import fill
from bench.sheet import Sheet
from bench.timing import spent_on
from bench.world import workplace
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
        taken = [spent_on(lambda: beat(runtime)) for _ in range(BEATS)]
        written = watcher.execute("PRAGMA data_version").fetchone()[0] - version
        watcher.close()
    sheet.told(f"{median(one.cpu for one in taken) * 1e6:.0f} us CPU, {median(one.wall for one in taken) * 1e6:.0f} us")
    sheet.figure("beat.idle", median(one.cpu for one in taken) * 1e6)
    sheet.figure("beat.writes", written)
