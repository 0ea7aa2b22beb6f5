"""The year of Almere as `trede demo` makes it, without installation: CPU of the main process and of its helpers.

The year shows every procedure, so it grows with each that is written: what is held is the cost of what it shows, for
each thousand lines of its journal. The whole is told beside it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.sheet import Sheet
from bench.world import CONTENT
from engine.rehearsal.make_demo import make_demo, read_example


def measure(sheet: Sheet) -> None:
    """Once: a year is long enough to even out."""
    with TemporaryDirectory() as folder:
        started, before = time.perf_counter(), os.times()
        demo = make_demo(Path(folder) / "demo", read_example(CONTENT / "examples" / "almere"), CONTENT)
        wall, after = time.perf_counter() - started, os.times()
        lines = _lines_of(demo.settings.workplace)
    if not demo.is_sound:
        raise RuntimeError("The demo did not go as its script says.")
    main = after.user - before.user + after.system - before.system
    helpers = after.children_user - before.children_user + after.children_system - before.children_system
    sheet.told(f"{wall:.0f} s wall, {main:.1f} CPU s in the main process, {helpers:.1f} CPU s in its helpers")
    sheet.told(f"{lines} lines in the journal")
    sheet.figure("demo.cpu", main / lines * 1000)
    sheet.figure("demo.elsewhere", 100 * helpers / (main + helpers))


def _lines_of(workplace: Path) -> int:
    with closing(sqlite3.connect(workplace / "trede.db")) as made:
        return int(made.execute("SELECT count(*) FROM journal").fetchone()[0])
