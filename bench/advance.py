"""One `advance` of a case, whole: load, decide, both evaluators, write. Against bare sqlite3 with the same rows.

python -m bench advance [--cases 60] [--rounds 5]
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.world import CONTENT, apply_for, bring_documents, make_workplace
from engine.runtime import Runtime

Rows = Mapping[tuple[str, int], Sequence[Mapping[str, Any]]]


def main(words: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--content", type=Path, default=CONTENT)
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.content, given.cases, given.rounds)


def measure(folder: Path, content: Path, count: int, rounds: int) -> None:
    """The same acts by the engine in three ways and by hand, in turns of one run."""
    runtime = make_workplace(folder / "werkplek", content)
    cases = [apply_for(runtime, number) for number in range(count)]
    bring_documents(runtime, cases[0], 0)  # what is made once and kept
    shutil.copyfile(_snapshot(folder / "werkplek" / "trede.db"), folder / "bare.db")
    seconds: dict[str, list[float]] = defaultdict(list)
    bare = _open_bare(folder / "bare.db")
    compiled, both = Runtime(runtime.settings), Runtime(runtime.settings)
    compiled.keep_rules_compiled()
    both.keep_rules_compiled()
    both.keep_second_evaluator()
    ways = {"explaining": runtime, "compiled": compiled, "compiled + durable": both}
    for used in ways.values():
        bring_documents(used, cases[0], 0)
    first = _marks(folder / "werkplek" / "trede.db")
    turn = 0
    for _ in range(rounds):
        for name, used in ways.items():
            turn += 1
            seconds[name].append(_timed(cases, _advance(used, turn)))
        journal, notices, snapshots = _written(folder / "werkplek" / "trede.db", first)
        first = _marks(folder / "werkplek" / "trede.db")
        seconds["bare sqlite3"].append(_timed(cases, _bare(bare, journal, notices, snapshots)))
    base = seconds["bare sqlite3"]
    for name in ("bare sqlite3", *ways):
        ratio = median(one / other for one, other in zip(seconds[name], base, strict=True))
        print(f"advance, {name:<18} {median(seconds[name]) * 1e3:7.2f} ms   {ratio:5.1f}x bare")
    for used in ways.values():
        used.close()


def _advance(runtime: Runtime, turn: int) -> Callable[[str], None]:
    return lambda case_id: bring_documents(runtime, case_id, turn)


def _timed(cases: Sequence[str], act: Callable[[str], None]) -> float:
    started = perf_counter()
    for case_id in cases:
        act(case_id)
    return (perf_counter() - started) / len(cases)


def _bare(
    bare: sqlite3.Connection, journal: Rows, notices: Rows, snapshots: Mapping[str, Mapping[str, Any]]
) -> Callable[[str], None]:
    """Write the rows of the last act by hand: the case, its lines of the journal, its messages, the chain."""

    def write(case_id: str) -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("SELECT * FROM cases WHERE id = ?", (case_id,)).fetchone()
        row = snapshots[case_id]
        values = (row["state"], row["owner"], row["version"], row["entered_at"], row["next_due_at"], row["snapshot"])
        bare.execute(
            "UPDATE cases SET state = ?, owner = ?, version = ?, entered_at = ?, next_due_at = ?, snapshot = ?"
            " WHERE id = ?",
            (*values, case_id),
        )
        bare.execute("SELECT key, status FROM deadlines WHERE case_id = ?", (case_id,)).fetchall()
        for rows, table in ((journal, "journal"), (notices, "notices")):
            for line in rows[case_id, row["version"]]:
                _insert(bare, table, line)
        bare.execute("UPDATE chains SET seq = seq + 1")
        bare.execute("COMMIT")

    return write


def _insert(bare: sqlite3.Connection, table: str, line: Mapping[str, Any]) -> None:
    values = {name: value for name, value in line.items() if name != "id"}
    marks = ", ".join("?" * len(values))
    bare.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def _open_bare(path: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    bare.row_factory = sqlite3.Row
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        bare.execute(f"PRAGMA {pragma}")
    return bare


def _snapshot(path: Path) -> Path:
    with sqlite3.connect(path) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _marks(path: Path) -> tuple[int, int]:
    with sqlite3.connect(path) as source:
        seq = source.execute("SELECT max(seq) FROM journal").fetchone()[0]
        return int(seq), int(source.execute("SELECT coalesce(max(id), 0) FROM notices").fetchone()[0])


def _written(path: Path, since: tuple[int, int]) -> tuple[Rows, Rows, Mapping[str, Mapping[str, Any]]]:
    """The rows of the last act on each case: journal, messages (as many to an act), and the case itself."""
    with sqlite3.connect(path) as source:
        source.row_factory = sqlite3.Row
        snapshots = {row["id"]: dict(row) for row in source.execute("SELECT * FROM cases")}
        journal: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
        for row in source.execute("SELECT * FROM journal WHERE seq > ?", (since[0],)):
            if row["case_version"] == snapshots[row["case_id"]]["version"]:
                journal[row["case_id"], row["case_version"]].append(dict(row))
        notices: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
        for row in source.execute("SELECT * FROM notices WHERE id > ? AND done_at IS NULL", (since[1],)):
            notices[row["case_id"], snapshots[row["case_id"]]["version"]].append(dict(row))
    return journal, notices, snapshots


if __name__ == "__main__":
    main(sys.argv[1:])
