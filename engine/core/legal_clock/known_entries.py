"""Which entries of a ledger count, as known at a moment, to which run they belong, and in which order.

Only `runs` and `ledger_lines` ask this; everybody else asks those. Three orders meet here, and must not be mixed up:
of recording (what a correction and a moment of knowing speak of), of place (where a run begins), and of days (in
which the law lets acts work).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.core.errors import UsageError
from engine.core.legal_clock.ledger import Corrected, LedgerEntry, Restarted, Resumed, Started, Suspended
from engine.core.moment import ONE_DAY, to_utc
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry that counts, with its place in the ledger; `anew` when the clock begins anew with it."""

    place: int
    entry: LedgerEntry
    anew: bool


def entries_by_run(ledger: Sequence[LedgerEntry], as_of: datetime | None = None) -> tuple[tuple[LedgerEntry, ...], ...]:
    """The entries that count, run by run, each in order of days: known at `as_of` and not cancelled.

    A counter-entry can itself be cancelled; then the first entry counts again. A start that directly follows
    the correction of another start takes its place. A restart begins the next run. Always at least one run, the
    last of which holds now; it is empty when nothing counts. Raises UsageError for a restart without a start.
    """
    limit = None if as_of is None else to_utc(as_of)
    # What was written down later was not known: "the last day as known on X" must come out the same forever.
    known = [number for number, entry in enumerate(ledger) if limit is None or entry.recorded_at <= limit]
    cancelled = cancellations(ledger, known)
    placed: dict[int, _Placed] = {}
    for number in known:
        if not isinstance(ledger[number], Corrected):
            placed[number] = _place(ledger, number, cancelled, placed)
    counting = [placed[number] for number in placed if number not in cancelled]
    return tuple(_by_day(run) for run in _split(sorted(counting, key=lambda one: one.place)))


def cancellations(ledger: Sequence[LedgerEntry], known: Sequence[int]) -> dict[int, int]:
    """Of the known entries, by index: which one is cancelled by which. Raises UsageError for one that is not there.

    The last correction speaks first: it may cancel an earlier one, which then cancels nothing. Read from the front,
    an entry whose correction was taken back would stay cancelled.
    """
    found: dict[int, int] = {}
    for number in reversed(known):
        entry = ledger[number]
        if isinstance(entry, Corrected) and number not in found:
            found[_cancelled_index(entry, number)] = number
    return found


def _cancelled_index(entry: Corrected, number: int) -> int:
    if 0 <= entry.cancels < number:
        return entry.cancels
    raise UsageError("correction_of_no_entry", cancels=entry.cancels, before=number)


def _place(
    ledger: Sequence[LedgerEntry], number: int, cancelled: dict[int, int], placed: dict[int, _Placed]
) -> _Placed:
    """Where an entry stands: where it was written, or in the place of the start that it puts right.

    A new day 0 is written last, but what was suspended or extended before still belongs to the term that it begins.
    At its own place it would come after them, and a moved restart would wipe them out. Only the entry right after
    the counter-entry is its replacement; a later start begins for a reason of its own.
    """
    entry, before = ledger[number], ledger[number - 1] if number else None
    if isinstance(entry, Started) and isinstance(before, Corrected) and number - 1 not in cancelled:
        replaced = placed.get(before.cancels)
        if replaced is not None and isinstance(replaced.entry, Started):
            return _Placed(replaced.place, entry, isinstance(entry, Restarted) or replaced.anew)
    return _Placed(number, entry, isinstance(entry, Restarted))


def _split(placed: list[_Placed]) -> list[list[LedgerEntry]]:
    # By place, not by day: the new day 0 may lie before the old one.
    runs: list[list[LedgerEntry]] = [[]]
    for one in placed:
        if one.anew:
            if not any(isinstance(entry, Started) for run in runs for entry in run):
                raise UsageError("restart_without_start")
            runs.append([])
        runs[-1].append(one.entry)
    return runs


def _by_day(entries: list[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """In order of the days of the acts, because an act works from its day, whenever it was written down.

    On one day the order of recording stands, with one trap: who suspends counts the day of the act itself, who
    resumes counts its day again. A suspension on the day before a resumption is therefore only possible after it.
    """
    dated: list[tuple[date, LedgerEntry]] = []
    resumed_on: set[date] = set()
    for entry in entries:
        day = entry.act_day
        # Suspended again with effect from the very day of an earlier resumption: comes after it.
        if isinstance(entry, Suspended) and day + ONE_DAY in resumed_on:
            day += ONE_DAY
        if isinstance(entry, Resumed):
            resumed_on.add(day)
        dated.append((day, entry))
    return tuple(entry for _, entry in sorted(dated, key=lambda pair: pair[0]))
