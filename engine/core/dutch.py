"""Days, moments and lists in Dutch words, for messages and letters; independent of the locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.core.moment import LOCAL_ZONE, to_utc

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def write_day(day: date, *, weekday: bool = True) -> str:
    """A date in words: "vrijdag 7 mei 2027", or "7 mei 2027" without the weekday."""
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {words}" if weekday else words


def write_moment(moment: datetime) -> str:
    """A moment on the clock in Europe/Amsterdam: "vrijdag 7 mei 2027 om 14.30 uur"."""
    local = to_utc(moment).astimezone(LOCAL_ZONE)
    return f"{write_day(local.date())} om {local:%H.%M} uur"


def join_words(words: Sequence[str], last: str = "en") -> str:
    """A list as people write it: "a, b en c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def count_words(amount: int, one: str, many: str) -> str:
    """ "1 dag" or "3 dagen"."""
    return f"{amount} {one if amount == 1 else many}"
