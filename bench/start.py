"""What a consultant waits for: whole processes, from nothing to the answer, against an empty interpreter.

python -m bench start [--rounds 15]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.world import CONTENT, apply_for, make_workplace

EMPTY = (sys.executable, "-c", "pass")
TREDE = (sys.executable, "-c", "from engine.cli.main import run; run()")


def main(words: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--content", type=Path, default=CONTENT)
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        runtime = make_workplace(Path(folder) / "werkplek", given.content)
        case_id = apply_for(runtime, 1)
        runtime.close()
        measure(Path(folder) / "werkplek", case_id, given.rounds)


def measure(workplace: Path, case_id: str, rounds: int) -> None:
    """Each command once in every round, so that a busy moment of the machine meets all of them."""
    act = ("deel_aangevuld", "--set", "stukken=aanvraagformulier", "--as", "aanvrager", "--dry-run")
    commands: dict[str, Sequence[str]] = {
        "empty interpreter": EMPTY,
        "trede --help": (*TREDE, "--help"),
        "trede case show": (*TREDE, "case", "show", case_id),
        "trede case why": (*TREDE, "case", "why", case_id),
        "trede inbox": (*TREDE, "inbox"),
        "trede case advance --dry-run": (*TREDE, "case", "advance", case_id, *act),
    }
    # An installed program has its modules compiled; a shell may forbid the interpreter to keep them.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            started = perf_counter()
            subprocess.run(command, cwd=workplace, env=environ, check=True, stdout=subprocess.DEVNULL)
            if turn:  # the first round compiles modules and content
                seconds[name].append(perf_counter() - started)
    base = median(seconds["empty interpreter"])
    for name, measured in seconds.items():
        middle, least = median(measured), min(measured)
        print(f"start, {name:<30} {middle * 1e3:5.0f} ms  (least {least * 1e3:4.0f})  {middle / base:5.1f}x empty")


if __name__ == "__main__":
    main(sys.argv[1:])
