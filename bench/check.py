"""`rules check` as a process owner gives it, a second time with nothing changed."""

from __future__ import annotations

from statistics import median

from bench.sheet import Sheet
from bench.timing import TREDE, run_child
from bench.world import workplace

ROUNDS = 3


def measure(sheet: Sheet) -> None:
    """The first time proves everything, and is told beside it."""
    with workplace() as runtime:
        runtime.close()
        words = (*TREDE, "rules", "check", "--on", "2026-11-23")
        first = run_child(words, runtime.settings.workplace)
        again = [run_child(words, runtime.settings.workplace) for _ in range(ROUNDS)]
    sheet.told(f"the first time {first.cpu:.1f} CPU s")
    sheet.figure("check.again", median(one.cpu for one in again))
