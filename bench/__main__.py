"""All measurements, or those of the parts named: python -m bench [start advance ...].

Prints every figure with bar, goal and verdict; ends with 1 when a bar does not hold or a part breaks down.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.figures import FIGURES, OTHER_PARTS, Figure, parts_of, verdict
from bench.pace import Pace
from bench.sheet import AT_PACE, MARK


@dataclass(slots=True)
class Results:
    """What the parts told, and which broke down."""

    values: dict[str, float] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    paces: dict[str, Pace] = field(default_factory=dict)

    def of(self, figure: Figure) -> float | None:
        """A figure as it is told; None when its part said nothing, of it or of the pace it was measured at."""
        measured, pace = self.values.get(figure.id), self.paces.get(figure.part)
        if measured is None or not figure.is_cpu:
            return measured
        return figure.at_pace(measured, pace) if pace else None

    def take(self, part: str, line: str) -> None:
        """One line of a part: a figure, or text for people."""
        if not line.startswith(MARK):
            print(line, end="", flush=True)
            return
        said = json.loads(line.removeprefix(MARK))
        if "python" in said:
            self.paces[part] = Pace(**said)
        elif "absent" in said:
            self.absent[said["name"]] = said["absent"]
        else:
            self.values[said["name"]] = said["value"]


def run(
    words: Sequence[str],
    *,
    figures: Sequence[Figure] = FIGURES,
    others: Sequence[str] = OTHER_PARTS,
    package: str = "bench",
) -> int:
    """Measure, print the table; the exit code. Raises SystemExit for a part that does not exist."""
    parts = (*parts_of(figures), *others)
    unknown = [name for name in words if name not in parts]
    if unknown:
        sys.exit(f"Onbekend: {', '.join(unknown)}. Kies uit: {', '.join(parts)}.")
    wanted = tuple(words) or parts
    results = Results()
    for name in wanted:
        _run_part(package, name, results, at_pace=any(one.is_cpu for one in figures if one.part == name))
    stops = _print_table([figure for figure in figures if figure.part in wanted], results)
    return 1 if stops or results.broken else 0


def _run_part(package: str, name: str, results: Results, *, at_pace: bool) -> None:
    """Each part in a process of its own, so that none pays for what another imported."""
    module = f"{package}.{name}"
    print(f"\n## {module}", flush=True)
    started = time.perf_counter()
    words = [sys.executable, "-m", "bench.sheet", module, *([AT_PACE] if at_pace else ())]
    with subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8") as part:
        assert part.stdout is not None
        for line in part.stdout:
            results.take(name, line)
    print(f"  ({time.perf_counter() - started:.0f} s)", flush=True)
    if part.returncode:
        results.broken.append(module)


def _print_table(figures: Sequence[Figure], results: Results) -> bool:
    stops = False
    print(f"\n{'figure':<62}{'value':>10} {'bar':>7} {'goal':>7}  {'unit':<13}verdict")
    told = {figure.id: value for figure in figures if (value := results.of(figure)) is not None}
    for figure in figures:
        said, stopping = verdict(figure, told, results.absent)
        stops = stops or stopping
        if figure.is_cpu and figure.id in told:
            said += f"; {_shown(results.values[figure.id])} on this machine"
        value = _shown(told.get(figure.id))
        print(f"{figure.what:<62}{value:>10} {figure.bar:>7g} {figure.goal:>7g}  {figure.unit:<13}{said}")
    for module in results.broken:
        print(f"{module} broke down; its figures are not to be trusted.")
    return stops


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
