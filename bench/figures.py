"""Every figure with its bar (must hold) and its goal (the best in the field): one table, nothing stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench.pace import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: the part that measures it, what is measured, its unit, and what it may be.

    `bar` and `goal` are inclusive. With `more_is_better` they are the least it may be, otherwise the most. A `unit`
    with CPU is of the machine that the bars are of: what is measured elsewhere is told at the pace of that one.
    """

    id: str
    what: str
    unit: str
    bar: float
    goal: float
    more_is_better: bool = False

    @property
    def part(self) -> str:
        """The module that measures it: what stands before the point."""
        return self.id.partition(".")[0]

    @property
    def is_cpu(self) -> bool:
        """Whether it is CPU time, or so much in a second of it."""
        return "CPU" in self.unit

    def at_pace(self, measured: float, pace: Pace) -> float:
        """What was measured at this pace, as it would be on the machine of the bars."""
        if not self.is_cpu:
            return measured
        return measured * pace.python if self.more_is_better else measured / pace.python

    def holds(self, value: float) -> bool:
        """Whether the bar holds."""
        return value >= self.bar if self.more_is_better else value <= self.bar

    def reaches(self, value: float) -> bool:
        """Whether the goal is reached."""
        return value >= self.goal if self.more_is_better else value <= self.goal


IFS, RAW, EMPTY = "x ifs", "x raw", "x empty"

FIGURES = (
    Figure(id="rules.unasked", what="explained rules, nobody asks for reasons", unit=IFS, bar=6, goal=3.5),
    Figure(id="rules.all_reasons", what="explained rules, all reasons read", unit=IFS, bar=25, goal=15),
    Figure(id="rules.bulk", what="bulk, against three-valued ifs with the same output", unit=IFS, bar=1.3, goal=1.1),
    Figure(id="advance.lightest", what="the lightest act, against raw sqlite3", unit=RAW, bar=5, goal=3),
    Figure(id="advance.mean", what="the mean act of a case, against raw sqlite3", unit=RAW, bar=5, goal=3),
    Figure(id="advance_pg.mean", what="the mean act of a case, against raw psycopg", unit=RAW, bar=2, goal=1.5),
    Figure(id="demo.cpu", what="the demo year, for 1,000 lines of its journal", unit="CPU s", bar=0.85, goal=0.5),
    Figure(
        id="demo.elsewhere",
        what="the demo year, share of the CPU outside the main process",
        unit="%",
        bar=15,
        goal=40,
        more_is_better=True,
    ),
    Figure(id="beat.idle", what="beat with nothing to do, 1,000,000 open cases", unit="us CPU", bar=300, goal=100),
    Figure(id="beat.watching", what="the same in a rehearsal, for each file it looks at", unit="us CPU", bar=4, goal=2),
    Figure(id="beat.writes", what="what such a beat writes", unit="commits", bar=0, goal=0),
    Figure(id="due.overhead", what="a due row over the work itself", unit="us CPU", bar=100, goal=50),
    Figure(id="second_look.memory", what="second look, memory for ten times as many cases", unit="MiB", bar=16, goal=4),
    Figure(id="second_look.locked", what="second look, longest hold of the write lock", unit="ms", bar=1000, goal=50),
    Figure(id="importing.speed", what="import", unit="rows/CPU s", bar=500, goal=1000, more_is_better=True),
    Figure(id="importing.memory", what="import, memory for five times as many rows", unit="MiB", bar=32, goal=8),
    Figure(id="importing.locked", what="import, longest hold of the write lock", unit="ms", bar=1000, goal=250),
    Figure(id="inbox.body", what="inbox of one body, 100,000 open cases", unit="CPU s", bar=0.5, goal=0.2),
    Figure(id="handover.later", what="hand-over of a letter after 5,000", unit="x", bar=1.2, goal=1.05),
    Figure(id="start.show", what="cold `case show`", unit=EMPTY, bar=6, goal=4),
    Figure(id="start.why", what="cold `case why`", unit=EMPTY, bar=6, goal=4),
    Figure(id="start.inbox", what="cold `inbox`", unit=EMPTY, bar=6, goal=4),
    Figure(id="start.explain", what="cold `term explain`", unit=EMPTY, bar=7, goal=5),
    Figure(id="start.advance", what="cold `case advance`", unit="x SQLAlchemy", bar=1.4, goal=1.2),
    Figure(id="check.cold", what="`rules check` the first time, fifteen procedures", unit="CPU s", bar=60, goal=30),
    Figure(id="check.again", what="`rules check`, nothing changed since the last", unit="CPU s", bar=1, goal=0.5),
)  # fmt: skip
# Told beside the others, without a bar: the parts of a letter, the projections of a clock.
OTHER_PARTS = ("letters", "terms")


def parts_of(figures: Iterable[Figure]) -> tuple[str, ...]:
    """The parts that measure these figures, each once, in order."""
    return tuple(dict.fromkeys(figure.part for figure in figures))


def verdict(figure: Figure, values: Mapping[str, float], absent: Mapping[str, str]) -> tuple[str, bool]:
    """What to say of a figure, and whether it stops the run. Absent is said aloud; silently missing stops it."""
    if figure.id in absent:
        return f"NOT MEASURED: {absent[figure.id]}", False
    if figure.id not in values:
        return "MISSING: its part gave no figure", True
    value = values[figure.id]
    if not figure.holds(value):
        return "BAR DOES NOT HOLD", True
    return ("holds, goal reached" if figure.reaches(value) else "holds"), False
