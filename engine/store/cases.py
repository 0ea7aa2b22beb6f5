"""Writing a step: snapshot, deadlines, letters and notices. The journal lines follow at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from engine.core.deciding.case import Case
from engine.core.deciding.step import RunningTerm, Step
from engine.core.errors import CaseError
from engine.core.moment import LOCAL_ZONE
from engine.store.codec import row_of
from engine.store.complaints import changed_meanwhile, unknown_case
from engine.store.deadlines import first_due_at, insert_deadlines, match_deadlines
from engine.store.dialects import upserting
from engine.store.letters import order_letters
from engine.store.numbering import Series
from engine.store.schema import case_numbers, cases, journal, notices
from engine.store.snapshot import encode_snapshot, running_to_json
from engine.store.written import Written

_IS_AS_LOADED = (cases.c.id == bindparam("the_case"), cases.c.version == bindparam("the_version"))
_KEPT = frozenset({"id", "organisation", "opened_at"})
_CHANGED: dict[str, object] = {
    column.name: bindparam(f"new_{column.name}") for column in cases.c if column.name not in _KEPT
}
# An owner that is not given stays what it was.
_UPDATE_BUT_OWNER = Written(
    update(cases).where(*_IS_AS_LOADED).values({name: new for name, new in _CHANGED.items() if name != "owner"})
)
_UPDATE = Written(update(cases).where(*_IS_AS_LOADED).values(_CHANGED))
_ADD_CASES = Written(insert(cases))
_ADD_NOTICES = Written(insert(notices))


def insert_cases(connection: Connection, steps: Sequence[Step], owners: Sequence[str]) -> None:
    """Write new cases with their deadlines, letters and notices, all at once."""
    _ADD_CASES.run(connection, [_row(step, owner) for step, owner in zip(steps, owners, strict=True)])
    insert_deadlines(connection, [(step.after.id, deadline) for step in steps for deadline in step.deadlines])
    for step in steps:
        _write_outgoing(connection, step)


def update_case(connection: Connection, step: Step, owner: str) -> None:
    """Write the step on a case that exists. Raises CaseError when the case moved meanwhile."""
    assert step.before is not None
    values = {f"new_{name}": value for name, value in _row(step, owner).items() if name not in _KEPT}
    this = {"the_case": step.before.id, "the_version": step.before.version}
    if (_UPDATE if owner else _UPDATE_BUT_OWNER).run(connection, values | this) != 1:
        raise _explain_conflict(connection, step.before.id, step.before.version)
    match_deadlines(connection, step.before.id, step.deadlines)
    _write_outgoing(connection, step)


def keep_running(connection: Connection, case: Case, running: Sequence[RunningTerm]) -> None:
    """Write what the row of a case says of its running terms, when it is not a step that says it."""
    is_same = and_(cases.c.id == case.id, cases.c.version == case.version)
    connection.execute(update(cases).where(is_same).values(_lateness_columns(running)))


def take_numbers(connection: Connection, series: Series, many: int) -> int:
    """Take so many numbers of this series, from 1; the last of them. Held until the transaction ends."""
    organisation, prefix, year = series
    given = {"organisation": organisation, "prefix": prefix, "year": year, "last_number": many}
    ((number,),) = _counting(connection.dialect.name).rows(connection, given)
    return int(number)


@cache
def _counting(dialect: str) -> Written:
    """Made once for a database: building this costs more than running it."""
    counted = upserting(dialect, case_numbers)
    counted = counted.on_conflict_do_update(
        index_elements=["organisation", "prefix", "year"],
        set_={"last_number": case_numbers.c.last_number + counted.excluded.last_number},
    )
    return Written(counted.returning(case_numbers.c.last_number))


def _row(step: Step, owner: str) -> dict[str, Any]:
    case = step.after
    names = ("id", "organisation", "workflow", "workflow_version", "rules_version", "state", "version", "subject")
    return (
        {name: getattr(case, name) for name in names}
        | {
            "owner": owner,
            "parent": case.parent or None,
            "opened_at": case.opened_at,
            "entered_at": case.entered_at,
            "is_closed": case.is_closed,
            "next_due_at": first_due_at(step.deadlines),
            "snapshot": encode_snapshot(case),
        }
        | _lateness_columns(step.running)
    )


def _lateness_columns(running: Sequence[RunningTerm]) -> dict[str, Any]:
    """What the row of a case says of its running terms: all of them, and the first moment somebody is late."""
    return {
        "late_from": min((term.due_at for term in running), default=None),
        "running_terms": running_to_json(running) if running else None,
    }


def _write_outgoing(connection: Connection, step: Step) -> None:
    if step.letters:
        order_letters(connection, step.after.id, _moment_of(step), step.letters)
    if step.notices:
        _ADD_NOTICES.run(connection, _notice_rows(step))


def _moment_of(step: Step) -> datetime:
    return step.entries[-1].at if step.entries else step.after.entered_at


def _notice_rows(step: Step) -> list[dict[str, Any]]:
    case = step.after
    about = {"organisation": case.organisation, "case_id": case.id, "at": _moment_of(step), "done_by": "", "text": ""}
    return [row_of(notice) | about for notice in step.notices]


def _explain_conflict(connection: Connection, case_id: str, expected: int) -> CaseError:
    version = connection.execute(select(cases.c.version).where(cases.c.id == case_id)).scalar_one_or_none()
    if version is None:
        return unknown_case(case_id, [])
    last = select(journal.c.actor_role, journal.c.actor_name, journal.c.at).where(journal.c.case_id == case_id)
    entry = connection.execute(last.order_by(journal.c.seq.desc()).limit(1)).first()
    by = (entry.actor_name or entry.actor_role) if entry else "een ander"
    at = entry.at.astimezone(LOCAL_ZONE).strftime("%H:%M op %d-%m-%Y") if entry else "een onbekend tijdstip"
    return changed_meanwhile(case_id, expected, version, by, at)
