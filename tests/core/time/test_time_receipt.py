"""In time or late: by post, by portal; and the penalty that grows when nothing is decided."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from time_world import CALENDAR, day, started, statutory, suspended

from engine.core.errors import DefinitionError, UsageError
from engine.core.legal_clock.explain import project_free
from engine.core.legal_clock.penalty import PenaltyRate, count_penalty
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.receipt import judge_moment, judge_post
from engine.core.legal_clock.terms import Projection, project
from engine.core.moment import LOCAL_ZONE
from tests.refusals import refused

OBJECTION = project_free(statutory("6 weeks"), day("2026-02-20"), CALENDAR)
RATES = tuple(PenaltyRate(days=14, cents_per_day=cents) for cents in (2300, 3500, 4500))


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


@pytest.mark.parametrize(
    ("on", "done", "days", "cents"),
    [
        ("2026-12-28", None, 0, 0),
        ("2026-12-29", None, 1, 2300),
        ("2027-01-11", None, 14, 32200),
        ("2027-01-12", None, 15, 35700),
        ("2027-02-08", None, 42, 144200),
        ("2027-06-01", None, 42, 144200),
        ("2027-06-01", "2027-01-12", 14, 32200),
        ("2027-06-01", "2026-12-20", 0, 0),
    ],
)
def test_the_penalty_grows_by_the_day_up_to_its_maximum(on: str, done: str | None, days: int, cents: int) -> None:
    ends = project_free(statutory("2 weeks"), day("2026-12-11"), CALENDAR).last_day
    assert ends == day("2026-12-28")
    penalty = count_penalty(ends, day(done) if done else None, day(on), RATES)
    assert (penalty.days, penalty.cents) == (days, cents)
    assert (penalty.first_day, penalty.last_day) == (day("2026-12-29"), day("2027-02-08"))


@pytest.mark.parametrize(("days", "cents"), [(0, 100), (-1, 100), (14, -1)])
def test_a_rate_of_no_days_or_below_nothing_is_refused(days: int, cents: int) -> None:
    with refused(DefinitionError, "klopt niet"):
        PenaltyRate(days=days, cents_per_day=cents)
