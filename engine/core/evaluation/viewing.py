"""Views: what the records that count come to, as single facts, worked out before the rules ask for them.

Three-valued like every condition. A record of which it is unknown whether it counts makes the number unknown, and the
latest too when it would be the latest; a record that surely does not count changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.core.content.records import RecordKind, View
from engine.core.evaluation.expressions import Lookup, Surroundings
from engine.core.evaluation.operators import says, unsaid_of
from engine.core.evaluation.truth import Facts, Judge
from engine.core.language.conditions import All, AnyOf, Condition, Test, joined
from engine.core.language.facts import Aspect, Value
from engine.core.language.names import plain_name

Row = Mapping[str, Value]
"""A record as an act speaks of it: its fields and those of what it belongs to, by fact id; without what is unknown."""


def truths_of(judge: Judge, rows: Sequence[Row], lookup: Lookup, around: Surroundings) -> list[bool | None]:
    """Whether each record counts. The bare fields mean the record; any other fact is looked up."""
    return [judge(row_facts(row, lookup, around)) for row in rows]


def row_facts(row: Row, lookup: Lookup, around: Surroundings) -> Facts:
    """The facts among which the condition of a view is judged for one record."""
    return Facts(dict(row), lookup, around)


def as_said(view: View, kind: RecordKind, rows: Sequence[Row], said: Lookup) -> tuple[Condition, tuple[str, ...]]:
    """The condition of a view, with the fields in which its records must be like the one that the act says.

    Besides: the fields that are not said yet, so that it is unknown which records count. A field that a record may do
    without sets two apart only when both say it: of a party that gave no name nobody knows that it is another.
    """
    parts, unsaid = [view.when], list[str]()
    for name in view.alike:
        fact = kind.fact_of(name)
        value = said(fact)
        if value is not None:
            same = _same(fact, value, rows)
            parts.append(same if name in kind.needs else AnyOf(parts=(unsaid_of(fact), same)))
        elif name in kind.needs:
            unsaid.append(fact)
    return (All(parts=tuple(parts)) if view.alike else view.when), tuple(unsaid)


def _same(fact: str, value: Value, rows: Sequence[Row]) -> Test:
    """That the record says this too, of a text in any spelling: capitals and signs on letters make nobody another."""
    if not isinstance(value, str):
        return says(fact, value)
    written = (str(row[fact]) for row in rows if fact in row)
    spellings = dict.fromkeys([value, *(one for one in written if plain_name(one) == plain_name(value))])
    return says(fact, tuple(spellings))


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
