"""What one letter costs: python -m bench.letters [rounds]

Each part is timed round robin in one process; the ratio is to the whole letter, within the same round. A letter
of two pages took 9 to 12 ms on the machine of the baselines, of which a third is Typst.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from engine.letters.language import names_used
from engine.letters.look import find_look
from engine.letters.pdf import write_pdf
from engine.letters.rendering import compose, render, write_html
from tests.letters.samples import CASE_ID, CONTENT_ROOT, DECISION, DECISION_LETTER, LATE_VALUES, SENT_ON, organisation

LETTERS_A_ROUND = 20


def whole_letter(day: date = SENT_ON) -> object:
    return render(
        DECISION_LETTER,
        DECISION,
        organisation(),
        sent_on=day,
        case_id=CASE_ID,
        late_values=LATE_VALUES,
        content_root=CONTENT_ROOT,
    )


def parts() -> dict[str, Callable[[], object]]:
    look = find_look(CONTENT_ROOT, organisation())

    def composed() -> object:
        return compose(
            DECISION_LETTER, DECISION, organisation(), sent_on=SENT_ON, case_id=CASE_ID, late_values=LATE_VALUES
        )

    sheet = compose(
        DECISION_LETTER, DECISION, organisation(), sent_on=SENT_ON, case_id=CASE_ID, late_values=LATE_VALUES
    )
    return {
        "whole letter": whole_letter,
        "names of the text, read each time": lambda: names_used(DECISION),
        "compose": composed,
        "page": lambda: write_html(sheet, look),
        "PDF": lambda: write_pdf(sheet, look),
    }


def measure(rounds: int) -> None:
    timed = parts()
    took: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(rounds):
        for name, part in timed.items():
            begin = time.perf_counter()
            for _ in range(LETTERS_A_ROUND):
                part()
            took[name].append((time.perf_counter() - begin) / LETTERS_A_ROUND)
    whole = took["whole letter"]
    print("| part | ms | ratio to whole letter |\n|---|---|---|")
    for name, times in took.items():
        ratio = statistics.median(one / all_of_it for one, all_of_it in zip(times, whole, strict=True))
        print(f"| {name} | {statistics.median(times) * 1e3:.2f} | {ratio:.2f} |")


def measure_cold(rounds: int) -> None:
    code = "from bench.letters import whole_letter; whole_letter()"
    for label, command in (("empty interpreter", "pass"), ("first letter, cold process", code)):
        times = []
        for _ in range(rounds):
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", command], check=True)
            times.append(time.perf_counter() - begin)
        print(f"{label}: {statistics.median(times) * 1e3:.0f} ms")


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    measure(rounds)
    measure_cold(min(rounds, 5))
