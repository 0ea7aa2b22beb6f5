"""The numbers of cases, in series that begin anew every year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.store.readings import Readings

Series = tuple[str, str, int]
"""What numbers are counted by: organisation, prefix and local year."""
_AT_A_TIME = 20


def next_numbers(readings: Readings, series: Series) -> Iterator[str]:
    """The numbers that new cases will get, in this order and without end, unless somebody is first."""
    organisation, prefix, year = series
    sql = """SELECT last_number FROM case_numbers
             WHERE organisation = :organisation AND prefix = :prefix AND year = :year"""
    found = readings.rows(sql, organisation=organisation, prefix=prefix, year=year)
    last = int(found[0]["last_number"]) if found else 0
    for start in count(last + 1, _AT_A_TIME):
        yield from free_numbers(readings, series, range(start, start + _AT_A_TIME))


def free_numbers(readings: Readings, series: Series, numbers: Iterable[int]) -> tuple[str, ...]:
    """These numbers as they are written (`TLV-2026-0001`), without those that a case has already from elsewhere."""
    _, prefix, year = series
    written = [f"{prefix}-{year}-{number:04d}" for number in numbers]
    taken = readings.existing_cases(written)
    return tuple(number for number in written if number not in taken)
