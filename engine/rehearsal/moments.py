"""When the acts of a script happen: in office hours, spread over days, always the same for the same case."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import sha256

from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.period import Period, Unit
from engine.core.moment import LOCAL_ZONE, local_day, to_utc
from engine.definitions.script import ScriptedAct, moment_of_day

OPENS, MINUTES_OPEN = time(9), 8 * 60
_NOT_AT_ONCE = timedelta(minutes=1)


def moment_of(act: ScriptedAct, key: str, before: datetime, calendar: Calendar) -> datetime:
    """The moment (UTC) of an act that follows what happened at `before`; `key` makes the choices of one case."""
    if act.on is not None and act.spread is None:
        return max(moment_of_day(act.on), before)
    later = choose(f"{key}/spread", 1 + (_days(act.spread) if act.spread else 0))
    if act.after is not None and act.after.unit is Unit.HOURS:
        return before + timedelta(hours=act.after.amount, days=later)
    if act.after is not None:
        day = _count(local_day(before), act.after, calendar)
    else:
        assert act.on is not None  # the reader of the script refuses an act without a time
        day = local_day(moment_of_day(act.on))
    day += timedelta(days=later)
    return max(_in_office_hours(_working_day(day, calendar), key), before + _NOT_AT_ONCE)


def choose(key: str, choices: int) -> int:
    """A fixed choice, 0 up to `choices`, that looks like chance."""
    return int.from_bytes(sha256(key.encode()).digest()[:4], "big") % choices


def _count(day: date, length: Period, calendar: Calendar) -> date:
    if length.unit is not Unit.WORKING_DAYS:
        return day + timedelta(days=_days(length))
    for _ in range(length.amount):
        day = _working_day(day + timedelta(days=1), calendar)
    return day


def _days(length: Period) -> int:
    return length.amount * (7 if length.unit is Unit.WEEKS else 1)


def _working_day(day: date, calendar: Calendar) -> date:
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def _in_office_hours(day: date, key: str) -> datetime:
    opens_at = datetime.combine(day, OPENS, LOCAL_ZONE)
    return to_utc(opens_at) + timedelta(minutes=choose(f"{key}/hour", MINUTES_OPEN))
