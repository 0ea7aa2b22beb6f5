"""What a rule set takes over from the vocabulary of its organisation: the lowest of its layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.core.content.letter_readers import Addressee
from engine.core.content.organisation import Organisation
from engine.core.content.ruleset import RuleSet
from engine.core.finding import Finding, fault
from engine.core.language.conditions import facts_in, facts_in_expression
from engine.definitions.reading.conclusion_order import facts_read_by_conclusion


def vocabulary_layer(layers: Sequence[RuleSet], organisation: Organisation) -> tuple[RuleSet, tuple[Finding, ...]]:
    """The facts and addressees that these layers name under `shares`, with the tables behind them and what those read.

    A name that the organisation does not share is a finding.
    """
    known = {**organisation.shared_facts, **organisation.shared_addressees}
    named = [(name, layer.where) for layer in layers for name in layer.shares]
    wrong = tuple(
        fault("unknown_shared", where, name=name, known=tuple(known)) for name, where in named if name not in known
    )
    return _layer(layers[0], [name for name, _ in named if name in known], organisation), wrong


def _layer(like: RuleSet, names: Iterable[str], organisation: Organisation) -> RuleSet:
    named = dict.fromkeys(names)
    addressees = {name: one for name, one in organisation.shared_addressees.items() if name in named}
    tables = {one.output: one for one in organisation.shared_tables.values()}
    reads = facts_read_by_conclusion((), tables.values())
    wanted = [name for name in named if name in organisation.shared_facts]
    wanted += [fact for one in addressees.values() for fact in _read_by(one)]
    facts: dict[str, None] = {}
    while wanted:
        fact = wanted.pop()
        if fact in organisation.shared_facts and fact not in facts:
            facts[fact] = None
            wanted += reads.get(fact, ())
    return replace(
        like,
        # In the order of the organisation: what a reader sees does not hang on who named it first.
        facts={fact: rule for fact, rule in organisation.shared_facts.items() if fact in facts},
        tables=tuple(one for one in tables.values() if one.output in facts),
        addressees=addressees,
        rules=(), terms={}, ladders={}, records={}, views={}, adds={}, floors={}, decisions={}, obligations=(),
        consents=(), order=(),
    )  # fmt: skip


def _read_by(addressee: Addressee) -> frozenset[str]:
    read = facts_in_expression(addressee.name)
    if addressee.address is not None:
        read |= facts_in_expression(addressee.address)
    return read | facts_in(addressee.each.when) if addressee.each is not None else read
