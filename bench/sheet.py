"""What a part tells: figures for the table, and lines for people. A part runs in a process of its own."""

from __future__ import annotations

import importlib
import json
import sys

from engine.cli.main import collect_seldom

MARK = "@figure "


class Sheet:
    """Handed to `measure(sheet)` of a part; what is written on it reaches the process that makes the table."""

    def figure(self, name: str, value: float) -> None:
        """A measured value of the table."""
        self._send(name=name, value=value)

    def absent(self, name: str, why: str) -> None:
        """A value that cannot be measured on this machine, and why."""
        self._send(name=name, absent=why)

    def told(self, line: str) -> None:
        """A line beside the table."""
        print(f"  {line}", flush=True)

    def _send(self, **said: object) -> None:
        print(MARK + json.dumps(said), flush=True)


if __name__ == "__main__":
    collect_seldom()  # what is measured runs as the program runs
    importlib.import_module(sys.argv[1]).measure(Sheet())
