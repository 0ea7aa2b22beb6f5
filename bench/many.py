"""Very many open cases, made fast with plain SQL from one real case: same rows, other numbers, other days."""

from __future__ import annotations

import sqlite3

from bench.world import START, DurableRuntime, copy_of, opened_at
from engine.usecases.look_at_changed import LOOKED_AT

_NUMBERS = "WITH RECURSIVE n(i) AS (VALUES (:first) UNION ALL SELECT i + 1 FROM n WHERE i < :last)"


def fill(runtime: DurableRuntime, count: int) -> None:
    """`count` open applications of today, each with the deadlines and the first line of the journal."""
    step = copy_of(opened_at(runtime, START), 0)
    owner = runtime.content("tlv", START.date()).workflow.state(step.after.state).owner
    with runtime.store.transaction() as tx:
        tx.append(step, owner=owner)
    runtime.store.close()
    with sqlite3.connect(runtime.settings.workplace / "trede.db") as made:
        for pragma in ("synchronous = OFF", "cache_size = -200000"):
            made.execute(f"PRAGMA {pragma}")
        for table, which in (("cases", "true"), ("deadlines", "true"), ("journal", "t.kind = 'opened'")):
            _multiply(made, table, which, step.after.id, count)
        made.execute("UPDATE chains SET seq = (SELECT max(seq) FROM journal)")
        # The second evaluator has seen them all.
        made.execute("INSERT OR REPLACE INTO meta SELECT organisation, ?, seq FROM chains", (LOOKED_AT,))
        made.execute("ANALYZE")


def _multiply(made: sqlite3.Connection, table: str, which: str, first: str, count: int) -> None:
    names = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]
    number = "printf('TLV-0000-%07d', n.i)"
    other = {"id": number, "case_id": number, "subject": "printf('9%08d', n.i)"}
    other |= {"seq": f"n.i + {made.execute('SELECT max(seq) FROM journal').fetchone()[0]}"}
    chosen = ", ".join(other.get(name, f"t.{name}") for name in names)
    owner = "id" if table == "cases" else "case_id"
    made.execute(
        f"{_NUMBERS} INSERT INTO {table} ({', '.join(names)})"
        f" SELECT {chosen} FROM {table} t, n WHERE t.{owner} = :case AND {which}",
        {"first": 1, "last": count - 1, "case": first},
    )
