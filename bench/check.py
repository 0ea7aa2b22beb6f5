"""`rules check` as a process owner gives it: the first time, which proves everything, and again with nothing changed.

What the first time takes grows with the number of procedures (three copies of all of them took three times as long), so
that it is told for as many as there will be.
"""

from __future__ import annotations

from statistics import median

from bench.sheet import Sheet
from bench.timing import TREDE, run_child
from bench.world import workplace

ROUNDS = 3
PROCEDURES = 15


def measure(sheet: Sheet) -> None:
    """Both, in CPU seconds."""
    with workplace() as runtime:
        runtime.close()
        proven = len(tuple(runtime.settings.content_root.glob("workflows/*/*/")))
        words = (*TREDE, "rules", "check", "--on", "2026-11-23")
        first = run_child(words, runtime.settings.workplace)
        again = [run_child(words, runtime.settings.workplace) for _ in range(ROUNDS)]
    sheet.told(f"the first time {first.cpu:.1f} CPU s, for {proven} procedures")
    sheet.figure("check.cold", first.cpu * PROCEDURES / proven)
    sheet.figure("check.again", median(one.cpu for one in again))
