"""What lies in the inbox: the open cases of a body, the late ones first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.runtime import Runtime

if TYPE_CHECKING:
    from engine.views.lists import InboxView


def list_inbox(runtime: Runtime, moment: datetime, owner: str = "", limit: int | None = None) -> InboxView:
    """Open cases with their messages, late ones first, of one body or (empty) of all; at most `limit` of them."""
    at_most = {} if limit is None else {"limit": max(limit, 0)}
    with runtime.reading() as readings:
        return readings.inbox(runtime.settings.organisation, moment, owner=owner, **at_most)
