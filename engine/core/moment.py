"""Moments and local days: the only place that knows the local time zone.

A moment is an aware `datetime` in UTC; a naive one is refused. A local day is a date in Europe/Amsterdam.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.core.errors import UsageError

LOCAL_ZONE = ZoneInfo("Europe/Amsterdam")
ONE_DAY = timedelta(days=1)
_SMALLEST = timedelta(microseconds=1)


def to_utc(moment: datetime, where: str = "") -> datetime:
    """The same moment in UTC. Raises UsageError for a naive moment: it could mean two different hours."""
    if moment.utcoffset() is None:
        raise UsageError(
            f"Het tijdstip {moment.isoformat(sep=' ')} heeft geen tijdzone.",
            where=where,
            why="Zonder tijdzone is niet vast te stellen welk uur bedoeld is.",
            next_step=f"Schrijf het met tijdzone, bijvoorbeeld {moment.isoformat()}+01:00.",
        )
    return moment.astimezone(UTC)


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
