"""The penalty payment that grows day by day once a body is in default; the rates are content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from engine.core.errors import DefinitionError
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRate:
    """So many days at so much a day, in whole cents. Rates follow one another."""

    days: int
    cents_per_day: int

    def __post_init__(self) -> None:
        if self.days <= 0 or self.cents_per_day < 0:
            raise DefinitionError("impossible_rate", cents=self.cents_per_day, days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """What is owed: `days` counted, the total in cents, and the last day on which it can still grow."""

    days: int
    cents: int
    first_day: date
    last_day: date


def count_penalty(default_ends_on: date, done_on: date | None, day: date, rates: Sequence[PenaltyRate]) -> Penalty:
    """The penalty at the end of `day`.

    `default_ends_on` is the last day of the term after the notice of default; day 1 is the day after it. The
    day on which the decision is sent (`done_on`) no longer counts. Calendar days: the Algemene termijnenwet
    plays no part (Awb 4:17).
    """
    first = default_ends_on + timedelta(days=1)
    total = sum(rate.days for rate in rates)
    last_counted = day if done_on is None else min(day, done_on - timedelta(days=1))
    days = min(max((last_counted - default_ends_on).days, 0), total)
    last = default_ends_on + timedelta(days=total)
    return Penalty(days=days, cents=_sum_rates(days, rates), first_day=first, last_day=last)


def _sum_rates(days: int, rates: Sequence[PenaltyRate]) -> int:
    cents = 0
    for rate in rates:
        counted = min(days, rate.days)
        cents += counted * rate.cents_per_day
        days -= counted
    return cents
