"""Handing over a letter on the first day, and with 5,000 letters of a hundred days there already."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.letters import whole_letter
from bench.sheet import Sheet
from bench.timing import Spent, spent_on
from engine.letters.handover import FolderOutbox, Label, Parcel

FIRST = date(2027, 1, 4)
DAYS, A_DAY = 100, 50
ROUNDS = 200


def measure(sheet: Sheet) -> None:
    """Both outboxes get a letter of a new day in turns; CPU, because the wait for the disk is the same."""
    with TemporaryDirectory() as folder:
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
            for name, outbox in (("new", empty), ("full", full)):
                taken[name].append(
                    spent_on(lambda outbox=outbox, number=number: outbox.hand_over(parcel(number, DAYS)))
                )
    each = {name: median(one.cpu for one in spent) for name, spent in taken.items()}
    sheet.told(
        f"{each['new'] * 1e6:.0f} us CPU on the first day, {each['full'] * 1e6:.0f} after {DAYS * A_DAY} letters"
    )
    sheet.figure("handover.later", each["full"] / each["new"])
