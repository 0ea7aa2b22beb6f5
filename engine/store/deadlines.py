"""The deadlines of a case: made equal to what a step says is open; each is fired once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, literal_column, select, update

from engine.core.deciding.step import Deadline, Step
from engine.store.codec import row_of
from engine.store.columns import Statement
from engine.store.letters import CaseKey
from engine.store.link import Link
from engine.store.snapshot import Row, maybe_day
from engine.store.tables import cases, deadlines

_ORGANISATION: BindParameter[str] = bindparam("the_organisation")
_THE_CASE: BindParameter[str] = bindparam("the_case")
# A status that is asked for is written out: only then does the database use the index on open rows.
_NEXT = select(func.min(deadlines.c.due_at)).where(
    deadlines.c.organisation == _ORGANISATION,
    deadlines.c.case_id == _THE_CASE,
    deadlines.c.status == literal_column("'open'"),
)
_SET_NEXT = Statement(
    update(cases)
    .where(cases.c.organisation == _ORGANISATION, cases.c.id == _THE_CASE)
    .values(next_due_at=_NEXT.scalar_subquery())
)


def first_due_at(open_deadlines: Iterable[Deadline]) -> datetime | None:
    """The first moment of these deadlines."""
    return min((deadline.due_at for deadline in open_deadlines), default=None)


def insert_deadlines(link: Link, by_case: Sequence[tuple[CaseKey, Deadline]]) -> None:
    """Write deadlines that are not there yet, all open."""
    if by_case:
        link.add(deadlines, [_deadline_row(this, deadline) for this, deadline in by_case])


def match_deadlines(link: Link, this: CaseKey, step: Step, there: Mapping[str, Row]) -> None:
    """Make the open rows of a case equal to those of the step; `there` are all its rows by key.

    New keys are added, open ones that are no longer wanted are cancelled, cancelled ones that are wanted again are
    opened. What was fired stays so, unless it was set back. A reminder that stays may belong to another last day now.
    """
    wanted, wanted_keys = step.deadlines, {deadline.key for deadline in step.deadlines}
    statuses = [(k, "cancelled") for k, row in there.items() if row["status"] == "open" and k not in wanted_keys]
    statuses += [(k, "open") for k in wanted_keys if k in there and there[k]["status"] == "cancelled"]
    insert_deadlines(link, [(this, deadline) for deadline in wanted if deadline.key not in there])
    link.send_changes(deadlines, *(({"status": status}, this | {"key": key}) for key, status in statuses))
    moved = (one for one in wanted if one.key in there and maybe_day(there[one.key]["last_day"]) != one.last_day)
    link.send_changes(deadlines, *(({"last_day": one.last_day}, this | {"key": one.key}) for one in moved))
    if fired := [key for key in wanted_keys if key in there and there[key]["status"] == "fired"]:
        again = {key for clock in step.before.clocks for key in clock.fired} if step.before else ()
        link.send_changes(deadlines, *(({"status": "open"}, this | {"key": key}) for key in fired if key in again))
        _set_next(link, this)


def fire_deadline(link: Link, this: CaseKey, key: str, at: datetime) -> bool:
    """Mark a deadline as dealt with; False when it was already, or does not exist."""
    fired = {"status": "fired", "fired_at": at}
    row = this | {"key": key}
    # Mostly the step that dealt with it has dropped it already, and set the next moment of the case.
    if link.change(deadlines, (fired, row | {"status": "cancelled"})):
        return True
    if not link.change(deadlines, (fired, row | {"status": "open"})):
        return False
    _set_next(link, this)
    return True


def _set_next(link: Link, this: CaseKey) -> None:
    link.send(_SET_NEXT, {"the_organisation": this["organisation"], "the_case": this["case_id"]})


def _deadline_row(this: CaseKey, deadline: Deadline) -> dict[str, Any]:
    return row_of(deadline) | this | {"status": "open", "fired_at": None}
