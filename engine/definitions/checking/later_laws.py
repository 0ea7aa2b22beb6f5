"""What laws ask of the terms of a case that goes on by rules of before them: the stricter length, from their day on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ruleset import Protects, RuleSet, TermRule
from engine.core.language.facts import FactRule
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.termspec import Holds, LaterLength
from engine.definitions.checking.bound_lengths import bounds_of, is_longer, other_length

_HOLDS = {Protects.BODY: Holds.SOONER, Protects.CITIZEN: Holds.LATER, Protects.BOTH: Holds.FROM_THE_NEXT}


def under_later_laws(rules: RuleSet, own_law: Sequence[RuleSet], laws: Sequence[RuleSet]) -> dict[str, TermRule]:
    """The terms of rules that a case keeps, with the lengths that `laws` give them, oldest first.

    `own_law` are the layers the rules were laid on: what those say changes nothing, unless it became stricter there.
    """
    terms = dict(rules.terms)
    of_law = {name: term for layer in own_law for name, term in layer.terms.items()}
    for law in laws:
        facts = {**law.facts, **rules.facts}
        for name, term in rules.terms.items():
            for length in _lengths(law, of_law.get(name), terms[name], facts):
                terms[name] = replace(terms[name], later_laws=(*terms[name].later_laws, length))
            of_law[name] = law.terms.get(name, of_law.get(name, term))
    return terms


def _lengths(
    law: RuleSet, before: TermRule | None, term: TermRule, facts: Mapping[str, FactRule]
) -> Iterator[LaterLength]:
    """The lengths that this law gives the term, which stands as the laws before it left it."""
    floor, held = law.floors.get(term.id), law.terms.get(term.id)
    if floor is not None and (now := bounds_of(_as_it_is(term), facts)) and is_longer(floor.at_least, now[0]):
        cited = ", ".join(floor.source)
        yield LaterLength(since=law.valid_from, period=floor.at_least, holds=Holds.LATER, cited=cited)
    if held is None or held.kind != "statutory" or (lengths := bounds_of(held, facts)) is None:
        return
    protects = held.protects or term.protects or Protects.BODY
    held = replace(held, protects=protects)
    period = lengths[1] if protects is Protects.CITIZEN else lengths[0]
    kinds = {kind for kind, *_ in other_length(held, _as_it_is(term), facts)}
    if kinds & {"looser_length", "looser_shorter"}:
        yield LaterLength(since=law.valid_from, period=period, holds=_HOLDS[protects], cited=held.cited)
    elif held.running_cases and before is not None and _is_of_law(term, before, period, facts):
        yield LaterLength(since=law.valid_from, period=period, holds=Holds.ANYWAY, cited=held.cited)


def _as_it_is(term: TermRule) -> TermRule:
    """The term with the length it has under the laws that were looked at."""
    return replace(term, period=term.newest_length, length_of=None) if term.later_laws else term


def _is_of_law(term: TermRule, before: TermRule, period: Period, facts: Mapping[str, FactRule]) -> bool:
    """Whether the length is the one the law had, and is another now: what an organisation made stricter stays."""
    return bounds_of(_as_it_is(term), facts) == bounds_of(before, facts) not in (None, (period, period))
