"""What lies in the inbox: the open cases of a body, the late ones first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.content import Content
from engine.core.moment import local_day
from engine.runtime import Runtime

if TYPE_CHECKING:
    from engine.store.records import InboxRow


def list_inbox(runtime: Runtime, moment: datetime, owner: str = "") -> tuple[InboxRow, ...]:
    """Open cases with their messages, late ones first, of one body or (empty) of all.

    A term that a transition waits for is never late: that it passed is what was meant to happen.
    """
    with runtime.reading() as readings:
        found = readings.inbox(runtime.settings.organisation, moment, owner=owner)
    today = local_day(moment)
    waited = {name: waited_terms(runtime.content(name, today)) for name in {row.workflow for row in found}}
    rows = (
        replace(row, overdue=tuple(late for late in row.overdue if late.term not in waited[row.workflow]))
        for row in found
    )
    return tuple(sorted(rows, key=_urgency))


def waited_terms(content: Content) -> frozenset[str]:
    """The terms whose passing takes a transition by itself."""
    return frozenset(arc.on_term for arc in content.workflow.transitions if arc.on_term)


def _urgency(row: InboxRow) -> tuple[bool, float, str]:
    first = min((late.due_at for late in row.overdue), default=row.next_due_at)
    return not row.is_late, first.timestamp() if first else float("inf"), row.case_id
