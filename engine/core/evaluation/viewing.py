"""Views: what the records that count come to, as single facts, worked out before the rules ask for them.

Three-valued like every condition. A record of which it is unknown whether it counts makes the number unknown, and the
latest too when it would be the latest; a record that surely does not count changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.core.evaluation.expressions import Lookup, Surroundings
from engine.core.evaluation.truth import Facts, judging
from engine.core.language.conditions import Condition, joined
from engine.core.language.facts import Aspect, Value

Row = Mapping[str, Value]
"""A record as an act speaks of it: its fields and those of what it belongs to, by fact id; without what is unknown."""


def truths_of(when: Condition, rows: Sequence[Row], lookup: Lookup, around: Surroundings) -> list[bool | None]:
    """Whether each record counts. The bare fields mean the record; any other fact is looked up."""
    judge = judging(when)
    return [judge(row_facts(row, lookup, around)) for row in rows]


def row_facts(row: Row, lookup: Lookup, around: Surroundings) -> Facts:
    """The facts among which the condition of a view is judged for one record."""
    return Facts(dict(row), lookup, around)


def viewed_value(aspect: Aspect, field: str, rows: Sequence[Row], truths: Sequence[bool | None]) -> Value | None:
    """What the view says; `field` is the fact id of the field asked for. None: unknown, or no record counts."""
    if aspect in (Aspect.LATEST, Aspect.FIRST):
        pairs = zip(rows, truths, strict=True)
        return _nearest(field, reversed(tuple(pairs)) if aspect is Aspect.LATEST else pairs)
    if aspect in (Aspect.ANY, Aspect.ALL):
        return joined(aspect is Aspect.ANY, truths)
    if None in truths:
        return None
    counted = [row for row, truth in zip(rows, truths, strict=True) if truth]
    if aspect is Aspect.COUNT:
        return len(counted)
    found = [row.get(field) for row in counted]
    known = [value for value in found if value is not None]
    return _OF_FIELD[aspect](known) if len(known) == len(found) else None


def _nearest(field: str, pairs: Iterable[tuple[Row, bool | None]]) -> Value | None:
    for row, truth in pairs:
        if truth is None:
            return None
        if truth:
            return row.get(field)
    return None


def _sum(values: Sequence[Value]) -> Value:
    from engine.core.evaluation.arithmetic import added  # exact numbers are slow to import, and rarely asked

    return added(values)


_OF_FIELD: Mapping[Aspect, Callable[[Sequence[Value]], Value]] = {
    Aspect.SUM: _sum,
    Aspect.DISTINCT: lambda values: len(set(values)),
    Aspect.LIST: lambda values: tuple(dict.fromkeys(str(value) for value in values)),
}
