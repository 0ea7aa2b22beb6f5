"""A part that gives no figure at all."""

from __future__ import annotations

from bench.sheet import Sheet


def measure(sheet: Sheet) -> None:
    sheet.told("niets")
