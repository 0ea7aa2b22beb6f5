"""A sweep: what a due row costs over the work itself (load, decide, write in the same batches, already claimed).

Two halves of the same cases fall due; one is swept, of the other the work is done directly. In turns, a batch each.
"""

from __future__ import annotations

from datetime import timedelta
from statistics import median

from bench.sheet import Sheet
from bench.timing import Spent, in_turns, spent_on
from bench.world import START, DurableRuntime, copy_of, opened_at, workplace
from engine.core.deciding.falling_due import fall_due
from engine.line.case_line import open_line
from engine.store.records import DeadlineRow
from engine.usecases.run_due import BATCH, run_due

ROUNDS = 12


def measure(sheet: Sheet) -> None:
    """CPU of a batch of due rows, swept and done directly."""
    with workplace() as runtime:
        step = opened_at(runtime, START - timedelta(weeks=8) + timedelta(days=1))
        numbers = iter(range(10**6))

        def add_batch() -> None:
            with runtime.store.transaction() as tx:
                tx.append_many([copy_of(step, next(numbers)) for _ in range(BATCH)], owner_of=lambda _: "aanvrager")

        with runtime.store.transaction() as tx:
            tx.set_clock_moment(START + timedelta(days=1))

        def swept(_turn: int) -> Spent:
            add_batch()
            return spent_on(lambda: run_due(runtime))

        def done_directly(_turn: int) -> Spent:
            add_batch()
            moment = runtime.now()
            with runtime.store.transaction() as tx:
                found = tx.due(moment, BATCH)
            spent = spent_on(lambda: _work(runtime, found))
            with runtime.store.transaction() as tx:
                for item in found:
                    tx.mark_fired(item.case_id, item.deadline.key, moment)
            run_due(runtime)  # what is left of these cases belongs to nobody's figure
            return spent

        taken = in_turns({"swept": swept, "directly": done_directly}, ROUNDS, warm=2)
    each = {name: median(one.cpu for one in spent) / BATCH * 1e6 for name, spent in taken.items()}
    sheet.told(f"{each['swept']:.0f} us CPU a due row, {each['directly']:.0f} us of it the work itself")
    pairs = zip(taken["swept"], taken["directly"], strict=True)
    sheet.figure("due.overhead", median((one.cpu - other.cpu) / BATCH * 1e6 for one, other in pairs))


def _work(runtime: DurableRuntime, found: tuple[DeadlineRow, ...]) -> None:
    with open_line(runtime) as line:
        for item in found:
            assert line.add(fall_due(line.about(item.case_id), item.deadline.key))
        line.write()
