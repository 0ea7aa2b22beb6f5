"""How long a term may be above the law: whose time it is decides which side is looser (`protects`, `floors`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import Deferring, Floor, Protects, TermRule
from engine.core.finding import Finding, fault
from engine.core.language.conditions import FactRef, Literal
from engine.core.language.facts import FactRule
from engine.core.legal_clock.period import Period, Unit, in_dutch
from engine.core.legal_clock.termspec import Extension

Bounds = tuple[Period, Period]
_DAYS_OF: dict[Unit, int] = {Unit.DAYS: 24, Unit.WEEKS: 168, Unit.HOURS: 1}
_MONTHS_OF: dict[Unit, int] = {Unit.MONTHS: 1, Unit.YEARS: 12}


def other_length(held: TermRule, term: TermRule, facts: Mapping[str, FactRule]) -> Iterator[tuple[str, str, str]]:
    """Code, length here and length of the law for each way in which the length is looser, whatever the case says."""
    law, here = bounds_of(held, facts), bounds_of(term, facts)
    if law is None:
        return
    protects = held.protects or Protects.BODY
    if here is None:
        yield "looser_fixed_day", "", in_dutch(law[0])
        return
    if protects is not Protects.CITIZEN and is_longer(here[1], law[0]):
        yield "looser_length", in_dutch(here[1]), in_dutch(law[0])
    elif protects is not Protects.BODY and is_longer(law[1], here[0]):
        yield "looser_shorter", in_dutch(here[0]), in_dutch(law[1])


def below_floors(lower: RuleSet, layer: RuleSet) -> Iterator[Finding]:
    """Terms of this layer that may be shorter than a layer below allows, and floors that it lowers."""
    for name, floor in lower.floors.items():
        term, added = layer.terms.get(name), layer.adds.get(name)
        bounds = bounds_of(term, {**lower.facts, **layer.facts}) if term is not None else None
        if term is not None and (bounds is None or is_longer(floor.at_least, bounds[0])):
            now = in_dutch(bounds[0]) if bounds else ""
            yield fault("below_floor", term.where, term=name, now=now, **_held(floor))
        elif added is not None and added.period is not None and is_longer(floor.at_least, added.period):
            yield fault("below_floor", added.where, term=name, now=in_dutch(added.period), **_held(floor))
        own = layer.floors.get(name)
        if own is not None and is_longer(floor.at_least, own.at_least):
            yield fault("floor_lowered", own.where, term=name, now=in_dutch(own.at_least), **_held(floor))


def floors_without_term(rules: RuleSet) -> Iterator[Finding]:
    """Floors of terms that no layer gives: then the time is not guarded at all."""
    for name, floor in rules.floors.items():
        if name not in rules.terms:
            yield fault("floor_without_term", floor.where, term=name, least=in_dutch(floor.at_least))


def _held(floor: Floor) -> dict[str, object]:
    return {"least": in_dutch(floor.at_least), "place": floor.where, "sources": floor.source}


def bounds_of(term: TermRule, facts: Mapping[str, FactRule]) -> Bounds | None:
    """The shortest and the longest the term can be; None for one that ends on a day."""
    if term.period is not None or term.length_of is None:
        return (term.period, term.period) if term.period is not None else None
    amount, unit = term.length_of.amount, term.length_of.unit
    if isinstance(amount, Literal):
        fixed = Period(int(str(amount.value)), unit) if str(amount.value).isdecimal() else None
        return (fixed, fixed) if fixed else None
    rule = facts.get(amount.fact) if isinstance(amount, FactRef) else None
    if rule is None or rule.at_least is None or rule.at_most is None:
        return None  # reported where its type is checked
    return Period(int(rule.at_least), unit), Period(int(rule.at_most), unit)


def is_longer(one: Period, other: Period) -> bool:
    """Whether one length may be longer than the other. Units that cannot be compared count as longer."""
    for sizes in (_DAYS_OF, _MONTHS_OF):
        if one.unit in sizes and other.unit in sizes:
            return one.amount * sizes[one.unit] > other.amount * sizes[other.unit]
    return one.unit is not other.unit or one.amount > other.amount


def extends_more(extension: Extension | None, held: Extension | None) -> bool:
    """Whether a term may be extended more often, or further, than the one that is `held`."""
    if extension is None:
        return False
    return held is None or extension.times > held.times or is_longer(extension.period, held.period)


def defers_more(deferral: Deferring | None, held: Deferring | None) -> bool:
    """Whether the last day may be put off more often, or further, than the deferral that is `held` allows."""
    if deferral is None:
        return False
    if held is None or deferral.times > held.times:
        return True
    return held.at_most is not None and (deferral.at_most is None or is_longer(deferral.at_most, held.at_most))
