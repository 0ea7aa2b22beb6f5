"""Rules and tables speak with one voice: no two answers at once, and no situation without an answer.

Everything the conditions can tell apart is tried. Where a comparison hangs on other facts, or a fact is itself
concluded, a clash may be one that never happens; then it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from engine.core.content.ruleset import HitPolicy, RuleSet, Table
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import ALWAYS, All, Condition, Expression, Literal, Not, facts_in, tests_in
from engine.core.language.facts import Value
from engine.proofs.deduction import Deduction
from engine.proofs.knowledge import both
from engine.proofs.proven import Proven
from engine.proofs.situations import OTHER, TriedSituation
from engine.proofs.solver import TooManyError, solver_for
from engine.proofs.world import World


def prove_one_answer(world: World) -> Proven:
    """No two rules, and no two rows of a `unique` table, can say different things; no table stays silent."""
    rule_sets = [content.rules for content in world.judged_rule_sets()]
    rules, tables = sum(len(one.rules) for one in rule_sets), sum(len(one.tables) for one in rule_sets)
    line = f"{rules} regels en {tables} tabellen geven in elke situatie hoogstens een antwoord."
    return Proven(findings=tuple(chain(*map(_check_rule_set, rule_sets))), line=line)


def _check_rule_set(rules: RuleSet) -> Iterator[Finding]:
    deduction = Deduction(rules)
    yield from _check_rules(deduction)
    for table in rules.tables:
        if table.hit is HitPolicy.UNIQUE:
            yield from _check_rows(deduction, table)
        if table.hit is not HitPolicy.COLLECT:
            yield from _check_complete(rules, table)


def _check_rules(deduction: Deduction) -> Iterator[Finding]:
    for one, other in combinations(deduction.rules.rules, 2):
        for said in one.then:
            against = next((s for s in other.then if s.fact == said.fact and _differ(s.value, said.value)), None)
            if against is None:
                continue
            clash = _find_clash(deduction, one.when, other.when)
            if clash is not None:
                make = fault if _is_sure(deduction.rules, one.when, other.when) else doubt
                yield make(
                    "contradicting_rules",
                    other.where,
                    one=one.id,
                    other=other.id,
                    fact=said.fact,
                    when=told_situation(clash),
                )


def _check_rows(deduction: Deduction, table: Table) -> Iterator[Finding]:
    numbered = tuple(enumerate(table.rows, 1))
    for (first, one), (second, other) in combinations(numbered, 2):
        if not _differ(one.then, other.then):
            continue
        clash = _find_clash(deduction, one.when, other.when)
        if clash is not None:
            make = fault if _is_sure(deduction.rules, one.when, other.when) else doubt
            where = other.where or table.where
            yield make(
                "overlapping_rows", where, table=table.id, first=first, second=second, when=told_situation(clash)
            )


def _check_complete(rules: RuleSet, table: Table) -> Iterator[Finding]:
    whens = tuple(row.when for row in table.rows)
    if ALWAYS in whens:
        return
    try:
        gap = solver_for(rules).example(All(parts=tuple(Not(part=when) for when in whens)))
    except TooManyError:
        yield doubt("table_not_proven", table.where, table=table.id)
        return
    if gap is not None:
        yield doubt("incomplete_table", table.where, table=table.id, when=told_situation(gap), output=table.output)


def _differ(one: Expression, other: Expression) -> bool:
    return one != other


def _find_clash(deduction: Deduction, one: Condition, other: Condition) -> TriedSituation | None:
    """A situation in which both hold; None when there is none, or too many to try."""
    told = both(deduction.told_by(one), deduction.told_by(other))
    if told.is_impossible:
        return None
    try:
        return solver_for(deduction.rules).example(All(parts=(one, other)), told)
    except TooManyError:
        return None


def _is_sure(rules: RuleSet, *whens: Condition) -> bool:
    tests = [test for when in whens for test in tests_in(when)]
    has_only_literals = all(isinstance(test.operand, Literal) for test in tests)
    return has_only_literals and not any(facts_in(when) & set(rules.order) for when in whens)


def told_situation(situation: TriedSituation) -> tuple[tuple[str, ...], ...]:
    """The situation as plain texts, for the words of a finding."""
    return tuple((fact, *_told_value(value)) for fact, value in situation.values.items())


def _told_value(value: Value | None) -> tuple[str, ...]:
    """How the value is told, and the values to name."""
    if value is None or value == OTHER:
        return ("unknown",) if value is None else ("other",)
    if isinstance(value, bool):
        return ("true",) if value else ("false",)
    if isinstance(value, tuple):
        named = [str(item) for item in value if item != OTHER]
        return ("holds", *named) if named else ("holds_nothing",)
    return ("is", str(value))
