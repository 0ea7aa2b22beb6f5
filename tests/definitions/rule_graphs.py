"""Rules made from a graph: each fact with the facts it reads."""

from __future__ import annotations

from collections.abc import Mapping, Set

from engine.core.content.ruleset import Rule
from engine.core.language.conditions import All, FactRef, Literal, Operator, Test
from engine.core.language.orders import Conclusion


def rules_that_read(graph: Mapping[str, Set[str]]) -> tuple[Rule, ...]:
    """One rule per fact; every other fact is read in the conclusion instead of in the condition."""
    rules = []
    for fact, reads in graph.items():
        ordered = sorted(reads)
        tests = tuple(Test(fact=one, operator=Operator.IS, operand=Literal(value=True)) for one in ordered[1:])
        value = FactRef(fact=ordered[0]) if ordered else Literal(value=True)
        rules.append(
            Rule(id=f"r_{fact}", label=fact, when=All(parts=tests), then=(Conclusion(fact=fact, value=value),))
        )
    return tuple(rules)
