"""Work by the calendar in the store: what became of each time it came up, and who was drawn.

The key of a row is what keeps two workers from doing it twice: who comes second finds it taken, and writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from engine.core.deciding.sampling import Candidate, Sampling
from engine.core.deciding.step import Entry
from engine.core.errors import OvertakenError
from engine.core.quick_class import dataclass
from engine.store.codec import read_row
from engine.store.readings import Readings
from engine.store.snapshot import to_json

if TYPE_CHECKING:
    from engine.store.transaction import Transaction

DUE = "planned_due"
"""The remembered first day on which something comes up, with the digest of the content by which it was worked out."""
_THROUGH = "SELECT through FROM planned_works WHERE organisation = :organisation AND work = :work"
_KEYS = """SELECT slot, number FROM planned_occasions
           WHERE organisation = :organisation AND work = :work AND planned_for >= :since"""
_OCCASIONS = """SELECT work, slot, number, planned_for, fate, case_id, at FROM planned_occasions
                WHERE organisation = :organisation AND planned_for >= :since ORDER BY planned_for, work, number"""
_DRAW = "SELECT * FROM draws WHERE organisation = :organisation AND work = :work AND slot = :slot"
_DRAWS = "SELECT work, slot FROM draws WHERE organisation = :organisation ORDER BY planned_for, work"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    """What became of one time that work came up for one of those it is for; `case_id` is empty when none was opened."""

    work: str
    slot: str
    number: str
    planned_for: date
    fate: str
    case_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRow:
    """A draw as it was done: from whom, how, with which seed, and who came out.

    `unknown` are the numbers of whom nobody could say whether they belong to the population.
    """

    work: str
    slot: str
    planned_for: date
    at: datetime
    seed: str
    sampling: Sampling
    population: tuple[Candidate, ...]
    drawn: tuple[Candidate, ...]
    unknown: tuple[str, ...] = ()


def looked_through(readings: Readings, work: str) -> date | None:
    """The last day through which this work was dealt with; None when it never was looked at."""
    found = readings.rows(_THROUGH, work=work)
    return _day(found[0]["through"]) if found else None


def dealt_with(readings: Readings, work: str, since: date) -> frozenset[tuple[str, str]]:
    """What was dealt with of the occasions from this day on: round and number of each."""
    return frozenset((row["slot"], row["number"]) for row in readings.rows(_KEYS, work=work, since=since))


def occasions_since(readings: Readings, since: date) -> tuple[TurnRow, ...]:
    """What became of all work that came up for a day from this one on, by day."""
    return tuple(read_row(TurnRow, row, case_id=row["case_id"] or "") for row in readings.rows(_OCCASIONS, since=since))


def draw_of(readings: Readings, work: str, slot: str) -> DrawRow | None:
    """The draw of this round; None when nobody drew."""
    found = readings.rows(_DRAW, work=work, slot=slot)
    return _decode_draw(found[0]) if found else None


def draws_done(readings: Readings) -> tuple[tuple[str, str], ...]:
    """The work and round of every draw, oldest first."""
    return tuple((row["work"], row["slot"]) for row in readings.rows(_DRAWS))


def keep_occasion(tx: Transaction, row: TurnRow, entry: Entry | None = None) -> None:
    """Write what became of it; the `entry` where no case tells. Raises OvertakenError when another was first."""
    plain = {
        "organisation": tx.organisation,
        "work": row.work,
        "slot": row.slot,
        "number": row.number,
        "planned_for": row.planned_for,
        "fate": row.fate,
        "at": row.at,
        "case_id": row.case_id or None,
    }
    if not tx.keep_planned("planned_occasions", plain, entry):
        raise OvertakenError("planned_by_another", work=row.work, number=row.number)


def keep_draw(tx: Transaction, row: DrawRow, entry: Entry) -> bool:
    """Write a draw and its line of the journal; False, and nothing is written, when it was drawn already."""
    how = row.sampling
    plain = {
        "organisation": tx.organisation,
        "work": row.work,
        "slot": row.slot,
        "planned_for": row.planned_for,
        "at": row.at,
        "seed": row.seed,
        "sampling": to_json({"share": how.share, "rounding": how.rounding, "at_least": how.at_least, "per": how.per}),
        "population": _members(row.population),
        "drawn": _members(row.drawn),
        "unknown": to_json(list(row.unknown)),
    }
    return tx.keep_planned("draws", plain, entry)


def keep_through(tx: Transaction, work: str, through: date) -> None:
    """From here on what came up through this day is dealt with."""
    tx.keep_planned_through(work, through)


def _members(members: Sequence[Candidate]) -> str:
    return to_json([[one.number, one.group] for one in members])


def _decode_draw(row: Mapping[str, Any]) -> DrawRow:
    members = {
        name: tuple(Candidate(number, group) for number, group in json.loads(row[name]))
        for name in ("population", "drawn")
    }
    unknown, sampling = tuple(json.loads(row["unknown"])), Sampling(**json.loads(row["sampling"]))
    return read_row(DrawRow, row, sampling=sampling, unknown=unknown, **members)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
