"""What a part tells: figures for the table, and lines for people. A part runs in a process of its own."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence

from bench.pace import Pace, pace_now, pace_of
from engine.cli.main import collect_seldom

MARK = "@figure "
AT_PACE = "--at-pace"
PACES = 4


class Sheet:
    """Handed to `measure(sheet)` of a part; what is written on it reaches the process that makes the table."""

    def figure(self, name: str, value: float) -> None:
        """A measured value of the table."""
        self._send(name=name, value=value)

    def absent(self, name: str, why: str) -> None:
        """A value that cannot be measured on this machine, and why."""
        self._send(name=name, absent=why)

    def pace(self, paces: Sequence[Pace]) -> Pace:
        """The pace at which this part ran, from those taken around and in it; the table is told at that of the bars."""
        pace = pace_of(paces)
        self.told(f"the machine: Python takes {pace.python:.2f} x, SQLite {pace.sqlite:.2f} x what the bars are of")
        self._send(python=pace.python, sqlite=pace.sqlite)
        return pace

    def told(self, line: str) -> None:
        """A line beside the table."""
        print(f"  {line}", flush=True)

    def _send(self, **said: object) -> None:
        print(MARK + json.dumps(said), flush=True)


def _measure(module: str, *, at_pace: bool) -> None:
    part, sheet = importlib.import_module(module), Sheet()
    # What is made only once belongs to nobody's pace: the first is left out.
    before = [pace_now() for _ in range(PACES + 1)][1:] if at_pace else []
    part.measure(sheet)
    if at_pace:
        sheet.pace([*before, *(pace_now() for _ in range(PACES))])


if __name__ == "__main__":
    collect_seldom()  # what is measured runs as the program runs
    _measure(sys.argv[1], at_pace=AT_PACE in sys.argv)
