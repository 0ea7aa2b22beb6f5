"""The hours in which people work: what a machine may do to them waits for these, and some terms count only these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from engine.core.legal_clock.calendar import ONE_DAY, Calendar, OfficeHours
from engine.core.moment import LOCAL_ZONE, local_day, to_utc


def open_on(office: OfficeHours, day: date) -> tuple[datetime, datetime]:
    """The moments (UTC) at which the office opens and closes on a working day."""
    opens, closes = (
        to_utc(datetime.combine(day, time.fromisoformat(one), LOCAL_ZONE)) for one in (office.opens, office.closes)
    )
    return opens, closes


def first_open(office: OfficeHours, calendar: Calendar, moment: datetime) -> datetime:
    """`moment` itself while the office is open, else the next moment (UTC) at which it opens."""
    day = local_day(moment)
    while True:
        if calendar.is_working_day(day):
            opens, closes = open_on(office, day)
            if moment < closes:
                return max(moment, opens)
        day += ONE_DAY


def opens_later(office: OfficeHours | None, calendar: Calendar, moment: datetime) -> datetime | None:
    """When the office opens next; None while it is open, or where no hours are kept."""
    if office is None:
        return None
    opens = first_open(office, calendar, moment)
    return opens if opens > moment else None


def end_in_office(
    office: OfficeHours,
    calendar: Calendar,
    at: datetime,
    span: timedelta,
    pauses: Sequence[tuple[datetime, datetime]] = (),
) -> datetime:
    """The moment at which `span` of open office has passed since `at`; pauses do not count."""
    now, left = at, span
    while True:
        now = first_open(office, calendar, now)
        resumed = next((last for first, last in pauses if first <= now < last), None)
        if resumed is not None:
            now = resumed
            continue
        stands = [first for first, _ in pauses if first > now]
        until = min([open_on(office, local_day(now))[1], *stands])
        if left <= until - now:
            return now + left
        left -= until - now
        now = until
