"""Content has changed and every case is looked at again by the second evaluator: memory, and the write lock."""

from __future__ import annotations

from bench.held import LockWatch
from bench.sheet import Sheet
from bench.timing import Spent, Watch, spent_on
from bench.world import START, copy_of, opened_at, workplace
from engine.usecases.look_at_changed import look_at_changed

FEW, MANY = 400, 4000


def measure(sheet: Sheet) -> None:
    """First few cases, then ten times as many; memory that grows with the number shows."""
    with workplace() as runtime:
        runtime.keep_second_evaluator()
        if runtime.partner is None:
            for name in ("memory", "locked"):
                sheet.absent(f"second_look.{name}", "the second evaluator cannot run on this interpreter")
            return
        step = opened_at(runtime, START)
        grown: list[float] = []
        spent = Spent(0, 0)
        watch = LockWatch()
        for first, number in ((0, FEW), (FEW, MANY)):
            with runtime.store.transaction() as tx:
                tx.append_many([copy_of(step, n) for n in range(first, first + number)], owner_of=lambda _: "aanvrager")
            watch.longest = 0.0
            with Watch() as memory:
                spent = spent_on(lambda: look_at_changed(runtime))
            grown.append(memory.grown)
    sheet.told(f"{MANY} cases: {spent.cpu / MANY * 1e6:.0f} us CPU each; grew {grown[0]:.1f} and {grown[1]:.1f} MiB")
    sheet.figure("second_look.memory", max(0.0, grown[1] - grown[0]))
    sheet.figure("second_look.locked", watch.longest * 1e3)
