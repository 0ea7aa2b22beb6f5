"""A part that gives a fine figure and then breaks down."""

from __future__ import annotations

from bench.sheet import Sheet


def measure(sheet: Sheet) -> None:
    sheet.figure("crashing.cost", 0)
    raise RuntimeError("de meting is stuk")
