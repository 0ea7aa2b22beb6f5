"""Say of news that it was read: all messages that say the same, of however many cases, at once."""

from __future__ import annotations

from datetime import datetime

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal
from engine.core.errors import UsageError
from engine.line.case_line import open_line
from engine.runtime import Runtime
from engine.store.inbox import Looking
from engine.usecases.settle_messages import settle
from engine.views.news import News, gather_news


def find_news(runtime: Runtime, moment: datetime, looking: Looking, number: int) -> News:
    """The news to which the message with this number belongs. Raises UsageError when it does not lie there."""
    with runtime.reading() as readings:
        gathered = gather_news(readings.inbox(runtime.settings.organisation, moment, looking).news)
    for one in gathered:
        if any(notice.id == number for _, notice in one.messages):
            return one
    known = ", ".join(str(one.number) for one in gathered) or "geen"
    raise UsageError(f"Er ligt geen nieuws met nummer {number}.", next_step=f"Er ligt: {known}. Zie `trede inbox`.")


def read_news(runtime: Runtime, news: News, actor: Actor, *, dry_run: bool = False) -> Refusal | None:
    """All of it is dealt with, each message in its own case; the refusal when this body may not say so.

    Case by case: what was read stays read when somebody stops it halfway.
    """
    for row, notice in news.messages:
        with open_line(runtime) as line:
            _, outcome = settle(line, row.case_id, (notice.id,), actor, dry_run=dry_run)
        if isinstance(outcome, Refusal):
            return outcome
    return None
