"""The order in which facts are concluded: each after what it reads. A circle is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.content.ruleset import Rule, Table
from engine.core.finding import Finding, fault
from engine.core.language.conditions import facts_in, facts_in_expression


def facts_read_by_conclusion(rules: Iterable[Rule], tables: Iterable[Table]) -> dict[str, set[str]]:
    """Each derived fact with the facts that its rules or its table read."""
    reads: dict[str, set[str]] = {}
    for rule in rules:
        for conclusion in (*rule.then, *rule.otherwise):
            read = reads.setdefault(conclusion.fact, set())
            read |= facts_in(rule.when) | facts_in_expression(conclusion.value)
    for table in tables:
        read = reads.setdefault(table.output, set())
        for row in table.rows:
            read |= facts_in(row.when) | facts_in_expression(row.then)
    return reads


def order_conclusions(rules: Iterable[Rule], tables: Iterable[Table]) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The derived facts in order, and a finding for each circle found (its facts keep some order)."""
    rules, tables = tuple(rules), tuple(tables)
    reads = facts_read_by_conclusion(rules, tables)
    walk = _FactWalk(reads)
    for fact in reads:
        walk.visit(fact)
    return tuple(walk.order), tuple(_circle(circle, rules, tables) for circle in walk.circles)


class _FactWalk:
    """Depth-first over the facts; a fact met again while it is still open closes a circle."""

    def __init__(self, reads: Mapping[str, set[str]]) -> None:
        self._reads = reads
        self._open: list[str] = []
        self._done: set[str] = set()
        self.order: list[str] = []
        self.circles: list[tuple[str, ...]] = []

    def visit(self, fact: str) -> None:
        if fact in self._done or fact not in self._reads:
            return
        if fact in self._open:
            self.circles.append((*self._open[self._open.index(fact) :], fact))
            return
        self._open.append(fact)
        for read in sorted(self._reads[fact]):
            self.visit(read)
        self._open.pop()
        if fact not in self._done:
            self._done.add(fact)
            self.order.append(fact)


def _circle(circle: tuple[str, ...], rules: tuple[Rule, ...], tables: tuple[Table, ...]) -> Finding:
    return fault("conclusions_in_circle", _where(circle[0], rules, tables), circle=circle)


def _where(fact: str, rules: tuple[Rule, ...], tables: tuple[Table, ...]) -> str:
    for rule in rules:
        if any(conclusion.fact == fact for conclusion in (*rule.then, *rule.otherwise)):
            return rule.where
    return next((table.where for table in tables if table.output == fact), "")
