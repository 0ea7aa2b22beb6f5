"""Cold starts: what a consultant waits for. Whole processes, from nothing to the answer, each once in every round.

The ratio is of CPU time (the wall stands beside it): a shared machine makes the wall of a short process mean little.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench.sheet import Sheet
from bench.timing import TREDE, Spent, in_turns, ratio, run_child
from bench.world import apply_for, workplace

ROUNDS = 12


def measure(sheet: Sheet) -> None:
    """Modules and content are compiled by the first rounds, which are not counted."""
    with workplace() as runtime:
        case_id = apply_for(runtime, 1)
        runtime.close()
        taken = in_turns(_commands(runtime.settings.workplace, case_id), ROUNDS, warm=2)
    cpu = {name: [spent.cpu for spent in all_of_it] for name, all_of_it in taken.items()}
    for name, spent in taken.items():
        times = ratio(cpu[name], cpu["empty interpreter"])
        wall = median(one.wall for one in spent)
        sheet.told(f"{name:<20} {median(cpu[name]) * 1e3:5.0f} ms CPU, {wall * 1e3:5.0f} ms wall, {times:5.2f} x empty")
    for name in ("show", "why", "inbox", "explain"):
        sheet.figure(f"start.{name}", ratio(cpu[name], cpu["empty interpreter"]))
    sheet.figure("start.advance", ratio(cpu["advance"], cpu["import sqlalchemy"]))


def _commands(folder: Path, case_id: str) -> dict[str, Callable[[int], Spent]]:
    def child(*words: str) -> Callable[[int], Spent]:
        return lambda _: run_child(words, folder)

    def advance(turn: int) -> Spent:
        # Every turn is another answer, so that each is a real act that is written.
        missing = "zienswijze_leerling" if turn % 2 else "zienswijze_ouders"
        words: Sequence[str] = ("--set", f"stukken=aanvraagformulier,{missing}", "--as", "aanvrager")
        return run_child((*TREDE, "case", "advance", case_id, "deel_aangevuld", *words), folder)

    return {
        "empty interpreter": child(sys.executable, "-c", "pass"),
        "import sqlalchemy": child(sys.executable, "-c", "import sqlalchemy"),
        "help": child(*TREDE, "--help"),
        "show": child(*TREDE, "case", "show", case_id),
        "why": child(*TREDE, "case", "why", case_id),
        "inbox": child(*TREDE, "inbox"),
        "explain": child(*TREDE, "term", "explain", case_id, "beslistermijn"),
        "advance": advance,
    }
