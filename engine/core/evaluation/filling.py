"""A stretch of time that is full: which records of a view lie in the first one, in three-valued logic.

The law speaks of hours missed "in four consecutive school weeks" (LPW 21a): not of the last four, and not of four that
begin at a fixed day. So every stretch that ends on a day of a record is looked at, the earliest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.core.content.records import Full, RecordKind
from engine.core.evaluation.arithmetic import added
from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression, school_counter
from engine.core.evaluation.viewing import Row
from engine.core.language.facts import Value
from engine.core.legal_clock.counting import DayCounter
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True)
class _Span:
    """From the day after `before` up to and including `last`."""

    before: date
    last: date

    def holds(self, day: date) -> bool:
        return self.before < day <= self.last


_Entry = tuple[date, Value, bool | None]
"""Day, amount, and whether the record counts at all."""


def by_day(full: Full, kind: RecordKind, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The records in the order of the days on which they count; of one day in the order of writing."""
    return tuple(sorted(rows, key=lambda row: str(row[kind.fact_of(full.by)])))


def in_first_full(
    full: Full,
    kind: RecordKind,
    rows: Sequence[Row],
    truths: Sequence[bool | None],
    lookup: Lookup,
    around: Surroundings,
) -> list[bool | None]:
    """Whether each record lies in the first stretch that is full, given whether it counts at all.

    A record of which that is unknown can fill a stretch earlier, and never later: so the first full stretch ends
    between the one with all of them and the one with none. What lies in both surely counts, what lies in no stretch
    that ends between them surely does not.
    """
    school = evaluate_expression(full.school, lookup, around) if full.school is not None else None
    counter = school_counter(around, school)
    entries = [
        (_day(row[kind.fact_of(full.by)]), row[kind.fact_of(full.added)], truth)
        for row, truth in zip(rows, truths, strict=True)
    ]
    earliest = _first(full, [one for one in entries if one[2] is not False], counter)
    if earliest is None:
        return [False] * len(entries)
    latest = _first(full, [one for one in entries if one[2]], counter)
    return [_counts(day, truth, earliest, latest) for day, _, truth in entries]


def _counts(day: date, truth: bool | None, earliest: _Span, latest: _Span | None) -> bool | None:
    too_late = latest is not None and day > latest.last
    if truth is False or day <= earliest.before or too_late:
        return False
    surely = latest is not None and latest.holds(day) and earliest.holds(day)
    return True if truth and surely else None


def _first(full: Full, entries: Sequence[_Entry], counter: DayCounter) -> _Span | None:
    for last in sorted({day for day, *_ in entries}):
        stretch = _Span(counter.start_before(last, full.within), last)
        total = added([amount for day, amount, _ in entries if stretch.holds(day)])
        if isinstance(total, int | float) and total >= full.at_least:
            return stretch
    return None


def _day(value: Value) -> date:
    assert isinstance(value, date)  # the checker refuses another field
    return value
