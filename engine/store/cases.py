"""Writing a step: snapshot, deadlines, letters and notices. The journal lines follow at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.core.deciding.case import Case
from engine.core.deciding.step import RunningTerm, Step
from engine.core.errors import CaseError
from engine.core.moment import LOCAL_ZONE
from engine.store.codec import row_of
from engine.store.complaints import changed_meanwhile, unknown_case
from engine.store.deadlines import first_due_at, insert_deadlines, match_deadlines
from engine.store.letters import order_letters
from engine.store.link import Link, change
from engine.store.numbering import Series
from engine.store.snapshot import as_moment, encode_snapshot, running_to_json

_IS_AS_LOADED = "id = :the_case AND version = :the_version"
_KEPT = frozenset({"id", "organisation", "opened_at"})
_COUNT = """
    INSERT INTO case_numbers (organisation, prefix, year, last_number) VALUES (:organisation, :prefix, :year, :many)
    ON CONFLICT (organisation, prefix, year) DO UPDATE SET last_number = case_numbers.last_number + excluded.last_number
    RETURNING last_number
"""


def insert_cases(link: Link, steps: Sequence[Step], owners: Sequence[str]) -> None:
    """Write new cases with their deadlines, letters and notices, all at once."""
    link.add("cases", [_row(step, owner) for step, owner in zip(steps, owners, strict=True)])
    insert_deadlines(link, [(step.after.id, deadline) for step in steps for deadline in step.deadlines])
    for step in steps:
        _write_outgoing(link, step)


def update_case(link: Link, step: Step, owner: str) -> None:
    """Write the step on a case that exists. Raises CaseError when the case moved meanwhile."""
    assert step.before is not None
    # An owner that is not given stays what it was.
    values = {
        name: value for name, value in _row(step, owner).items() if name not in _KEPT and (owner or name != "owner")
    }
    if not _change_case(link, step.before, values):
        raise _explain_conflict(link, step.before.id, step.before.version)
    match_deadlines(link, step.before.id, step.deadlines)
    _write_outgoing(link, step)


def keep_running(link: Link, case: Case, running: Sequence[RunningTerm]) -> None:
    """Write what the row of a case says of its running terms, when it is not a step that says it."""
    _change_case(link, case, _lateness_columns(running))


def _change_case(link: Link, case: Case, values: dict[str, Any]) -> bool:
    """Write these columns of a case; False when it has moved since it was loaded."""
    this = {"the_case": case.id, "the_version": case.version}
    return link.run(change("cases", tuple(values), _IS_AS_LOADED), values | this) == 1


def take_numbers(link: Link, series: Series, many: int) -> int:
    """Take so many numbers of this series, from 1; the last of them. Held until the transaction ends."""
    organisation, prefix, year = series
    given = {"organisation": organisation, "prefix": prefix, "year": year, "many": many}
    return int(link.rows(_COUNT, given)[0]["last_number"])


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


def _write_outgoing(link: Link, step: Step) -> None:
    if step.letters:
        order_letters(link, step.after.id, _moment_of(step), step.letters)
    if step.notices:
        link.add("notices", _notice_rows(step))


def _moment_of(step: Step) -> datetime:
    return step.entries[-1].at if step.entries else step.after.entered_at


def _notice_rows(step: Step) -> list[dict[str, Any]]:
    case = step.after
    about = {"organisation": case.organisation, "case_id": case.id, "at": _moment_of(step), "done_by": "", "text": ""}
    return [row_of(notice) | about for notice in step.notices]


def _explain_conflict(link: Link, case_id: str, expected: int) -> CaseError:
    this = {"id": case_id}
    found = link.rows("SELECT version FROM cases WHERE id = :id", this)
    if not found:
        return unknown_case(case_id, [])
    last = link.rows(
        "SELECT actor_role, actor_name, at FROM journal WHERE case_id = :id ORDER BY seq DESC LIMIT 1", this
    )
    by, at = "een ander", "een onbekend tijdstip"
    if last:
        by = last[0]["actor_name"] or last[0]["actor_role"]
        at = as_moment(last[0]["at"]).astimezone(LOCAL_ZONE).strftime("%H:%M op %d-%m-%Y")
    return changed_meanwhile(case_id, expected, found[0]["version"], by, at)
