"""A sweep over many open cases of which one in a hundred has a term that has passed, with the real content.

python -m bench sweep [--cases 100000]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.world import APPLICANT, CONTENT, START, WHO, make_workplace
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import ask
from engine.core.deciding.step import Step
from engine.core.moment import local_day
from engine.runtime import Runtime
from engine.usecases.run_due import run_due

BATCH = 1000
ONE_IN = 100


def main(words: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--content", type=Path, default=CONTENT)
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        runtime = make_workplace(Path(folder) / "werkplek", given.content)
        measure(runtime, given.cases)
        runtime.close()


def measure(runtime: Runtime, count: int) -> None:
    """Open the cases, let the clock pass the terms of the early ones, and sweep."""
    started = perf_counter()
    fill(runtime, count)
    print(f"sweep, opening {count} cases: {(perf_counter() - started) / count * 1e6:.0f} us each")
    _time_sweep(runtime, "reminders")
    with runtime.store.transaction() as tx:
        tx.set_clock_moment(START + timedelta(days=3))
    _time_sweep(runtime, "terms passed")
    _time_sweep(runtime, "nothing due")


def fill(runtime: Runtime, count: int) -> None:
    """Many drafts opened today, and one in a hundred so long ago that its term ends the day after tomorrow."""
    early = START - timedelta(weeks=8) + timedelta(days=1)
    today = _opened(runtime, START)
    past = _opened(runtime, early)
    for numbers in _batches(count):
        with runtime.store.transaction() as tx:
            steps = [_copy(past if number % ONE_IN == 0 else today, number) for number in numbers]
            tx.append_many(steps, owner_of=lambda _: "aanvrager")


def _opened(runtime: Runtime, moment: datetime) -> Step:
    content = runtime.content("tlv", local_day(moment))
    opening = Opening(case_id="TLV-0", entry="aanvraag", facts={**WHO, "leerling.nummer": "900000000"})
    step = open_case(ask(content, new_case(content, opening, moment), APPLICANT, moment, ()), opening)
    assert isinstance(step, Step), step
    return step


def _copy(step: Step, number: int) -> Step:
    return replace(step, after=replace(step.after, id=f"TLV-0000-{number:06d}", subject=f"9{number:08d}"))


def _batches(count: int) -> Iterator[range]:
    yield from (range(start, min(start + BATCH, count)) for start in range(0, count, BATCH))


def _time_sweep(runtime: Runtime, name: str) -> None:
    started = perf_counter()
    report = run_due(runtime)
    seconds = perf_counter() - started
    each = f", {seconds / report.done * 1e3:.2f} ms each" if report.done else ""
    print(f"sweep, {name:<14} {report.done:6d} done, {len(report.failed)} failed: {seconds * 1e3:8.1f} ms{each}")


if __name__ == "__main__":
    main(sys.argv[1:])
