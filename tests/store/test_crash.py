from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.store.database import Store
from engine.store.journal import verify
from tests.store.samples import days, deadline, make_case, opening

CASES = 14
# Each kind of point once (one transaction has eight and one after it), and further on in the work.
DEATHS = (1, 2, 3, 4, 6, 7, 8, 13, 16)


def run_worker(url: str, points: int) -> int:
    command = [sys.executable, "-m", "tests.store.crash_worker", url, str(points)]
    return subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode


def check_whole_or_not_at_all(store: Store) -> int:
    """Every case was handled wholly or not at all. How many were."""
    handled = 0
    with store.reading() as readings:
        assert verify(readings, "dorp") is None
        for case in readings.each_case("dorp"):
            steps = case.version - 1
            handled += steps
            assert steps in (0, 1), "a deadline was fired twice"
            assert [row.status for row in readings.deadlines(case.id)] == [("open", "fired")[steps]]
            assert len(readings.journal(case.id)) == 1 + steps
            assert len(readings.letters(case.id)) == steps
            assert len(readings.notices(case.id)) == steps
    return handled


@pytest.mark.slow
def test_a_killed_worker_leaves_each_step_wholly_or_not_at_all_and_the_next_goes_on(url: str, store: Store) -> None:
    cases = [make_case(f"VOG-2026-{number:04d}") for number in range(CASES)]
    with store.transaction() as tx:
        tx.append_many([opening(case, deadlines=[deadline("p", days(1))]) for case in cases])
    handled = 0
    for points in DEATHS:
        assert run_worker(url, points) == -signal.SIGKILL
        before, handled = handled, check_whole_or_not_at_all(store)
        assert handled - before == 2 * (points // 8)
    assert run_worker(url, 0) == 0
    assert check_whole_or_not_at_all(store) == CASES
