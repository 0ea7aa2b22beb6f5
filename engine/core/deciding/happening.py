"""An act that is written down later than it happened: decided as of then, and both times kept.

What the law ties to the act counts from when it happened (a receipt on Friday that is typed on Monday); that it was
typed on Monday stays to be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step
from engine.core.message import Message


def decide_as_of(
    question: Question, at: datetime, last_at: datetime, attempted: str, act: Callable[[Question], Step | Refusal]
) -> Step | Refusal:
    """Decide as of `at` (UTC), and write it down now.

    Refused when that is still to come, or lies before `last_at`, the last thing that happened in the case: what
    followed was decided without it, and the order of the ledgers would no longer be that of the journal.
    """
    blocker = _wrong_moment(question, at, last_at)
    if blocker is not None:
        return Refusal(case_id=question.case.id, attempted=attempted, blockers=(blocker,))
    outcome = act(replace(question, moment=at))
    return outcome if isinstance(outcome, Refusal) else _written_later(outcome, at, question.moment)


def _wrong_moment(question: Question, at: datetime, last_at: datetime) -> Blocker | None:
    if at > question.moment:
        return Blocker(kind=BlockerKind.WHEN, said=Message("happens_in_future", {"at": at}))
    if at < last_at:
        return Blocker(kind=BlockerKind.WHEN, said=Message("happened_before_the_last", {"at": at, "last": last_at}))
    return None


def _written_later(step: Step, happened: datetime, now: datetime) -> Step:
    entries = (
        replace(entry, at=now, details={**entry.details, "happened_at": happened.isoformat()}) for entry in step.entries
    )
    last = step.after.last_act
    after = step.after if last is None else replace(step.after, last_act=replace(last, at=now))
    return replace(step, entries=tuple(entries), after=after)
