"""The law sits below: what a higher layer may not make looser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ruleset import Rule, RuleSet, Table
from engine.core.content.term_rules import Protects, TermRule
from engine.core.finding import Finding, fault
from engine.core.language.conditions import Algebra, All, AnyOf, Condition, Not, Test, fold
from engine.core.language.facts import FactRule
from engine.core.legal_clock.period import in_dutch
from engine.definitions.checking.bound_lengths import below_floors, defers_more, extends_more, other_length


def find_looser(lower: Sequence[RuleSet], layer: RuleSet) -> Iterator[Finding]:
    """Every place where this layer loosens what is statutory in a layer below it."""
    for below in lower:
        yield from _changed_types(below, layer)
        yield from _replaced(below, layer)
        yield from _unbound(below, layer)
        yield from below_floors(below, layer)
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


def _unbound(below: RuleSet, layer: RuleSet) -> Iterator[Finding]:
    """What binds acts is only added to: nobody above says anew what a decision is, or what is asked of it."""
    held = {one.id for one in below.obligations} | below.decisions.keys()
    said = [
        *((one.id, one.where) for one in layer.decisions.values()),
        *((one.id, one.where) for one in layer.obligations),
    ]
    for name, where in said:
        if name in held:
            yield fault("rebinds_acts", where, name=name, organisation=below.organisation)


def _speakers(layer: RuleSet) -> list[Rule | Table]:
    return [*layer.rules, *layer.tables]


def _concluded(rule: Rule | Table) -> set[str]:
    if isinstance(rule, Table):
        return {rule.output}
    return {conclusion.fact for conclusion in (*rule.then, *rule.otherwise)}


def _looser_term(held: TermRule, term: TermRule, facts: Mapping[str, FactRule]) -> Iterator[Finding]:
    lengths = other_length(held, term, facts)
    of_rest = (
        *_loosenings(held, term),
        *_other_standstill(held, term),
        *_other_days(held, term),
    )
    for kind, now, stays in (*lengths, *((kind, "", stays) for kind, stays in of_rest)):
        yield fault(kind, term.where, term=term.id, place=held.where, now=now, stays=stays)


def is_same_clock(held: TermRule, term: TermRule, facts: Mapping[str, FactRule]) -> bool:
    """Whether the term runs as the one of the law does: no looser in anything, and no stricter either."""
    same = replace(term, protects=held.protects)  # who stands over the law need not say again whose time it is
    return not any(_looser_term(held, same, facts)) and not any(_looser_term(same, held, facts))


def _loosenings(held: TermRule, term: TermRule) -> Iterator[tuple[str, object]]:
    """The code of each thing that is looser here, with what the law says and stays."""
    if term.kind != held.kind:
        yield "looser_kind", held.kind
    if term.protects is not held.protects and term.protects is not None:
        yield "looser_protection", held.protects or ""
    if term.termijnenwet != held.termijnenwet:
        yield "looser_act_on_terms", str(held.termijnenwet).lower()
    if term.basis != held.basis:
        yield "looser_basis", held.cited
    if extends_more(term.extension, held.extension):
        yield "looser_extension", (held.extension.times, in_dutch(held.extension.period)) if held.extension else ()
    if defers_more(term.deferral, held.deferral):
        yield "looser_deferral", ""
    if any(term.from_sending.get(name) != sending for name, sending in held.from_sending.items()):
        yield "looser_sending", ""


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


# What decides on which day the clock ends, besides its length: the law says it, whoever applies it.
_SAME_DAYS = ("anchor", "before", "until", "on_day", "roll", "in_decree", "hours", "school_of", "for_each", "repeats")


def _other_days(held: TermRule, term: TermRule) -> Iterator[tuple[str, object]]:
    moved = replace(term, **{name: getattr(held, name) for name in _SAME_DAYS})
    if moved != term:
        yield "looser_days", ""
    starts = {*held.starts_in, *held.starts_on, *held.sending_of}, {*term.starts_in, *term.starts_on, *term.sending_of}
    # Time that a citizen has is over sooner when it also begins where the law does not let it begin.
    if not starts[0] <= starts[1] or (held.protects is not Protects.BODY and held.protects and starts[0] != starts[1]):
        yield "looser_start", ""
    if not {*term.stops_in, *term.stops_on} <= {*held.stops_in, *held.stops_on}:
        yield "looser_stop", ""
