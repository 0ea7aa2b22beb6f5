"""In time or late: by post, by portal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from time_world import CALENDAR, day, started, statutory, suspended

from engine.core.errors import UsageError
from engine.core.legal_clock.explain import project_free
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.receipt import judge_moment, judge_post
from engine.core.legal_clock.terms import Projection, project
from engine.core.moment import LOCAL_ZONE
from tests.refusals import refused

OBJECTION = project_free(statutory("6 weeks"), day("2026-02-20"), CALENDAR)


@pytest.mark.parametrize(
    ("posted", "received", "in_time"),
    [
        ("2026-04-07", "2026-04-14", True),
        ("2026-04-07", "2026-04-15", False),
        ("2026-04-08", "2026-04-09", False),
        (None, "2026-04-07", True),
        (None, "2026-04-08", False),
    ],
)
def test_post_is_in_time_when_sent_in_time_and_received_within_a_week(
    posted: str | None,
    received: str,
    in_time: bool,
) -> None:
    judged = judge_post(
        OBJECTION,
        posted_on=day(posted) if posted else None,
        received_on=day(received),
        grace=parse_period("1 week"),
        calendar=CALENDAR,
    )
    assert judged.is_in_time is in_time
    assert judged.last_receipt_day == day("2026-04-14")


def test_the_week_of_the_post_itself_moves_off_a_holiday() -> None:
    term = project_free(statutory("6 weeks"), day("2026-05-18") - timedelta(weeks=6), CALENDAR)
    judged = judge_post(
        term,
        posted_on=day("2026-05-18"),
        received_on=day("2026-05-26"),
        grace=parse_period("1 week"),
        calendar=CALENDAR,
    )
    assert (judged.last_receipt_day, judged.is_in_time) == (day("2026-05-26"), True)


@pytest.mark.parametrize(("text", "in_time"), [("2026-04-07T23:59", True), ("2026-04-08T00:01", False)])
def test_a_portal_closes_at_midnight(text: str, in_time: bool) -> None:
    judged = judge_moment(OBJECTION, datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE))
    assert judged.is_in_time is in_time


def test_impossible_receipts_are_refused() -> None:
    with refused(UsageError, "kan niet op woensdag 1 april 2026 zijn ontvangen"):
        judge_post(
            OBJECTION, posted_on=day("2026-04-02"), received_on=day("2026-04-01"),
            grace=parse_period("1 week"), calendar=CALENDAR,
        )  # fmt: skip
    spec = statutory("6 weeks")
    standing = project(spec, (started("2026-02-20"), suspended("2026-02-21")), CALENDAR)
    for projection in (standing, Projection(status="not_started")):
        with refused(UsageError, "heeft geen laatste dag"):
            judge_moment(projection, datetime(2026, 4, 1, tzinfo=LOCAL_ZONE))
