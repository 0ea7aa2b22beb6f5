"""The ledger of one clock as a person reads it: numbered lines, and which of them no longer count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.legal_clock.known_entries import entries_known
from engine.core.legal_clock.ledger import Corrected, LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line, numbered from 1.

    `counts` is false for a line that a correction cancelled and for what lies before a new beginning; a
    counter-entry counts while it is itself not cancelled. `cancelled_by` and `cancels` are line numbers.
    """

    number: int
    entry: LedgerEntry
    counts: bool
    cancels: int | None = None
    cancelled_by: int | None = None


def tell_ledger(ledger: Sequence[LedgerEntry]) -> tuple[LedgerLine, ...]:
    """Every line of the ledger in the order of recording. Raises UsageError like `entries_known`."""
    known = {id(entry) for entry in entries_known(ledger)}
    cancelled_by = _cancellations(ledger)
    return tuple(
        LedgerLine(
            number=number,
            entry=entry,
            counts=number not in cancelled_by and (isinstance(entry, Corrected) or id(entry) in known),
            cancels=entry.cancels + 1 if isinstance(entry, Corrected) else None,
            cancelled_by=cancelled_by.get(number),
        )
        for number, entry in enumerate(ledger, 1)
    )


def _cancellations(ledger: Sequence[LedgerEntry]) -> dict[int, int]:
    """Which line cancels which; the last correction speaks first, because it may cancel an earlier one."""
    found: dict[int, int] = {}
    for number in range(len(ledger), 0, -1):
        entry = ledger[number - 1]
        if isinstance(entry, Corrected) and number not in found:
            found[entry.cancels + 1] = number
    return found
