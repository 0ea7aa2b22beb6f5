"""The law of the clock as content asks for it: in time or too late, and what a late body owes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.core.language.facts import Value
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.penalty import PenaltyRate, count_penalty
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.receipt import judge_moment, judge_post
from engine.core.moment import end_of_day

_RATE = "{days} x {cents}"


def is_in_time(values: Mapping[str, Value], calendar: Calendar) -> bool | None:
    """Whether something came in before the end of `last_day`, or by post within `grace` after it (Awb 6:9).

    `received` is a day or `received_at` a moment. With `grace` the day of posting counts too: where that is not
    known and would make the difference, the answer is unknown (None). A day of posting after the receipt cannot
    be right, and then only the receipt counts.
    """
    last_day = _as_date(values["last_day"])
    projection = Projection(status="running", last_day=last_day, ends_at=end_of_day(last_day))
    if "received_at" in values:
        received_at = values["received_at"]
        assert isinstance(received_at, datetime)  # the checker refuses other content
        return judge_moment(projection, received_at).is_in_time
    received = _as_date(values["received"])
    if "grace" not in values:
        return received <= last_day
    possible: tuple[date | None, ...] = (None, min(received, last_day))
    if "posted" in values:
        posted = _as_date(values["posted"])
        possible = (posted if posted <= received else None,)
    answers = {_by_post(projection, received, day, str(values["grace"]), calendar) for day in possible}
    return answers.pop() if len(answers) == 1 else None


def _by_post(projection: Projection, received: date, posted: date | None, grace: str, calendar: Calendar) -> bool:
    judged = judge_post(
        projection, received_on=received, posted_on=posted, grace=parse_period(grace), calendar=calendar
    )
    return judged.is_in_time


def penalty_in_euros(values: Mapping[str, Value]) -> int | float:
    """What is owed at the end of `day`: `default_ends` is the last day of the term after the notice of default.

    `done` is the day on which the decision was sent; while it is not known, nothing was sent.
    """
    rates = values["rates"]
    assert isinstance(rates, tuple)  # the reader writes them so
    penalty = count_penalty(
        _as_date(values["default_ends"]),
        _as_date(values["done"]) if "done" in values else None,
        _as_date(values["day"]),
        [_read_rate(rate) for rate in rates],
    )
    euros, cents = divmod(penalty.cents, 100)
    return penalty.cents / 100 if cents else euros


def write_rate(rate: PenaltyRate) -> str:
    """The form in which a rate stands in an expression."""
    return _RATE.format(days=rate.days, cents=rate.cents_per_day)


def _read_rate(text: str) -> PenaltyRate:
    days, cents = text.split(" x ")
    return PenaltyRate(days=int(days), cents_per_day=int(cents))


def _as_date(value: Value) -> date:
    assert isinstance(value, date)  # the checker refuses other content
    return value
