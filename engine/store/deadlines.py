"""Deadlines as rows: made equal to what a step says is open, claimed when due, fired once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from engine.core.deciding.step import Deadline
from engine.store.codec import row_of
from engine.store.link import Link
from engine.store.snapshot import maybe_day

# A status that is asked for is written out: only then does the database use the index on open rows.
_STATUS = "SELECT key, status, last_day FROM deadlines WHERE case_id = :case_id"
_IS_THIS = "case_id = :case_id AND key = :key"
_SET_LAST_DAY = f"UPDATE deadlines SET last_day = :last_day WHERE {_IS_THIS}"
_SET_STATUS = f"UPDATE deadlines SET status = :status WHERE {_IS_THIS}"
_FIRE = f"UPDATE deadlines SET status = 'fired', fired_at = :fired_at WHERE {_IS_THIS} AND status = :status"
_SET_NEXT = """
    UPDATE cases SET next_due_at = (SELECT min(due_at) FROM deadlines WHERE case_id = :case_id AND status = 'open')
    WHERE id = :case_id
"""


def first_due_at(open_deadlines: Iterable[Deadline]) -> datetime | None:
    """The first moment of these deadlines."""
    return min((deadline.due_at for deadline in open_deadlines), default=None)


def insert_deadlines(link: Link, by_case: Sequence[tuple[str, Deadline]]) -> None:
    """Write deadlines that are not there yet, all open."""
    if by_case:
        link.add("deadlines", [_row(case_id, deadline) for case_id, deadline in by_case])


def match_deadlines(link: Link, case_id: str, wanted: Sequence[Deadline]) -> None:
    """Make the open rows of a case equal to `wanted`.

    New keys are added, open ones that are no longer wanted are cancelled, cancelled ones that are wanted again
    are opened. What was fired stays fired. A reminder that stays where it is may belong to another last day now.
    """
    there = {row["key"]: row for row in link.rows(_STATUS, {"case_id": case_id})}
    wanted_keys = {deadline.key for deadline in wanted}
    dropped = [key for key, row in there.items() if row["status"] == "open" and key not in wanted_keys]
    opened = [key for key in wanted_keys if key in there and there[key]["status"] == "cancelled"]
    changes = [(key, "cancelled") for key in dropped] + [(key, "open") for key in opened]
    insert_deadlines(link, [(case_id, deadline) for deadline in wanted if deadline.key not in there])
    if changes:
        link.run(_SET_STATUS, *({"case_id": case_id, "key": key, "status": status} for key, status in changes))
    moved = [one for one in wanted if one.key in there and maybe_day(there[one.key]["last_day"]) != one.last_day]
    if moved:
        link.run(_SET_LAST_DAY, *({"case_id": case_id, "key": one.key, "last_day": one.last_day} for one in moved))
    if any(key in there and there[key]["status"] == "fired" for key in wanted_keys):
        link.run(_SET_NEXT, {"case_id": case_id})


def fire_deadline(link: Link, case_id: str, key: str, at: datetime) -> bool:
    """Mark a deadline as dealt with; False when it was already, or does not exist."""
    this = {"case_id": case_id, "key": key, "fired_at": at}
    # Mostly the step that dealt with it has dropped it already, and set the next moment of the case.
    if link.run(_FIRE, this | {"status": "cancelled"}):
        return True
    if not link.run(_FIRE, this | {"status": "open"}):
        return False
    link.run(_SET_NEXT, {"case_id": case_id})
    return True


def _row(case_id: str, deadline: Deadline) -> dict[str, Any]:
    return row_of(deadline) | {"case_id": case_id, "status": "open", "fired_at": None}
