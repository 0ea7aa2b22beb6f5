"""Taking over a register: rows for each CPU second, memory for five times as many rows, the write lock."""

from __future__ import annotations

import csv
from pathlib import Path

from bench.held import LockWatch
from bench.sheet import Sheet
from bench.timing import Watch, spent_on
from bench.world import ADMISSION, CONTENT, workplace
from engine.usecases.import_register import import_register

REGISTER = CONTENT / "examples" / "almere" / "register.csv"
FEW, MANY = 500, 2500


def measure(sheet: Sheet) -> None:
    """The speed is of the longer register, with the cases of the shorter one there already."""
    with workplace() as runtime:
        watch = LockWatch()
        grown = []
        for first, number in ((0, FEW), (FEW, MANY)):
            path = _write(runtime.settings.workplace / f"{number}.csv", first, number)
            with Watch() as memory:
                spent = spent_on(
                    lambda path=path: import_register(runtime, "tlv", path, ADMISSION, entry_id="overname")
                )
            grown.append(memory.grown)
        with runtime.reading() as readings:
            opened = sum(readings.counts("almere").values())
    assert opened == FEW + MANY, opened
    sheet.told(f"{MANY} rows: {MANY / spent.wall:.0f} a second of the wall; grew {grown[0]:.1f} and {grown[1]:.1f} MiB")
    sheet.figure("importing.speed", MANY / spent.cpu)
    sheet.figure("importing.memory", max(0.0, grown[1] - grown[0]))
    sheet.figure("importing.locked", watch.longest * 1e3)


def _write(path: Path, first: int, number: int) -> Path:
    """The register of the demo over and over, each row another pupil."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, fieldnames=list(rows[0]))
        out.writeheader()
        for index in range(first, first + number):
            row = rows[index % len(rows)]
            # A pupil number passes the eleven test, or the row is refused; the register shows how.
            out.writerow(
                {**row, "leerlingnummer": f"9{index:08d}", "tlv_nummer": f"{row['tlv_nummer'][:9]}{index:05d}"}
            )
    return path
