"""The law sits below: what a higher layer may not make looser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ruleset import Rule, RuleSet, Table, TermRule
from engine.core.finding import Finding, fault
from engine.core.language.conditions import Algebra, All, AnyOf, Condition, FactRef, Literal, Not, Test, fold
from engine.core.language.facts import FactRule
from engine.core.legal_clock.period import Period, Unit, in_dutch
from engine.core.legal_clock.termspec import Extension

_Bounds = tuple[Period, Period]
_DAYS_OF: dict[Unit, int] = {Unit.DAYS: 24, Unit.WEEKS: 168, Unit.HOURS: 1}
_MONTHS_OF: dict[Unit, int] = {Unit.MONTHS: 1, Unit.YEARS: 12}


def find_looser(lower: Sequence[RuleSet], layer: RuleSet) -> Iterator[Finding]:
    """Every place where this layer loosens what is statutory in a layer below it."""
    for below in lower:
        yield from _changed_types(below, layer)
        yield from _replaced(below, layer)
        for term_id, term in layer.terms.items():
            held = below.terms.get(term_id)
            if held is not None and held.kind == "statutory":
                yield from _looser_term(held, term, {**below.facts, **layer.facts})


def _changed_types(below: RuleSet, layer: RuleSet) -> Iterator[Finding]:
    for fact_id, fact in layer.facts.items():
        held = below.facts.get(fact_id)
        if held is not None and held.type is not fact.type:
            told = {"organisation": below.organisation, "place": held.where}
            yield fault("other_type", fact.where, fact=fact_id, now=fact.type, stays=held.type, **told)


def _replaced(below: RuleSet, layer: RuleSet) -> Iterator[Finding]:
    """Statutory rules and tables may not be replaced, nor may others speak about the facts they conclude."""
    held = [one for one in _speakers(below) if one.statutory]
    ids = {one.id for one in held}
    facts = {fact: one for one in held for fact in _concluded(one)}
    for rule in _speakers(layer):
        if rule.id in ids:
            yield fault("replaces_law", rule.where, rule=rule.id, organisation=below.organisation)
            continue
        for fact in sorted(_concluded(rule) & facts.keys()):
            law = facts[fact]
            yield fault("speaks_for_law", rule.where, rule=rule.id, fact=fact, held=law.id, place=law.where)


def _speakers(layer: RuleSet) -> list[Rule | Table]:
    return [*layer.rules, *layer.tables]


def _concluded(rule: Rule | Table) -> set[str]:
    if isinstance(rule, Table):
        return {rule.output}
    return {conclusion.fact for conclusion in (*rule.then, *rule.otherwise)}


def _looser_term(held: TermRule, term: TermRule, facts: Mapping[str, FactRule]) -> Iterator[Finding]:
    bounds = _bounds(term, facts)
    now = in_dutch(bounds[1]) if bounds else ""
    for kind, stays in (
        *_loosenings(held, term),
        *_other_length(_bounds(held, facts), bounds),
        *_other_standstill(held, term),
        *_other_days(held, term),
    ):
        yield fault(kind, term.where, term=term.id, place=held.where, now=now, stays=stays)


def _loosenings(held: TermRule, term: TermRule) -> Iterator[tuple[str, object]]:
    """The code of each thing that is looser here, with what the law says and stays."""
    if term.kind != held.kind:
        yield "looser_kind", held.kind
    if term.termijnenwet != held.termijnenwet:
        yield "looser_act_on_terms", str(held.termijnenwet).lower()
    if term.basis != held.basis:
        yield "looser_basis", held.cited
    if _is_larger(term.extension, held.extension):
        yield "looser_extension", (held.extension.times, in_dutch(held.extension.period)) if held.extension else ()
    if _defers_more(term, held):
        yield "looser_deferral", ""
    if any(term.from_sending.get(name) != sending for name, sending in held.from_sending.items()):
        yield "looser_sending", ""


def _other_length(held: _Bounds | None, here: _Bounds | None) -> Iterator[tuple[str, object]]:
    """Longer than the law allows at its shortest, whatever the case says; or a day where the law counts."""
    if held is not None and (here is None or is_longer(here[1], held[0])):
        yield "looser_length" if here else "looser_fixed_day", in_dutch(held[0])


def _bounds(term: TermRule, facts: Mapping[str, FactRule]) -> _Bounds | None:
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


def _defers_more(term: TermRule, held: TermRule) -> bool:
    if term.deferral is None:
        return False
    law, longest = held.deferral, term.deferral.at_most
    if law is None or term.deferral.times > law.times:
        return True
    return law.at_most is not None and (longest is None or is_longer(longest, law.at_most))


def _other_standstill(held: TermRule, term: TermRule) -> Iterator[tuple[str, object]]:
    if term.follows != held.follows:
        yield "looser_follows", (held.follows,) if held.follows else ()
    if set(term.suspended_in) != set(held.suspended_in):
        yield "looser_standstill_states", held.suspended_in
    if _asked(term.suspended_while) != _asked(held.suspended_while):
        yield "looser_standstill_while", ""
    if {*term.suspends_on} - {*held.suspends_on} or {*held.resumes_on} - {*term.resumes_on}:
        yield "looser_standstill", held.suspends_on


class _Placeless(Algebra[object]):
    """What a condition asks, wherever it was written."""

    def test(self, test: Test) -> object:
        return replace(test, where="")

    def join(self, condition: All | AnyOf, parts: tuple[object, ...]) -> object:
        return type(condition), parts

    def deny(self, condition: Not, part: object) -> object:
        return Not, part


def _asked(condition: Condition | None) -> object:
    return None if condition is None else fold(condition, _Placeless())


def _other_days(held: TermRule, term: TermRule) -> Iterator[tuple[str, object]]:
    moved = replace(term, anchor=held.anchor, before=held.before, until=held.until, roll=held.roll)
    if moved != term:
        yield "looser_days", ""
    if not {*held.starts_in, *held.starts_on, *held.sending_of} <= {*term.starts_in, *term.starts_on, *term.sending_of}:
        yield "looser_start", ""
    if not {*term.stops_in, *term.stops_on} <= {*held.stops_in, *held.stops_on}:
        yield "looser_stop", ""


def is_longer(one: Period, other: Period) -> bool:
    """Whether one length may be longer than the other. Units that cannot be compared count as longer."""
    for sizes in (_DAYS_OF, _MONTHS_OF):
        if one.unit in sizes and other.unit in sizes:
            return one.amount * sizes[one.unit] > other.amount * sizes[other.unit]
    return one.unit is not other.unit or one.amount > other.amount


def _is_larger(extension: Extension | None, held: Extension | None) -> bool:
    if extension is None:
        return False
    return held is None or extension.times > held.times or is_longer(extension.period, held.period)
