"""The inbox of one body, at 100,000 open cases of several bodies."""

from __future__ import annotations

import sqlite3
from statistics import median

from bench.many import fill
from bench.sheet import Sheet
from bench.timing import spent_on
from bench.world import START, workplace
from engine.usecases.list_inbox import list_inbox

CASES = 100_000
BODY = "toeleiding"
ONE_IN = 100
ROUNDS = 5


def measure(sheet: Sheet) -> None:
    """One case in a hundred lies with the body that is asked."""
    with workplace() as runtime:
        fill(runtime, CASES)
        with sqlite3.connect(runtime.settings.workplace / "trede.db") as made:
            made.execute("UPDATE cases SET owner = ? WHERE rowid % ? = 0", (BODY, ONE_IN))
        rows = list_inbox(runtime, START, BODY)
        taken = [spent_on(lambda: list_inbox(runtime, START, BODY)) for _ in range(ROUNDS)]
    sheet.told(f"{len(rows)} rows in {median(one.wall for one in taken) * 1e3:.0f} ms of the wall")
    sheet.figure("inbox.body", median(one.cpu for one in taken))
