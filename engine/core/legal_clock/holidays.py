"""The holidays of article 3 of the Algemene termijnenwet, computed for any year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

# The birthday of the monarch is celebrated on 27 April since 2014; the celebration before it on 30 April.
_FIRST_YEAR_OF_KING = 2014
# Until 1979 a Queen's Day on a Sunday moved to Monday 1 May, since 1980 to Saturday 29 April.
_FIRST_YEAR_MOVED_BACK = 1980


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, also called Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def birthday_celebration(year: int) -> date:
    """King's Day, or Queen's Day before 2014, moved when it would be a Sunday."""
    if year >= _FIRST_YEAR_OF_KING:
        day = date(year, 4, 27)
        return day - timedelta(days=1) if day.weekday() == 6 else day
    day = date(year, 4, 30)
    if day.weekday() != 6:
        return day
    return day + timedelta(days=-1 if year >= _FIRST_YEAR_MOVED_BACK else 1)


@lru_cache(maxsize=512)
def statutory_holidays(year: int) -> Mapping[date, str]:
    """Every holiday of article 3(1) and (2) in the year, with its Dutch name (article 3(3) is content)."""
    easter = easter_sunday(year)
    moving = {-2: "Goede Vrijdag", 1: "Tweede Paasdag", 39: "Hemelvaartsdag", 50: "Tweede Pinksterdag"}
    days = {easter + timedelta(days=offset): name for offset, name in moving.items()}
    fixed = {
        date(year, 1, 1): "Nieuwjaarsdag",
        birthday_celebration(year): "Koningsdag" if year >= _FIRST_YEAR_OF_KING else "Koninginnedag",
        date(year, 5, 5): "Bevrijdingsdag",
        date(year, 12, 25): "Eerste Kerstdag",
        date(year, 12, 26): "Tweede Kerstdag",
    }
    return MappingProxyType({**fixed, **days})
