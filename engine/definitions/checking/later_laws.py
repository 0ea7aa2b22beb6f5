"""What laws ask of the terms of a case that goes on by rules of before them: the stricter length, and what may make a
term longer, from their day on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import Deferring, Protects, TermRule
from engine.core.language.facts import FactRule
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.termspec import Extension, Holds, LaterLength, LaterProlonging
from engine.definitions.checking.bound_lengths import bounds_of, defers_more, extends_more, is_longer, other_length

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
            less = _prolonging(law, of_law.get(name), terms[name])
            terms[name] = replace(terms[name], later_prolongings=(*terms[name].later_prolongings, *less))
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


def _prolonging(law: RuleSet, before: TermRule | None, term: TermRule) -> Iterator[LaterProlonging]:
    """What this law lets make the term longer, where that is less than the laws before it left.

    Time that only a citizen has is not made shorter for her by a law that lets it grow less, unless it says so.
    """
    held = law.terms.get(term.id)
    if held is None or held.kind != "statutory":
        return
    extension, deferral = _may_grow(term)
    protects = held.protects or term.protects or Protects.BODY
    is_less = extends_more(extension, held.extension) or defers_more(deferral, held.deferral)
    if is_less and protects is not Protects.CITIZEN:
        extension, deferral = _less_extension(extension, held.extension), _less_deferral(deferral, held.deferral)
    elif held.running_cases and before is not None and _grows_as(before, extension, deferral):
        is_less = not _grows_as(held, extension, deferral)
        extension, deferral = _by_own_act(held.extension, extension), _by_own_deferral(held.deferral, deferral)
    else:
        return
    if is_less:
        holds = Holds.ANYWAY if held.running_cases else _HOLDS[protects]
        yield LaterProlonging(
            since=law.valid_from,
            holds=holds,
            extension=extension,
            deferrals=deferral.times if deferral else 0,
            longest_deferral=deferral.at_most if deferral else None,
            cited=held.cited,
        )


def _may_grow(term: TermRule) -> tuple[Extension | None, Deferring | None]:
    """By what the term may be made longer under the laws that were looked at."""
    if not term.later_prolongings or term.deferral is None:
        return (term.later_prolongings[-1].extension if term.later_prolongings else term.extension), term.deferral
    newest = term.later_prolongings[-1]
    deferral = replace(term.deferral, times=newest.deferrals, at_most=newest.longest_deferral)
    return newest.extension, deferral if deferral.times else None


def _less_extension(one: Extension | None, held: Extension | None) -> Extension | None:
    if one is None or held is None:
        return None
    period = held.period if is_longer(one.period, held.period) else one.period
    return replace(one, times=min(one.times, held.times), period=period)


def _less_deferral(one: Deferring | None, held: Deferring | None) -> Deferring | None:
    if one is None or held is None:
        return None
    longest = one.at_most
    if held.at_most is not None and (longest is None or is_longer(longest, held.at_most)):
        longest = held.at_most
    return replace(one, times=min(one.times, held.times), at_most=longest)


def _grows_as(term: TermRule, extension: Extension | None, deferral: Deferring | None) -> bool:
    """Whether a term may be made longer by just so much, by whatever act."""
    same = not (extends_more(extension, term.extension) or extends_more(term.extension, extension))
    return same and not (defers_more(deferral, term.deferral) or defers_more(term.deferral, deferral))


def _by_own_act(held: Extension | None, own: Extension | None) -> Extension | None:
    return replace(held, by=own.by) if held and own else None


def _by_own_deferral(held: Deferring | None, own: Deferring | None) -> Deferring | None:
    return replace(held, by=own.by, until=own.until) if held and own else None
