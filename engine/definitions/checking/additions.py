"""The terms of all layers together: what is added to a term of the law lies on it, and nobody copies one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import TermRule
from engine.core.finding import Finding, fault
from engine.core.language.facts import FactRule
from engine.definitions.checking.bound_lengths import other_length
from engine.definitions.checking.stricter import is_same_clock


def added_terms(layers: Sequence[RuleSet]) -> tuple[dict[str, TermRule], list[Finding]]:
    """The terms by id, lowest layer first, and what is wrong with how they lie over each other.

    A term that stands again takes over whose time it is; what else differs is for `stricter`.
    """
    terms: dict[str, TermRule] = {}
    findings: list[Finding] = []
    facts: dict[str, FactRule] = {}
    for number, layer in enumerate(layers, 1):
        facts |= layer.facts
        findings.extend(_looked_at(layer, terms, facts, binds=number < len(layers)))
        for name, term in layer.terms.items():
            held = terms.get(name)
            terms[name] = replace(term, protects=held.protects) if held is not None and held.protects else term
        for name, addition in layer.adds.items():
            if name in terms and name not in layer.terms:
                terms[name] = terms[name].with_added(addition)
    return terms, findings


def _looked_at(
    layer: RuleSet, below: Mapping[str, TermRule], facts: Mapping[str, FactRule], *, binds: bool
) -> Iterator[Finding]:
    for name, term in layer.terms.items():
        held = below.get(name)
        if binds and held is None and term.kind == "statutory" and term.unit is not None and term.protects is None:
            yield fault("statutory_for_whom", term.where, term=name)
        if held is not None and held.kind == "statutory" and is_same_clock(held, term, facts):
            # A copy stays behind when the law changes.
            yield fault("statutory_copied", term.where, term=name, place=held.where)
    for name, addition in layer.adds.items():
        if name not in below or name in layer.terms:
            yield fault("adds_to_nothing", addition.where, term=name, known=below)
        elif addition.period is not None and below[name].period is None and below[name].length_of is None:
            yield fault("adds_no_length", addition.where, term=name, place=below[name].where)
        # What was only agreed below may be longer or shorter here; the least that the law leaves is for `floors`.
        elif addition.period is not None and (held := below[name]).kind == "statutory":
            for kind, now, stays in other_length(held, replace(held, period=addition.period, length_of=None), facts):
                yield fault(kind, addition.where, term=name, place=held.where, now=now, stays=stays)
