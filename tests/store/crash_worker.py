"""A worker that sweeps the due deadlines and dies, by its own hand, at a given point of its work.

python -m tests.store.crash_worker URL POINTS   with POINTS 0 it goes on to the end
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from engine.core.deciding.step import Notice
from engine.store.database import Store
from engine.store.transaction import Transaction
from tests.store.samples import days, letter, moving

_passed = count(1)


def pass_point(last: int) -> None:
    """One of the points between two acts; at the last one the process is gone."""
    if next(_passed) == last:
        os.kill(os.getpid(), signal.SIGKILL)


def sweep(tx: Transaction, last: int) -> bool:
    """Deal with two deadlines in one transaction; False when there are none."""
    found = tx.due(days(2), 2)
    for due in found:
        pass_point(last)
        case = tx.load_case(due.case_id)
        notice = Notice(to="bestuur", kind="term_passed", term="t")
        tx.append(moving(case, letters=[letter(f"{case.id}/b1")], notices=[notice]))
        pass_point(last)
        tx.mark_fired(due.case_id, due.deadline.key, days(2))
        pass_point(last)
    tx.flush()
    pass_point(last)
    return bool(found)


def run(url: str, last: int) -> None:
    """Sweep until nothing is due."""
    store = Store(url, "dorp")
    is_busy = True
    while is_busy:
        with store.transaction() as tx:
            is_busy = sweep(tx, last)
        pass_point(last)
    store.close()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
