"""Handing over a letter on the first day, and with 5,000 letters of a hundred days there already.

In memory where the machine has a place for files there (else on disk): what a disk takes for a new file hangs on where
it finds room, and that came out between half and twice from one run to the next, for either outbox.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.letters import whole_letter
from bench.sheet import Sheet
from bench.timing import Spent, ratio, spent_on
from engine.letters.handover import FolderOutbox, Label, Parcel

FIRST = date(2027, 1, 4)
DAYS, A_DAY = 100, 50
ROUNDS = 200
IN_MEMORY = Path("/dev/shm")  # a folder of its own is made in it


def measure(sheet: Sheet) -> None:
    """Both outboxes get a letter of a new day in turns; CPU, because the wait for the disk is the same."""
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        empty, full = (FolderOutbox(folder=Path(folder) / name, survives_power_cut=False) for name in ("new", "full"))
        rendered = whole_letter("Sam Voorbeeld")

        def parcel(number: int, day: int) -> Parcel:
            case_id = f"TLV-2027-{number:05d}"
            return Parcel(
                label=Label(
                    key=f"{case_id}/besluit/1",
                    identity=f"{number:016x}",
                    case_id=case_id,
                    letter="besluit",
                    addressee="ouders",
                ),
                sent_on=FIRST + timedelta(days=day),
                rendered=rendered,
            )

        for number in range(DAYS * A_DAY):
            full.hand_over(parcel(number, number // A_DAY))
        taken: dict[str, list[Spent]] = {"new": [], "full": []}
        for number in range(10**5, 10**5 + ROUNDS):
            pair = (("new", empty), ("full", full))
            for name, outbox in pair if number % 2 else reversed(pair):  # who comes first finds its files at hand less
                taken[name].append(
                    spent_on(lambda outbox=outbox, number=number: outbox.hand_over(parcel(number, DAYS)))
                )
    each = {name: median(one.cpu for one in spent) for name, spent in taken.items()}
    sheet.told(
        f"{each['new'] * 1e6:.0f} us CPU on the first day, {each['full'] * 1e6:.0f} after {DAYS * A_DAY} letters"
    )
    sheet.figure("handover.later", ratio(*([one.cpu for one in taken[name]] for name in ("full", "new"))))
