"""What a value may be, said in layers: a higher layer narrows it, and never makes room that is not there below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.content.ruleset import RuleSet
from engine.core.content.subjects import SubjectKind
from engine.core.finding import Finding, fault
from engine.core.language.facts import DayLimit, FactRule
from engine.core.legal_clock.period import parse_period
from engine.definitions.checking.bound_lengths import is_longer


def wider_limits(lower: Sequence[RuleSet], layer: RuleSet) -> Iterator[Finding]:
    """Every limit of a fact, or of a field of a record, that this layer makes wider than one below it."""
    for below in lower:
        yield from _wider(below.facts, layer.facts)
        for name, kind in layer.records.items():
            if name in below.records:
                yield from _wider(below.records[name].fields, kind.fields)


def wider_subjects(below: Mapping[str, SubjectKind], kinds: Mapping[str, SubjectKind]) -> Iterator[Finding]:
    """The same of what an organisation says of its subjects over what it inherits."""
    for name, kind in kinds.items():
        if name in below:
            yield from _wider(below[name].facts, kind.facts)
            for of, record in kind.records.items():
                if of in below[name].records:
                    yield from _wider(below[name].records[of].fields, record.fields)


def _wider(below: Mapping[str, FactRule], above: Mapping[str, FactRule]) -> Iterator[Finding]:
    for name, rule in above.items():
        held = below.get(name)
        for limit in limits_widened(held, rule) if held is not None else ():
            yield fault("limit_widened", rule.where, fact=rule.id, limit=limit, place=held.where if held else "")


def limits_widened(held: FactRule, rule: FactRule) -> Iterator[str]:
    """The names of the limits that give more room than the layer below does. What is not said here stays as it was."""
    if held.at_least is not None and rule.at_least is not None and rule.at_least < held.at_least:
        yield "at_least"
    if held.at_most is not None and rule.at_most is not None and rule.at_most > held.at_most:
        yield "at_most"
    if rule.max_length is not None and rule.max_length > held.longest:
        yield "max_length"
    if rule.lines > held.lines:
        yield "lines"
    if held.pattern is not None and rule.pattern is not None and rule.pattern.form != held.pattern.form:
        yield "pattern"
    for which, first, other in (
        ("not_before", held.not_before, rule.not_before),
        ("not_after", rule.not_after, held.not_after),
    ):
        if first is not None and other is not None and not _is_no_later(first, other):
            yield which


def _is_no_later(first: DayLimit, other: DayLimit) -> bool:
    """Whether the first is surely no later than the other; days that follow from different facts are not compared."""
    if first.day is not None and other.day is not None:
        return first.day <= other.day
    if first.day is not None or other.day is not None or first.fact != other.fact:
        return False
    if first.plus and other.plus:
        return not is_longer(parse_period(first.plus), parse_period(other.plus))
    if first.minus and other.minus:
        return not is_longer(parse_period(other.minus), parse_period(first.minus))
    return not first.plus and not other.minus
