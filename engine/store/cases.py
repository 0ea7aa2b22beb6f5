"""Writing a step: snapshot, deadlines, letters and notices. The journal lines follow at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.sql import ClauseElement

from engine.core.deciding.case import Case
from engine.core.deciding.step import Notice, RunningTerm, Step
from engine.core.errors import CaseError
from engine.core.moment import LOCAL_ZONE, start_of_day
from engine.store.codec import row_of, running_to_json
from engine.store.columns import Statement
from engine.store.complaints import changed_meanwhile, unknown_case
from engine.store.deadlines import first_due_at, insert_deadlines, match_deadlines
from engine.store.dialects import insert_into
from engine.store.letters import CaseKey, change_letters, order_letters
from engine.store.link import Link
from engine.store.numbering import Series
from engine.store.readings import DEADLINES, status_of_deadlines
from engine.store.snapshot import Row, as_moment, encode_snapshot, maybe_moment
from engine.store.tables import case_numbers, cases, notices

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
    _send_case(link, step.before, values, listed)
    this = _key_of(step.before)
    # Whatever changes a deadline makes another version of the case: with the version these rows are the same still.
    match_deadlines(link, this, step, status_of_deadlines(link.rows(DEADLINES, this)) if there is None else there)
    _write_outgoing(link, step)


def keep_running(link: Link, case: Case, running: Sequence[RunningTerm]) -> None:
    """Write what the row of a case says of its running terms, when it is not a step that says it."""
    link.change(cases, (_lateness_columns(running), _loaded(case)))


def _send_case(link: Link, case: Case, values: dict[str, Any], listed: Listed | None) -> None:
    """Write these columns. Raises CaseError, before anything is kept, when the case moved since it was loaded."""

    def refuse() -> None:
        raise _explain_conflict(link, case)

    def list_anew() -> None:
        link.change_one(cases, (values, _loaded(case)), refuse)

    # But for those by which it is listed while they stay what they are: a file would write two indexes anew. A sweep
    # may have listed it anew meanwhile, which makes no version of it.
    if listed and all(values.get(name, was) == was for name, was in listed.items()):
        others = {name: value for name, value in values.items() if name not in listed}
        link.change_one(cases, (others, {**_loaded(case), **listed}), list_anew)
    else:
        list_anew()


def _loaded(case: Case) -> dict[str, Any]:
    """The row of a case as long as it has not moved."""
    return {"organisation": case.organisation, "id": case.id, "version": case.version}


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
        "late_from": min((term.due_at for term in running if term.can_be_late), default=None),
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
