"""Layers of a rule set merged into one: the organisation over what it inherits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from engine.core.content.organisation import Organisation
from engine.core.content.records import all_laid_on, facts_of_records
from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import TermRule
from engine.core.errors import DefinitionError
from engine.core.finding import Finding, fault
from engine.core.language.facts import Declared
from engine.core.language.limits import all_over
from engine.definitions.checking.additions import added_terms
from engine.definitions.checking.bound_lengths import floors_without_term
from engine.definitions.checking.later_laws import under_later_laws
from engine.definitions.checking.later_obligations import later_obligations
from engine.definitions.checking.narrower import wider_limits
from engine.definitions.checking.stricter import find_looser
from engine.definitions.checking.taken_over import vocabulary_layer
from engine.definitions.checking.type_obligations import answers_of_their_own
from engine.definitions.files.places import moved
from engine.definitions.reading.build_files import laid_over
from engine.definitions.reading.conclusion_order import order_conclusions


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def merge_layers(layers: Sequence[RuleSet], organisation: Organisation) -> tuple[RuleSet, tuple[Finding, ...]]:
    """The layers as one rule set of the organisation, lowest first, and what is wrong with their combination."""
    shared, unknown = vocabulary_layer(layers, organisation)
    own, layers = layers, (shared, *layers)
    findings = [*unknown, *(one for number, layer in enumerate(layers) for one in find_looser(layers[:number], layer))]
    rules = _by_id(rule for layer in layers for rule in layer.rules)
    tables = _by_id(table for layer in layers for table in layer.tables)
    order, circles = order_conclusions(rules, tables)
    merged = replace(
        layers[-1],
        organisation=organisation.id,
        sectors=next((layer.sectors for layer in reversed(own) if layer.sectors), ()),
        rules=rules,
        tables=tables,
        order=order,
        obligations=tuple(one for layer in layers for one in layer.obligations),
        layers=tuple(map(_named, own)),
        law=max((one.valid_from for one in own[:-1] if one.is_law), default=own[-1].valid_from),
        lower=" ".join(map(_kept, own[:-1])),
        **laid_over(layers),
    )
    findings += answers_of_their_own(layers)
    findings += (*_declared_again(own, organisation), *_taken_and_said(shared, own))
    findings += [one for number, layer in enumerate(layers) for one in wider_limits(layers[:number], layer)]
    of_cases = all_laid_on(*(layer.records for layer in layers))
    of_cases |= {name: kind for layer in layers for name, kind in layer.other_cases.items()}
    merged = replace(merged, records={**organisation.subject_records, **organisation.shared_records, **of_cases})
    facts = {
        **organisation.subject_facts,
        **all_over(*(layer.facts for layer in layers)),
        **facts_of_records(merged.records, merged.views),
    }
    of_layers, wrong = added_terms(layers)
    findings += wrong
    terms: dict[str, TermRule] = {}
    for key, term in of_layers.items():
        try:
            terms[key] = term.placed_in(organisation.region, organisation.office)
        except DefinitionError as error:
            findings.append(moved(error, error.where or term.where))
    merged = replace(merged, facts=facts, terms=terms)
    # A layer that nobody stands on yet binds who will: it need not have the term itself.
    unguarded = floors_without_term(merged) if len(own) > 1 else ()
    return merged, (*findings, *unguarded, *circles)


def merge_running(layers: Sequence[RuleSet], later: Sequence[RuleSet], organisation: Organisation) -> RuleSet:
    """The layers of a case that runs as one rule set, under the laws that came `later`, oldest first.

    Nothing is refused here: these rules were in force, and a law that became stricter may not stop the cases on them.
    What it asks of the length of their terms, and of decisions, holds from its first day on.
    """
    merged, _ = merge_layers(layers, organisation)
    own_law = [one for one in layers[:-1] if one.is_law]
    laws = sorted((*own_law, *later), key=lambda law: law.valid_from)
    terms = under_later_laws(merged, own_law, laws)
    names = (*map(_named, layers[:-1]), *map(_named, later), _named(layers[-1]))
    asked = tuple(later_obligations(merged, later))
    return replace(merged, terms=terms, later_obligations=asked, layers=tuple(dict.fromkeys(names)))


def _named(layer: RuleSet) -> str:
    return f"{layer.organisation}/{layer.id}@{layer.valid_from.isoformat()}"


def _kept(layer: RuleSet) -> str:
    """What a case keeps of a layer under its rules: of law the day, of an agreed way of working the text too."""
    return _named(layer) if layer.is_law else f"{_named(layer)}:{layer.digest}"


def _declared_again(layers: Sequence[RuleSet], organisation: Organisation) -> list[Finding]:
    """What a subject holds, or procedures share, the organisation says once: two declarations would soon differ."""
    kinds = {**organisation.subject_records, **organisation.shared_records}
    known: dict[str, Declared] = {
        **organisation.shared_facts, **organisation.subject_facts, **facts_of_records(kinds, {}), **kinds,
    }  # fmt: skip
    said = [(name, one) for layer in layers for block in (layer.facts, layer.records) for name, one in block.items()]
    return [
        fault("subject_fact_declared_again", one.where, fact=name, place=known[name].where)
        for name, one in said
        if name in known
    ]


def _taken_and_said(shared: RuleSet, layers: Sequence[RuleSet]) -> list[Finding]:
    """What is taken over is not said otherwise as well; who wants another reader or table takes none over."""
    tables = {one.id: one.where for one in shared.tables}
    taken = tables | {name: one.where for name, one in shared.addressees.items()}
    said = [
        (name, where)
        for layer in layers
        for name, where in (
            *((one.id, one.where) for one in layer.tables),
            *((name, one.where) for name, one in layer.addressees.items()),
        )
    ]
    return [
        fault("subject_fact_declared_again", where, fact=name, place=taken[name])
        for name, where in said
        if name in taken
    ]


def _by_id(items: Iterable[T]) -> tuple[T, ...]:
    merged: dict[str, T] = {}
    for item in items:
        merged[item.id] = item
    return tuple(merged.values())
