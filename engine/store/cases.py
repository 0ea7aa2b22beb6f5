"""Writing a step: snapshot, deadlines, letters and notices. The journal lines follow at the end.

Deadlines are made equal to what a step says is open; each is fired once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, literal_column, select, update
from sqlalchemy.sql import ClauseElement

from engine.core.deciding.case import Case
from engine.core.deciding.step import Deadline, Notice, RunningTerm, Step
from engine.core.errors import CaseError
from engine.core.moment import LOCAL_ZONE, start_of_day
from engine.store.codec import row_of, running_to_json
from engine.store.columns import Statement
from engine.store.complaints import changed_meanwhile, unknown_case
from engine.store.dialects import insert_into
from engine.store.letters import CaseKey, change_letters, order_letters
from engine.store.link import Link
from engine.store.numbering import Series
from engine.store.readings import DEADLINES, status_of_deadlines
from engine.store.schema import case_numbers, cases, deadlines, notices
from engine.store.snapshot import Row, as_moment, encode_snapshot, maybe_day, maybe_moment

Listed = Mapping[str, Any]
_KEPT = frozenset({"id", "organisation", "opened_at"})
# A file writes an index anew for each of its columns that is named, also when the value is the same.
_PINS = (
    "workflow", "workflow_version", "rules_version", "workflow_digest", "rules_digest", "law_version", "lower_rules"
)  # fmt: skip
_SELDOM = (*_PINS, "state", "subject", "parent", "entered_at", "is_closed", "handler")
_LAST_LINE = """
    SELECT actor_role, actor_name, at FROM journal
    WHERE organisation = :organisation AND case_id = :case_id ORDER BY seq DESC LIMIT 1
"""


def _count(dialect: str) -> ClauseElement:
    counted = insert_into(dialect, case_numbers)
    names = ("organisation", "prefix", "year", "last_number")
    return (
        counted.values({name: bindparam(name) for name in names})
        .on_conflict_do_update(
            index_elements=names[:3],
            set_={"last_number": case_numbers.c.last_number + counted.excluded.last_number},
        )
        .returning(case_numbers.c.last_number)
    )


_COUNT = Statement(_count)
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


def insert_cases(link: Link, steps: Sequence[Step], owners: Sequence[str]) -> None:
    """Write new cases with their deadlines, letters and notices, all at once."""
    link.add(cases, [_row(step, owner) for step, owner in zip(steps, owners, strict=True)])
    insert_deadlines(link, [(_key_of(step.after), deadline) for step in steps for deadline in step.deadlines])
    for step in steps:
        _write_outgoing(link, step)


def listed_in(row: Row) -> Listed:
    """The columns of a case by which lists find it, as they were when it was read."""
    return {"owner": row["owner"], **{name: maybe_moment(row[name]) for name in ("late_from", "act_by")}}


def update_case(
    link: Link, step: Step, owner: str, there: Mapping[str, Row] | None = None, listed: Listed | None = None
) -> None:
    """Write the step on a case that exists. Raises CaseError when the case moved meanwhile.

    `there` are its deadlines as they were at the version it goes on from; they are read when it is not given.
    """
    assert step.before is not None
    kept = {name for name in _SELDOM if getattr(step.before, name) == getattr(step.after, name)}
    # An owner that is not given stays what it was.
    kept |= _KEPT if owner else _KEPT | {"owner"}
    values = {name: value for name, value in _row(step, owner).items() if name not in kept}
    if not (listed and _keep_listed(link, step.before, values, listed)) and not _change_case(link, step.before, values):
        raise _explain_conflict(link, step.before)
    this = _key_of(step.before)
    # Whatever changes a deadline makes another version of the case: with the version these rows are the same still.
    match_deadlines(link, this, step, status_of_deadlines(link.rows(DEADLINES, this)) if there is None else there)
    _write_outgoing(link, step)


def keep_running(link: Link, case: Case, running: Sequence[RunningTerm]) -> None:
    """Write what the row of a case says of its running terms, when it is not a step that says it."""
    _change_case(link, case, _lateness_columns(running))


def _keep_listed(link: Link, case: Case, values: dict[str, Any], listed: Listed) -> bool:
    """Write these columns, but for those by which the case is listed; False when one of them is or becomes another."""
    # A file would write two indexes anew. And a sweep may have listed it anew, which makes no version of it.
    if any(values.get(name, was) != was for name, was in listed.items()):
        return False
    others = {name: value for name, value in values.items() if name not in listed}
    return _change_case(link, case, others, **listed)


def _change_case(link: Link, case: Case, values: dict[str, Any], **listed: Any) -> bool:
    """Write these columns of a case; False when it has moved since it was loaded, or is not `listed` so."""
    this = {"organisation": case.organisation, "id": case.id, "version": case.version, **listed}
    return link.change(cases, (values, this)) == 1


def take_numbers(link: Link, series: Series, many: int) -> int:
    """Take so many numbers of this series, from 1; the last of them. Held until the transaction ends."""
    organisation, prefix, year = series
    given = {"organisation": organisation, "prefix": prefix, "year": year, "last_number": many}
    return int(link.answer(_COUNT, given)[0]["last_number"])


def _row(step: Step, owner: str) -> dict[str, Any]:
    case = step.after
    names = ("id", "organisation", *_PINS, "state", "version", "subject")
    return (
        {name: getattr(case, name) for name in names}
        | {
            "owner": owner,
            "parent": case.parent or None,
            "opened_at": case.opened_at,
            "entered_at": case.entered_at,
            "is_closed": case.is_closed,
            "handler": case.handler,
            "next_due_at": first_due_at(step.deadlines),
            "snapshot": encode_snapshot(case),
        }
        | _lateness_columns(step.running)
    )


def _lateness_columns(running: Sequence[RunningTerm]) -> dict[str, Any]:
    """What the row of a case says of its running terms: all of them, and when somebody must act or is late."""
    return {
        "late_from": min((term.due_at for term in running), default=None),
        "act_by": min((term.act_by for term in running), default=None),
        "running_terms": running_to_json(running) if running else None,
    }


def _write_outgoing(link: Link, step: Step) -> None:
    if step.letters:
        order_letters(link, _key_of(step.after), _moment_of(step), step.letters)
    if step.letter_changes:
        change_letters(link, _key_of(step.after), _moment_of(step), step.letter_changes)
    if step.notices:
        link.add(notices, _notice_rows(step))


def _moment_of(step: Step) -> datetime:
    return step.entries[-1].at if step.entries else step.after.entered_at


def _notice_rows(step: Step) -> list[dict[str, Any]]:
    about = {**_key_of(step.after), "done_by": "", "text": ""}
    return [_notice_row(notice, _moment_of(step)) | about for notice in step.notices]


def _notice_row(notice: Notice, now: datetime) -> dict[str, Any]:
    row = row_of(notice)
    day = row.pop("on")
    return row | {"at": now if day is None else max(now, start_of_day(day))}


def _key_of(case: Case) -> CaseKey:
    return {"organisation": case.organisation, "case_id": case.id}


def _explain_conflict(link: Link, case: Case) -> CaseError:
    this = _key_of(case)
    found = link.rows("SELECT version FROM cases WHERE organisation = :organisation AND id = :case_id", this)
    if not found:
        return unknown_case(case.id, [])
    last = link.rows(_LAST_LINE, this)
    by, at = "een ander", "een onbekend tijdstip"
    if last:
        by = last[0]["actor_name"] or last[0]["actor_role"]
        at = as_moment(last[0]["at"]).astimezone(LOCAL_ZONE).strftime("%H:%M op %d-%m-%Y")
    return changed_meanwhile(case.id, case.version, found[0]["version"], by, at)


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
