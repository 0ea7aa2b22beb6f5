"""Findings: what the rules of a set conclude from the facts, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace

from engine.core.content.ruleset import HitPolicy, Row, Rule, RuleSet, Table
from engine.core.errors import DefinitionError
from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression
from engine.core.evaluation.truth import Reason, evaluate
from engine.core.language.conditions import facts_in_expression
from engine.core.language.facts import FactType, Value
from engine.core.language.orders import Conclusion
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Values of the derived facts that are known, and the reason of every derived fact (known or not).

    `truth_by_rule` holds the outcome of each rule, and of each table row as table#number (from 1).
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    truth_by_rule: Mapping[str, bool | None] = field(default_factory=dict)


class ReasonsLater(Mapping[str, Reason]):
    """Reasons that are worked out by the explaining evaluator once somebody asks for one."""

    def __init__(self, work_out: Callable[[], Mapping[str, Reason]]) -> None:
        self._work_out = work_out
        self._found: Mapping[str, Reason] | None = None

    def __getitem__(self, fact: str) -> Reason:
        return self._all()[fact]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> Mapping[str, Reason]:
        if self._found is None:
            self._found = self._work_out()
        return self._found


def conclude(rules: RuleSet, facts: Lookup, around: Surroundings) -> Findings:
    """Evaluate all rules and tables in their computed order.

    Raises DefinitionError when two true rules, or two true rows of a `unique` table, disagree: then the
    content contradicts itself, and no answer is better than a chance one.
    """
    values: dict[str, Value] = {}
    reasons: dict[str, Reason] = {}
    truths: dict[str, bool | None] = {}

    def lookup(fact: str) -> Value | None:
        found = values.get(fact)
        return facts(fact) if found is None else found

    rules_by_fact, table_by_fact = producers(rules)
    for fact in rules.order:
        if fact in table_by_fact:
            value, reason = _conclude_table(table_by_fact[fact], lookup, around, truths)
        else:
            value, reason = _conclude_rules(rules, fact, rules_by_fact[fact], lookup, around, truths)
        reasons[fact] = reason
        if value is not None:
            values[fact] = value
    return Findings(values=values, reasons=reasons, truth_by_rule=truths)


def producers(rules: RuleSet) -> tuple[Mapping[str, tuple[Rule, ...]], Mapping[str, Table]]:
    """Which rules, and which table, conclude each derived fact."""
    rules_by_fact: dict[str, tuple[Rule, ...]] = {}
    for rule in rules.rules:
        for fact in dict.fromkeys(conclusion.fact for conclusion in (*rule.then, *rule.otherwise)):
            rules_by_fact[fact] = (*rules_by_fact.get(fact, ()), rule)
    return rules_by_fact, {table.output: table for table in rules.tables}


def _conclude_rules(
    rules: RuleSet,
    fact: str,
    concluding: tuple[Rule, ...],
    lookup: Lookup,
    around: Surroundings,
    truths: dict[str, bool | None],
) -> tuple[Value | None, Reason]:
    parts = tuple(_reason_of_rule(rule, lookup, around) for rule in concluding)
    truths.update((part.subject, part.truth) for part in parts)
    true_values: dict[str, Value] = {}
    missing: tuple[str, ...] = ()
    for rule, part in zip(concluding, parts, strict=True):
        said = _value_for(fact, rule.then)
        if part.truth and said is not None:
            value = evaluate_expression(said.value, lookup, around)
            if value is None:
                missing = (*missing, *_unknown_in(said, lookup))
            else:
                true_values[rule.id] = value
    if true_values:
        _refuse_contradiction(rules, fact, true_values)
        return next(iter(true_values.values())), Reason(truth=True, kind="rule", fact=fact, parts=parts)
    if missing or any(part.truth is None for part in parts):
        return None, Reason(truth=None, kind="rule", fact=fact, parts=parts, missing=missing)
    return _otherwise(rules, fact, concluding, lookup, around, parts)


def _reason_of_rule(rule: Rule, lookup: Lookup, around: Surroundings) -> Reason:
    return replace(evaluate(rule.when, lookup, around), subject=rule.id, where=rule.where)


def _otherwise(
    rules: RuleSet,
    fact: str,
    concluding: tuple[Rule, ...],
    lookup: Lookup,
    around: Surroundings,
    parts: tuple[Reason, ...],
) -> tuple[Value | None, Reason]:
    reason = Reason(truth=False, kind="rule", fact=fact, parts=parts)
    for rule in concluding:
        said = _value_for(fact, rule.otherwise)
        if said is not None:
            value = evaluate_expression(said.value, lookup, around)
            return value, reason if value is not None else replace(reason, missing=_unknown_in(said, lookup))
    # A yes/no that no rule affirms is false: the rules are all there is to say about a derived fact.
    return (False if rules.facts[fact].type is FactType.YES_NO else None), reason


def _value_for(fact: str, conclusions: tuple[Conclusion, ...]) -> Conclusion | None:
    return next((said for said in conclusions if said.fact == fact), None)


def _unknown_in(said: Conclusion, lookup: Lookup) -> tuple[str, ...]:
    return tuple(fact for fact in sorted(facts_in_expression(said.value)) if lookup(fact) is None)


def _refuse_contradiction(rules: RuleSet, fact: str, values: Mapping[str, Value]) -> None:
    if len(set(values.values())) > 1:
        said = ", ".join(f"{rule}: {value}" for rule, value in values.items())
        raise DefinitionError(
            f"regels spreken elkaar tegen over '{fact}' ({said})",
            where=rules.where,
            next_step="Maak de voorwaarden van deze regels uitsluitend en draai `trede rules check`.",
        )


def _conclude_table(
    table: Table, lookup: Lookup, around: Surroundings, truths: dict[str, bool | None]
) -> tuple[Value | None, Reason]:
    parts = tuple(evaluate(row.when, lookup, around) for row in table.rows)
    truths.update((f"{table.id}#{number}", part.truth) for number, part in enumerate(parts, 1))
    if table.hit is HitPolicy.COLLECT:
        return _collect(table, parts, lookup, around)
    decisive = _decisive_rows(table, parts)
    reason = Reason(truth=None, kind="table", fact=table.output, parts=parts, subject=table.id, where=table.where)
    if decisive is None:
        return None, reason
    found = {evaluate_expression(row.then, lookup, around) for row in decisive}
    if len(found) > 1:
        raise DefinitionError(
            f"tabel '{table.id}' is 'unique', maar meer rijen gelden met verschillende uitkomst",
            where=table.where,
            next_step="Maak de rijen uitsluitend, of kies 'first'.",
        )
    if not found:
        return None, replace(reason, truth=False)
    if None in found:
        return None, _unknown_outcome(reason, decisive, lookup)
    return found.pop(), replace(reason, truth=True)


def _unknown_outcome(reason: Reason, decisive: tuple[Row, ...], lookup: Lookup) -> Reason:
    """The row is settled but its value is not: ask for what the value needs, not for what other rows ask."""
    needed = frozenset().union(*(facts_in_expression(row.then) for row in decisive))
    missing = tuple(fact for fact in sorted(needed) if lookup(fact) is None)
    settled = tuple(part for part in reason.parts if part.truth is not None)
    return replace(reason, missing=missing, parts=settled)


def _decisive_rows(table: Table, parts: tuple[Reason, ...]) -> tuple[Row, ...] | None:
    """The rows that settle the outcome; None while an unknown row could still change it."""
    true_rows = tuple(row for row, part in zip(table.rows, parts, strict=True) if part.truth)
    if table.hit is HitPolicy.UNIQUE:
        return true_rows if true_rows or all(part.truth is False for part in parts) else None
    for row, part in zip(table.rows, parts, strict=True):
        if part.truth is None:
            return None
        if part.truth:
            return (row,)
    return ()


def _collect(
    table: Table, parts: tuple[Reason, ...], lookup: Lookup, around: Surroundings
) -> tuple[Value | None, Reason]:
    reason = Reason(truth=None, kind="table", fact=table.output, parts=parts, subject=table.id, where=table.where)
    if any(part.truth is None for part in parts):
        return None, reason
    collected: list[str] = []
    for row, part in zip(table.rows, parts, strict=True):
        value = evaluate_expression(row.then, lookup, around) if part.truth else ()
        if value is None:
            return None, reason
        collected.extend(value if isinstance(value, tuple) else (str(value),))
    return tuple(dict.fromkeys(collected)), replace(reason, truth=True)
