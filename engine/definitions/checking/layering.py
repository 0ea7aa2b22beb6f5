"""Layers of a rule set merged into one: the organisation over what it inherits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from engine.core.content.ruleset import RuleSet
from engine.core.errors import DefinitionError
from engine.definitions.checking.stricter import find_looser
from engine.definitions.reading.build_rules import Layer
from engine.definitions.reading.conclusion_order import order_conclusions


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def merge_layers(layers: Sequence[Layer], organisation: str) -> tuple[RuleSet, tuple[DefinitionError, ...]]:
    """The layers as one rule set, lowest first, and what is wrong with their combination."""
    problems = [problem for number, layer in enumerate(layers) for problem in find_looser(layers[:number], layer)]
    rules = _by_id(rule for layer in layers for rule in layer.rules)
    tables = _by_id(table for layer in layers for table in layer.tables)
    order, circles = order_conclusions(rules, tables)
    top = layers[-1]
    merged = RuleSet(
        id=top.id,
        organisation=organisation,
        title=top.title,
        valid_from=top.valid_from,
        facts={key: fact for layer in layers for key, fact in layer.facts.items()},
        rules=rules,
        tables=tables,
        terms={key: term for layer in layers for key, term in layer.terms.items()},
        addressees={key: one for layer in layers for key, one in layer.addressees.items()},
        ladders={key: ladder for layer in layers for key, ladder in layer.ladders.items()},
        consents=top.consents,
        order=order,
        layers=tuple(f"{one.organisation}/{one.id}@{one.valid_from.isoformat()}" for one in layers),
        where=top.where,
    )
    return merged, (*problems, *circles)


def _by_id(items: Iterable[T]) -> tuple[T, ...]:
    merged: dict[str, T] = {}
    for item in items:
        merged[item.id] = item
    return tuple(merged.values())
