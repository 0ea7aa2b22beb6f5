"""Which entries of a ledger count, as known at a moment, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.core.errors import UsageError
from engine.core.legal_clock.ledger import Corrected, LedgerEntry, Restarted, Resumed, Started, Suspended
from engine.core.moment import ONE_DAY, to_utc


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry that counts, with its place in the ledger; `anew` when the clock begins anew with it."""

    place: int
    entry: LedgerEntry
    anew: bool


def entries_known(ledger: Sequence[LedgerEntry], as_of: datetime | None = None) -> tuple[LedgerEntry, ...]:
    """The entries that count, in order of their day: known at `as_of` and not cancelled by a counter-entry.

    A counter-entry can itself be cancelled; then the first entry counts again. A start that directly follows
    the correction of another start takes its place. What lies before a restart no longer counts.
    """
    limit = None if as_of is None else to_utc(as_of)
    known = [number for number, entry in enumerate(ledger) if limit is None or entry.recorded_at <= limit]
    cancelled = _cancelled(ledger, known)
    placed: dict[int, _Placed] = {}
    for number in known:
        entry = ledger[number]
        if not isinstance(entry, Corrected):
            placed[number] = _place(ledger, number, entry, cancelled, placed)
    counting = [placed[number] for number in placed if number not in cancelled]
    return _by_day(_since_restart(sorted(counting, key=lambda one: one.place)))


def _cancelled(ledger: Sequence[LedgerEntry], known: Sequence[int]) -> set[int]:
    cancelled: set[int] = set()
    for number in reversed(known):
        entry = ledger[number]
        if isinstance(entry, Corrected) and number not in cancelled:
            cancelled.add(_cancelled_index(entry, number))
    return cancelled


def _cancelled_index(entry: Corrected, number: int) -> int:
    if 0 <= entry.cancels < number:
        return entry.cancels
    raise UsageError(
        f"De correctie verwijst naar klokregel {entry.cancels}, maar die staat niet eerder in het klokboek.",
        why=f"Voor de correctie staan {number} regels, genummerd vanaf 0.",
        next_step="Verwijs naar de regel die niet meer moet gelden.",
    )


def _place(
    ledger: Sequence[LedgerEntry], number: int, entry: LedgerEntry, cancelled: set[int], placed: dict[int, _Placed]
) -> _Placed:
    before = ledger[number - 1] if number else None
    if isinstance(entry, Started) and isinstance(before, Corrected) and number - 1 not in cancelled:
        replaced = placed.get(before.cancels)
        if replaced is not None and isinstance(replaced.entry, Started):
            return _Placed(replaced.place, entry, isinstance(entry, Restarted) or replaced.anew)
    return _Placed(number, entry, isinstance(entry, Restarted))


def _since_restart(placed: list[_Placed]) -> list[LedgerEntry]:
    # By place, not by day: the new day 0 may lie before the old one.
    restarts = [number for number, one in enumerate(placed) if one.anew]
    if not restarts:
        return [one.entry for one in placed]
    if not any(isinstance(one.entry, Started) for one in placed[: restarts[0]]):
        raise UsageError(
            "De klok kan niet opnieuw beginnen.",
            why="De klok loopt niet: er is nog geen start.",
            next_step="Start de klok eerst.",
        )
    return [one.entry for one in placed[restarts[-1] :]]


def _by_day(entries: list[LedgerEntry]) -> tuple[LedgerEntry, ...]:
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
