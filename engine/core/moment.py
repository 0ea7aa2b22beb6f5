"""Moments and local days: the only place that knows the local time zone.

A moment is an aware `datetime` in UTC; a naive one is refused. A local day is a date in Europe/Amsterdam.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.core.errors import UsageError

LOCAL_ZONE = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)
_SMALLEST = timedelta(microseconds=1)


def to_utc(moment: datetime, where: str = "") -> datetime:
    """The same moment in UTC. Raises UsageError for a naive moment: it could mean two different hours."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise UsageError("moment_without_zone", where=where, moment=moment)
    return moment.astimezone(UTC)


def from_local(wall_clock: datetime) -> datetime:
    """The moment in UTC at which the clocks in Europe/Amsterdam show this; its own time zone goes first.

    Raises UsageError in the hour that the clocks show twice or not at all.
    """
    if wall_clock.utcoffset() is not None:
        return to_utc(wall_clock)
    first, second = (to_utc(wall_clock.replace(tzinfo=LOCAL_ZONE, fold=fold)) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(LOCAL_ZONE).replace(tzinfo=None) != wall_clock:
        raise UsageError("moment_is_skipped", moment=wall_clock)
    raise UsageError("moment_comes_twice", moment=wall_clock)


# Deciding asks it some twenty times of the one moment of a command.
@lru_cache(maxsize=1024)
def local_day(moment: datetime) -> date:
    """The date on the calendar in Europe/Amsterdam at this moment."""
    return to_utc(moment).astimezone(LOCAL_ZONE).date()


def start_of_day(day: date) -> datetime:
    """The first moment of a local day, in UTC (the day may last 23, 24 or 25 hours)."""
    return datetime.combine(day, time(0), LOCAL_ZONE).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The first moment after a local day (24:00), in UTC."""
    return start_of_day(day + ONE_DAY)


def last_day_before(moment: datetime) -> date:
    """The local day of the last instant before this moment: midnight belongs to the day that ends."""
    return local_day(to_utc(moment) - _SMALLEST)
