"""Whether something that had to be in before the end of a term came in time, also by post."""

from __future__ import annotations

from datetime import date, datetime

from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.explain import project_free
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.terms import TermSpec
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The judgement. `last_receipt_day` is the last day on which post would do."""

    is_in_time: bool
    last_receipt_day: date


def judge_moment(projection: Projection, received_at: datetime) -> Receipt:
    """Something handed in by portal or message at a moment: in time before the end of the last day, 24:00."""
    last_day, ends_at = _end_of(projection)
    return Receipt(is_in_time=received_at < ends_at, last_receipt_day=last_day)


def judge_post(
    projection: Projection,
    *,
    received_on: date,
    posted_on: date | None,
    grace: Period,
    calendar: Calendar,
    termijnenwet: bool = True,
) -> Receipt:
    """Something sent by post (Awb 6:9(2)): posted by the last day and received within `grace` after it.

    Received on or before the last day is always in time; with no known day of posting only that counts.
    Raises UsageError when it was posted after it was received, or when the term has no last day.
    """
    if posted_on is not None and posted_on > received_on:
        raise UsageError("received_before_posted", posted=posted_on, received=received_on)
    last_day, _ = _end_of(projection)
    spec = TermSpec(period=grace, termijnenwet=termijnenwet)
    last_receipt = project_free(spec, last_day, calendar).last_day or last_day
    was_posted_in_time = posted_on is not None and posted_on <= last_day
    is_in_time = received_on <= last_day or (was_posted_in_time and received_on <= last_receipt)
    return Receipt(is_in_time=is_in_time, last_receipt_day=last_receipt)


def _end_of(projection: Projection) -> tuple[date, datetime]:
    if projection.last_day is None or projection.ends_at is None:
        raise UsageError("no_last_day_to_judge_by")
    return projection.last_day, projection.ends_at
