"""The inbox of one body, at 100,000 open cases of several bodies."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from statistics import median

from bench.many import fill
from bench.sheet import Sheet
from bench.timing import spent_on
from bench.world import START, workplace
from engine.core.deciding.step import RunningTerm
from engine.store.codec import running_to_json
from engine.store.snapshot import moment_text
from engine.usecases.list_work import list_inbox
from engine.views.lists import Looking

CASES = 100_000
BODY = "toeleiding"
OTHERS_ONE_IN = 5
LATE_ONE_IN = 10
SHOWN = 40
ROUNDS = 5


def measure(sheet: Sheet) -> None:
    """Four cases in five lie with the body that is asked, one in ten is late; the rows of one screen are shown."""
    with workplace() as runtime:
        fill(runtime, CASES)
        with sqlite3.connect(runtime.settings.workplace / "trede.db") as made:
            made.execute("UPDATE cases SET owner = ? WHERE rowid % ? > 0", (BODY, OTHERS_ONE_IN))
            since = START - timedelta(days=9)
            late = (RunningTerm(clock="laat", term="laat", due_at=since, last_day=since.date(), act_by=since),)
            made.execute(
                "UPDATE cases SET late_from = ?, running_terms = ? WHERE rowid % ? = 1",
                (moment_text(since), running_to_json(late), LATE_ONE_IN),
            )
        found = list_inbox(runtime, START, Looking(owner=BODY, limit=SHOWN))
        taken = [spent_on(lambda: list_inbox(runtime, START, Looking(owner=BODY, limit=SHOWN))) for _ in range(ROUNDS)]
        whole = spent_on(lambda: list_inbox(runtime, START, Looking(owner=BODY)))
    sheet.told(f"{found.total} cases, {found.late} late, {len(found.rows)} shown")
    sheet.told(f"{median(one.wall for one in taken) * 1e3:.0f} ms of the wall; all rows at once {whole.cpu:.2f} CPU s")
    sheet.figure("inbox.body", median(one.cpu for one in taken))
