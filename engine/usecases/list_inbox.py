"""What lies in the inbox: the open cases of a body, the late ones first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.evaluation.term_rules import terms_that_can_be_late
from engine.core.moment import local_day
from engine.runtime import Runtime

if TYPE_CHECKING:
    from engine.store.records import InboxRow


def list_inbox(runtime: Runtime, moment: datetime, owner: str = "") -> tuple[InboxRow, ...]:
    """Open cases with their messages, late ones first, of one body or (empty) of all.

    Only a term of which somebody can be late counts (`terms_that_can_be_late`).
    """
    with runtime.reading() as readings:
        found = readings.inbox(runtime.settings.organisation, moment, owner=owner)
    today = local_day(moment)
    names = {row.workflow for row in found}
    can_be_late = {name: terms_that_can_be_late(runtime.content(name, today)) for name in names}
    rows = (
        replace(row, overdue=tuple(late for late in row.overdue if late.term in can_be_late[row.workflow]))
        for row in found
    )
    return tuple(sorted(rows, key=_urgency))


def _urgency(row: InboxRow) -> tuple[bool, float, str]:
    first = min((late.due_at for late in row.overdue), default=row.next_due_at)
    return not row.is_late, first.timestamp() if first else float("inf"), row.case_id
