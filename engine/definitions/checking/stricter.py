"""The law sits below: what a higher layer may not make looser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.core.content.ruleset import Rule, RuleSet, Table, TermRule
from engine.core.errors import DefinitionError
from engine.core.legal_clock.period import Period, Unit, in_dutch
from engine.core.legal_clock.termspec import Extension

_DAYS_OF: dict[Unit, int] = {Unit.DAYS: 24, Unit.WEEKS: 168, Unit.HOURS: 1}
_MONTHS_OF: dict[Unit, int] = {Unit.MONTHS: 1, Unit.YEARS: 12}


def find_looser(lower: Sequence[RuleSet], layer: RuleSet) -> Iterator[DefinitionError]:
    """Every place where this layer loosens what is statutory in a layer below it."""
    for below in lower:
        yield from _changed_types(below, layer)
        yield from _replaced(below, layer)
        for term_id, term in layer.terms.items():
            held = below.terms.get(term_id)
            if held is not None and held.kind == "statutory":
                yield from _looser_term(held, term)


def _changed_types(below: RuleSet, layer: RuleSet) -> Iterator[DefinitionError]:
    for fact_id, fact in layer.facts.items():
        held = below.facts.get(fact_id)
        if held is not None and held.type is not fact.type:
            yield DefinitionError(
                f'Het gegeven "{fact_id}" is hier {fact.type.value}, maar {held.type.value} in {below.organisation}.',
                where=fact.where,
                why=f"Een gegeven houdt de soort van de laag eronder ({held.where}).",
                next_step=f"Schrijf type: {held.type.value}.",
            )


def _replaced(below: RuleSet, layer: RuleSet) -> Iterator[DefinitionError]:
    """Statutory rules and tables may not be replaced, nor may others speak about the facts they conclude."""
    held = [one for one in _speakers(below) if one.statutory]
    ids = {one.id for one in held}
    facts = {fact: one for one in held for fact in _concluded(one)}
    for rule in _speakers(layer):
        if rule.id in ids:
            yield DefinitionError(
                f'"{rule.id}" is wettelijk in {below.organisation} en kan hier niet worden vervangen.',
                where=rule.where,
                why="De wet ligt onder de afspraken van de organisatie.",
                next_step="Haal de regel weg, of geef hem een eigen naam en een eigen conclusie.",
            )
            continue
        for fact in sorted(_concluded(rule) & facts.keys()):
            yield DefinitionError(
                f'"{rule.id}" concludeert "{fact}", maar dat bepaalt "{facts[fact].id}" wettelijk.',
                where=rule.where,
                why=f"De wettelijke regel staat in {facts[fact].where}.",
                next_step="Laat deze regel een eigen gegeven concluderen.",
            )


def _speakers(layer: RuleSet) -> list[Rule | Table]:
    return [*layer.rules, *layer.tables]


def _concluded(rule: Rule | Table) -> set[str]:
    if isinstance(rule, Table):
        return {rule.output}
    return {conclusion.fact for conclusion in (*rule.then, *rule.otherwise)}


def _looser_term(held: TermRule, term: TermRule) -> Iterator[DefinitionError]:
    for what, why in _loosenings(held, term):
        yield DefinitionError(
            f'De wettelijke termijn "{term.id}" {what}.',
            where=term.where,
            why=f"{why} (de wettelijke termijn staat in {held.where}).",
            next_step="Een organisatie mag strenger zijn dan de wet, niet ruimer: pas de termijn aan.",
        )


def _loosenings(held: TermRule, term: TermRule) -> Iterator[tuple[str, str]]:
    if term.kind != held.kind:
        yield "wordt hier een afspraak of streeftermijn", "De soort blijft statutory"
    if term.termijnenwet != held.termijnenwet:
        yield "wijkt af van de Algemene termijnenwet", f"termijnenwet blijft {str(held.termijnenwet).lower()}"
    if term.basis != held.basis:
        yield "verliest haar grondslag", f"De basis blijft {held.cited}"
    if held.period is not None and (term.period is None or is_longer(term.period, held.period)):
        now = in_dutch(term.period) if term.period else "een vaste dag"
        yield f"wordt hier ruimer ({now})", f"De wet geeft {in_dutch(held.period)}"
    yield from _other_standstill(held, term)
    if _is_larger(term.extension, held.extension):
        yield "kan hier ruimer worden verlengd", f"Wettelijk: {_told(held.extension)}"
    if term.deferral is not None and (held.deferral is None or term.deferral.times > held.deferral.times):
        yield "kan hier ruimer worden uitgesteld", "Uitstel staat niet of minder vaak in de wettelijke laag"
    moved = replace(term, anchor=held.anchor, before=held.before, until=held.until, roll=held.roll)
    if moved != term:
        yield "telt hier vanaf of tot een andere dag", "anchor, before, until en roll blijven gelijk"
    if not {*held.starts_in, *held.starts_on, *held.sending_of} <= {*term.starts_in, *term.starts_on, *term.sending_of}:
        yield "begint hier niet meer overal waar de wet haar laat beginnen", "Elk wettelijk begin blijft"
    if not {*term.stops_in, *term.stops_on} <= {*held.stops_in, *held.stops_on}:
        yield "stopt hier eerder dan in de wettelijke laag", "Er komen geen plaatsen bij waar de klok stopt"


def _other_standstill(held: TermRule, term: TermRule) -> Iterator[tuple[str, str]]:
    if term.follows != held.follows:
        yield "deelt hier andere opschortingen", f"follows blijft {held.follows or 'leeg'}"
    if set(term.suspended_in) != set(held.suspended_in):
        yield "staat hier in andere toestanden stil", f"Wettelijk: {', '.join(held.suspended_in) or 'nergens'}"
    if {*term.suspends_on} - {*held.suspends_on} or {*held.resumes_on} - {*term.resumes_on}:
        yield "staat hier vaker of langer stil", f"Wettelijk: {', '.join(held.suspends_on) or 'nergens'}"


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


def _told(extension: Extension | None) -> str:
    return f"{extension.times} keer {in_dutch(extension.period)}" if extension else "geen verlenging"
