"""Deadlines as rows: made equal to what a step says is open, claimed when due, fired once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from engine.core.deciding.step import Deadline
from engine.store.codec import row_of
from engine.store.schema import cases, deadlines
from engine.store.snapshot import maybe_day
from engine.store.written import Written

# "open" is written out in the SQL: only then does the database use the index on open rows.
_FIRST = "SELECT d.* FROM deadlines d JOIN cases c ON c.id = d.case_id WHERE d.status = 'open' AND d.due_at <= :now"
_BEHIND = " AND (d.due_at, d.case_id, d.key) > (:after_due_at, :after_case_id, :after_key)"
_IN_ORDER = " ORDER BY d.due_at, d.case_id, d.key LIMIT :limit"
DUE, DUE_AFTER = _FIRST + _IN_ORDER, _FIRST + _BEHIND + _IN_ORDER
_OF_CASE = deadlines.c.case_id == bindparam("the_case")
_STATUS = Written(select(deadlines.c.key, deadlines.c.status, deadlines.c.last_day).where(_OF_CASE))
_IS_THIS = and_(deadlines.c.case_id == bindparam("the_case"), deadlines.c.key == bindparam("the_key"))
_SET_LAST_DAY = Written(update(deadlines).where(_IS_THIS).values(last_day=bindparam("the_last_day")))
_SET_STATUS = Written(update(deadlines).where(_IS_THIS).values(status=bindparam("the_status")))
_FIRE = Written(
    update(deadlines)
    .where(_IS_THIS, deadlines.c.status == bindparam("the_status"))
    .values(status="fired", fired_at=bindparam("the_moment"))
)
_ADD = Written(insert(deadlines))
_FIRST_OPEN = (
    select(func.min(deadlines.c.due_at))
    .where(deadlines.c.case_id == bindparam("the_case"), deadlines.c.status == "open")
    .scalar_subquery()
)
_SET_NEXT = Written(update(cases).where(cases.c.id == bindparam("the_case")).values(next_due_at=_FIRST_OPEN))


def first_due_at(open_deadlines: Iterable[Deadline]) -> datetime | None:
    """The first moment of these deadlines."""
    return min((deadline.due_at for deadline in open_deadlines), default=None)


def insert_deadlines(connection: Connection, by_case: Sequence[tuple[str, Deadline]]) -> None:
    """Write deadlines that are not there yet, all open."""
    if by_case:
        _ADD.run(connection, [_row(case_id, deadline) for case_id, deadline in by_case])


def match_deadlines(connection: Connection, case_id: str, wanted: Sequence[Deadline]) -> None:
    """Make the open rows of a case equal to `wanted`.

    New keys are added, open ones that are no longer wanted are cancelled, cancelled ones that are wanted again
    are opened. What was fired stays fired. A reminder that stays where it is may belong to another last day now.
    """
    rows_there = _STATUS.rows(connection, {"the_case": case_id})
    status_by_key = {key: status for key, status, _ in rows_there}
    last_day_by_key = {key: maybe_day(last_day) for key, _, last_day in rows_there}
    wanted_keys = {deadline.key for deadline in wanted}
    changes = [(key, "cancelled") for key, status in status_by_key.items() if _is_dropped(key, status, wanted_keys)]
    changes += [(key, "open") for key in wanted_keys if status_by_key.get(key) == "cancelled"]
    new = [(case_id, deadline) for deadline in wanted if deadline.key not in status_by_key]
    insert_deadlines(connection, new)
    if changes:
        rows = [{"the_case": case_id, "the_key": key, "the_status": status} for key, status in changes]
        _SET_STATUS.run(connection, rows)
    other_day = [one for one in wanted if last_day_by_key.get(one.key, one.last_day) != one.last_day]
    if other_day:
        days = [{"the_case": case_id, "the_key": one.key, "the_last_day": one.last_day} for one in other_day]
        _SET_LAST_DAY.run(connection, days)
    if any(status_by_key.get(key) == "fired" for key in wanted_keys):
        _SET_NEXT.run(connection, {"the_case": case_id})


def fire_deadline(connection: Connection, case_id: str, key: str, at: datetime) -> bool:
    """Mark a deadline as dealt with; False when it was already, or does not exist."""
    this = {"the_case": case_id, "the_key": key, "the_moment": at}
    # Mostly the step that dealt with it has dropped it already, and set the next moment of the case.
    if _FIRE.run(connection, this | {"the_status": "cancelled"}):
        return True
    if not _FIRE.run(connection, this | {"the_status": "open"}):
        return False
    _SET_NEXT.run(connection, {"the_case": case_id})
    return True


def _is_dropped(key: str, status: str, wanted_keys: set[str]) -> bool:
    return status == "open" and key not in wanted_keys


def _row(case_id: str, deadline: Deadline) -> dict[str, Any]:
    return row_of(deadline) | {"case_id": case_id, "status": "open", "fired_at": None}
