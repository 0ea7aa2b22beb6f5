"""One act as a consultant takes it (rules explained), against the same rows written by hand through sqlite3.

Every act of an application, each on fresh cases; both sides wait for the disk at every commit. After each act of the
engine the same rows are written to a copy of the database by hand. The mean act is the sum over the course.

The figure is of an idle disk, whoever else is at it: CPU of each side and one wait for the disk, which both must wait
at their one commit. On a busy disk the wall says little: the same waits drown both sides. It stands beside the figure,
with statements and CPU per act.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench.pace import Pace, pace_now
from bench.rows import TABLES, Rows, Statement, Writer
from bench.sheet import Sheet
from bench.timing import Spent, spent_on
from bench.world import COURSE, LIGHTEST, DurableRuntime, open_application, take_act, workplace
from engine.store.link import Link

ROUNDS = 25
WARM = 2
Pair = tuple[Spent, Spent]


def measure(sheet: Sheet) -> None:
    """Each round a case goes through its whole course."""
    with workplace() as runtime:
        path = runtime.settings.workplace / "trede.db"
        cases = [open_application(runtime, number) for number in range(ROUNDS + WARM)]
        ours, bare = _open(path), _open(_copy(path))
        columns = {table: [row[1] for row in ours.execute(f"PRAGMA table_info({table})")] for table in TABLES}
        writer = Writer(columns, "?")
        with counting_statements() as counted:
            for case_id in cases[:WARM]:
                _course(runtime, ours, bare, writer, case_id, counted)
        taken, paces = [], list[Pace]()
        for case_id in cases[WARM:]:
            taken.append(_course(runtime, ours, bare, writer, case_id, []))
            paces.append(pace_now())
        ours.close()
        bare.close()
    tell(sheet, taken, counted, "sqlite3")
    sheet.told(f"of the wall, as it was: {mean_ratio(taken):.2f}x")
    wait, least, pace = idle_wait(taken), _least_wait(taken), sheet.pace(paces[1:])
    sheet.told(f"the wait for an idle disk was {wait * 1e3:.2f} ms, the least of all {least * 1e3:.2f}")
    sheet.told(f"with the least the mean would be {_over_bare(taken, least, pace):.2f}x")
    sheet.told(f"at the pace of this machine it is {_over_bare(taken, wait, Pace(python=1, sqlite=1)):.2f}x")
    sheet.figure("advance.lightest", _over_bare([[one[LIGHTEST]] for one in taken], wait, pace))
    sheet.figure("advance.mean", _over_bare(taken, wait, pace))


_CALM = 1.4
"""What the waits of a calm course are in the mean, over the least of all: measured on a disk with nobody else at it."""


def idle_wait(taken: Sequence[Sequence[Pair]]) -> float:
    """Seconds that a commit waits for the disk when nobody else is at it: in the mean of the calmest course by hand.

    A disk that is busy has no calm course, and would flatter whoever takes longest: so never more than such a course
    takes over the least wait, which some commit has on any disk.
    """
    calmest = min(mean(_waits(one)) for one in taken)
    return min(calmest, _CALM * _least_wait(taken))


def _least_wait(taken: Sequence[Sequence[Pair]]) -> float:
    return min(wait for one in taken for wait in _waits(one))


def _waits(course: Sequence[Pair]) -> list[float]:
    return [bare.wall - bare.cpu for _, bare in course]


def _over_bare(courses: Sequence[Sequence[Pair]], wait: float, pace: Pace) -> float:
    """What courses cost over the same by hand, each act with one wait for an idle disk: the median.

    One side is Python and the other is nearly all SQLite, which one machine does not slow down alike: each at its pace.
    """
    return median(
        sum(ours.cpu / pace.python + wait for ours, _ in one) / sum(bare.cpu / pace.sqlite + wait for _, bare in one)
        for one in courses
    )


def mean_ratio(taken: Sequence[Sequence[Pair]]) -> float:
    """The wall of the whole course over that of the course by hand: the median of the rounds."""
    return median(sum(ours.wall for ours, _ in one) / sum(bare.wall for _, bare in one) for one in taken)


def tell(sheet: Sheet, taken: Sequence[Sequence[Pair]], counted: Sequence[int], name: str) -> None:
    """Each act: milliseconds of both, CPU of both, statements of the engine."""
    acts = len(COURSE)
    for number, (transition, _, _) in enumerate(COURSE):
        pairs = [one[number] for one in taken]
        wall, cpu = median(ours.wall for ours, _ in pairs), median(ours.cpu for ours, _ in pairs)
        bare, bare_cpu = median(bare.wall for _, bare in pairs), median(bare.cpu for _, bare in pairs)
        ratio = median(ours.wall / bare.wall for ours, bare in pairs)
        asked = mean(counted[1:][number::acts])
        sheet.told(
            f"{transition:<22} {wall * 1e3:6.2f} ms ({cpu * 1e3:5.2f} CPU), {asked:4.0f} statements;"
            f" {name} {bare * 1e3:5.2f} ({bare_cpu * 1e3:4.2f}); {ratio:5.2f}x"
        )


@contextmanager
def counting_statements() -> Iterator[list[int]]:
    """A list that grows by one for every act (`counted.append(0)`): the number of statements in it.

    Not while something is timed: to count twenty statements takes as long as one of them.
    """
    counted, methods = [0], ("begin", "end", "rows", "answer", "run", "send", "ask_later", "_run_later")
    known = {name: getattr(Link, name) for name in methods}
    for name, really in known.items():

        def seen(link: Link, *given: Any, really: Any = really, **named: Any) -> Any:
            counted[-1] += 1
            return really(link, *given, **named)

        setattr(Link, name, seen)
    try:
        yield counted
    finally:
        for name, really in known.items():
            setattr(Link, name, really)


def _course(
    runtime: DurableRuntime,
    ours: sqlite3.Connection,
    bare: sqlite3.Connection,
    writer: Writer,
    case_id: str,
    counted: list[int],
) -> list[Pair]:
    def execute(sql: str, values: Sequence[Any]) -> list[Any]:
        return ours.execute(sql, values).fetchall()

    pairs = []
    before: dict[str, Rows] = writer.rows_of(execute, case_id)
    for number in range(len(COURSE)):
        counted.append(0)
        engine = spent_on(lambda number=number: take_act(runtime, case_id, number))
        after = writer.rows_of(execute, case_id)
        written = writer.statements(case_id, before, after)
        pairs.append((engine, spent_on(lambda written=written: _write(bare, written))))
        before = after
    return pairs


def _write(bare: sqlite3.Connection, written: Sequence[Statement]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for one in written:
        found = bare.execute(one.sql, one.values)
        if one.sql.startswith("SELECT"):
            found.fetchall()
    bare.execute("COMMIT")


def _open(path: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        bare.execute(f"PRAGMA {pragma}")
    return bare


def _copy(path: Path) -> Path:
    with sqlite3.connect(path) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copyfile(path, path.with_name("bare.db")))
