"""The ledger of one clock as a person reads it: numbered lines, and which of them no longer count."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.core.legal_clock.known_entries import cancellations, entries_by_run
from engine.core.legal_clock.ledger import Corrected, LedgerEntry
from engine.core.quick_class import dataclass


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
    """Every line of the ledger in the order of recording. Raises UsageError like `entries_by_run`."""
    counting = _ids(entries_by_run(ledger)[-1])
    cancelled_by = cancellations(ledger, range(len(ledger)))
    return tuple(
        LedgerLine(
            number=index + 1,
            entry=entry,
            counts=index not in cancelled_by and (isinstance(entry, Corrected) or id(entry) in counting),
            cancels=entry.cancels + 1 if isinstance(entry, Corrected) else None,
            cancelled_by=cancelled_by[index] + 1 if index in cancelled_by else None,
        )
        for index, entry in enumerate(ledger)
    )


def line_numbers(ledger: Sequence[LedgerEntry], entries: Collection[LedgerEntry]) -> tuple[int, ...]:
    """The lines, from 1, of entries that a run of this ledger named.

    By identity: a start that was moved away and back is equal to one that no longer counts.
    """
    wanted = _ids(entries)
    return tuple(number for number, entry in enumerate(ledger, 1) if id(entry) in wanted)


def _ids(entries: Collection[LedgerEntry]) -> set[int]:
    return {id(entry) for entry in entries}
