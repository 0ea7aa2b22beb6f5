"""How is timed: in pairs within one round, CPU beside wall, medians of ratios. One machine is shared by many."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the wall and of the CPU (of this process, all its threads)."""

    wall: float
    cpu: float


def spent_on(work: Callable[[], object]) -> Spent:
    """What a piece of work in this process took."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round: a busy moment meets both."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def run_child(words: Sequence[str], folder: Path) -> Spent:
    """What a whole process took. Raises RuntimeError when it ends badly."""
    # An installed program has its modules compiled; a shell may forbid the interpreter to keep them.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = subprocess.Popen(words, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read() if child.stderr else b""
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(words)}: {said.decode(errors='replace')}")
    return Spent(wall, used.ru_utime + used.ru_stime)


def in_turns(ways: Mapping[str, Callable[[int], Spent]], rounds: int, *, warm: int = 1) -> dict[str, list[Spent]]:
    """Each way once in every round; the first `warm` rounds are not counted."""
    taken: dict[str, list[Spent]] = {name: [] for name in ways}
    for turn in range(rounds + warm):
        for name, way in ways.items():
            spent = way(turn)
            if turn >= warm:
                taken[name].append(spent)
    return taken


TREDE = (sys.executable, "-c", "from engine.cli.main import run; run()")


def memory_now() -> float:
    """MiB of memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Watch:
    """The most memory (MiB) this process held while the block ran, sampled every few milliseconds."""

    def __enter__(self) -> Watch:
        self.first = self.most = memory_now()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def grown(self) -> float:
        """How much more than at the beginning."""
        return self.most - self.first

    def _look(self) -> None:
        while not self._done.wait(0.005):
            self.most = max(self.most, memory_now())
