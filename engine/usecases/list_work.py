"""Lists of what lies there: the inbox of a body, the late ones first; letters, of a case or of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.runtime import Runtime
from engine.store.inbox import EVERYTHING

if TYPE_CHECKING:
    from engine.views.lists import InboxView, LetterView


def list_inbox(
    runtime: Runtime, moment: datetime, owner: str = "", limit: int | None = None, handlers: Sequence[str] | None = None
) -> InboxView:
    """Open cases with their messages, late ones first, of one body or (empty) of all; at most `limit` of them.

    With `handlers` only what one of these people has in hand.
    """
    at_most = EVERYTHING if limit is None else max(limit, 0)
    with runtime.reading() as readings:
        return readings.inbox(runtime.settings.organisation, moment, owner=owner, limit=at_most, handlers=handlers)


def list_letters(runtime: Runtime, *, case_id: str = "", status: str = "") -> tuple[LetterView, ...]:
    """Letters in the order they were ordered. Raises CaseError when a case is named that is not there."""
    with runtime.reading() as readings:
        if case_id:
            readings.load_case(case_id)
        return tuple(_placed(runtime, row) for row in readings.letters(case_id, status=status))


def _placed(runtime: Runtime, row: LetterView) -> LetterView:
    """A letter with the places of its files as they are now: what is kept is seen from the outbox."""
    html, pdf = (str(runtime.settings.outbox / path) if path else "" for path in (row.html_path, row.pdf_path))
    return replace(row, html_path=html, pdf_path=pdf)
