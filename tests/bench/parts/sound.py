"""A part that gives its figures: one is what the test asks for, the other cannot be measured here."""

from __future__ import annotations

import os

from bench.sheet import Sheet


def measure(sheet: Sheet) -> None:
    sheet.told("een regel voor mensen")
    sheet.figure("sound.cost", float(os.environ["MEASURED_COST"]))
    sheet.figure("sound.speed", float(os.environ["MEASURED_SPEED"]))
    sheet.absent("sound.elsewhere", "there is no such database here")
