"""Deadlines as rows: made equal to what a step says is open, claimed when due, fired once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from engine.core.deciding.step import Deadline
from engine.store.schema import cases, deadlines

# "open" is written out in the SQL: only then does the database use the index on open rows.
DUE = """
    SELECT d.* FROM deadlines d JOIN cases c ON c.id = d.case_id
    WHERE d.status = 'open' AND d.due_at <= :now
    ORDER BY d.due_at, d.case_id, d.key LIMIT :limit
"""
DUE_AFTER = """
    SELECT d.* FROM deadlines d JOIN cases c ON c.id = d.case_id
    WHERE d.status = 'open' AND d.due_at <= :now
      AND (d.due_at, d.case_id, d.key) > (:after_due_at, :after_case_id, :after_key)
    ORDER BY d.due_at, d.case_id, d.key LIMIT :limit
"""
_OF_CASE = deadlines.c.case_id == bindparam("the_case")
_STATUS = select(deadlines.c.key, deadlines.c.status, deadlines.c.last_day).where(_OF_CASE)
_IS_THIS = and_(deadlines.c.case_id == bindparam("the_case"), deadlines.c.key == bindparam("the_key"))
_SET_LAST_DAY = update(deadlines).where(_IS_THIS).values(last_day=bindparam("the_last_day"))
_SET_STATUS = update(deadlines).where(_IS_THIS).values(status=bindparam("the_status"))
_FIRE = (
    update(deadlines)
    .where(_IS_THIS, deadlines.c.status == bindparam("the_status"))
    .values(status="fired", fired_at=bindparam("the_moment"))
)
_ADD = insert(deadlines)
_FIRST_OPEN = (
    select(func.min(deadlines.c.due_at))
    .where(deadlines.c.case_id == bindparam("the_case"), deadlines.c.status == "open")
    .scalar_subquery()
)
_SET_NEXT = update(cases).where(cases.c.id == bindparam("the_case")).values(next_due_at=_FIRST_OPEN)


def first_due_at(open_deadlines: Iterable[Deadline]) -> datetime | None:
    """The first moment of these deadlines."""
    return min((deadline.due_at for deadline in open_deadlines), default=None)


def insert_deadlines(connection: Connection, by_case: Sequence[tuple[str, Deadline]]) -> None:
    """Write deadlines that are not there yet, all open."""
    if by_case:
        connection.execute(_ADD, [_row(case_id, deadline) for case_id, deadline in by_case])


def match_deadlines(connection: Connection, case_id: str, wanted: Sequence[Deadline]) -> None:
    """Make the open rows of a case equal to `wanted`.

    New keys are added, open ones that are no longer wanted are cancelled, cancelled ones that are wanted again
    are opened. What was fired stays fired. A reminder that stays where it is may belong to another last day now.
    """
    rows_there = connection.execute(_STATUS, {"the_case": case_id}).all()
    status_by_key = {row.key: row.status for row in rows_there}
    last_day_by_key = {row.key: row.last_day for row in rows_there}
    wanted_keys = {deadline.key for deadline in wanted}
    changes = [(key, "cancelled") for key, status in status_by_key.items() if _is_dropped(key, status, wanted_keys)]
    changes += [(key, "open") for key in wanted_keys if status_by_key.get(key) == "cancelled"]
    new = [(case_id, deadline) for deadline in wanted if deadline.key not in status_by_key]
    insert_deadlines(connection, new)
    if changes:
        rows = [{"the_case": case_id, "the_key": key, "the_status": status} for key, status in changes]
        connection.execute(_SET_STATUS, rows)
    other_day = [one for one in wanted if last_day_by_key.get(one.key, one.last_day) != one.last_day]
    if other_day:
        days = [{"the_case": case_id, "the_key": one.key, "the_last_day": one.last_day} for one in other_day]
        connection.execute(_SET_LAST_DAY, days)
    if any(status_by_key.get(key) == "fired" for key in wanted_keys):
        connection.execute(_SET_NEXT, {"the_case": case_id})


def fire_deadline(connection: Connection, case_id: str, key: str, at: datetime) -> bool:
    """Mark a deadline as dealt with; False when it was already, or does not exist."""
    this = {"the_case": case_id, "the_key": key, "the_moment": at}
    # Mostly the step that dealt with it has dropped it already, and set the next moment of the case.
    if connection.execute(_FIRE, this | {"the_status": "cancelled"}).rowcount:
        return True
    if not connection.execute(_FIRE, this | {"the_status": "open"}).rowcount:
        return False
    connection.execute(_SET_NEXT, {"the_case": case_id})
    return True


def _is_dropped(key: str, status: str, wanted_keys: set[str]) -> bool:
    return status == "open" and key not in wanted_keys


def _row(case_id: str, deadline: Deadline) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "key": deadline.key,
        "clock": deadline.clock,
        "term": deadline.term,
        "kind": deadline.kind.value,
        "number": deadline.number,
        "due_at": deadline.due_at,
        "last_day": deadline.last_day,
        "status": "open",
        "fired_at": None,
    }
