"""Rules and rows that never speak, always speak, or say again what was said: shown with a case where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from engine.core.content.ruleset import HitPolicy, Row, RuleSet, Table
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import ALWAYS, All, AnyOf, Condition, Not
from engine.core.language.facts import FactRule
from engine.proofs.clashes import told_situation
from engine.proofs.knowledge import NOTHING
from engine.proofs.proven import Proven
from engine.proofs.situations import TriedSituation
from engine.proofs.solver import TooManyError, solver_for
from engine.proofs.world import World


def prove_each_speaks(world: World) -> Proven:
    """Each rule can be true and can be false; each row of a table can be the one that answers."""
    rule_sets = [content.rules for content in world.judged_rule_sets()]
    rules, rows = sum(len(one.rules) for one in rule_sets), sum(len(t.rows) for one in rule_sets for t in one.tables)
    line = f"{rules} regels en {rows} tabelrijen kunnen elk het verschil maken."
    return Proven(findings=tuple(chain(*map(_check_rule_set, rule_sets))), line=line)


def _check_rule_set(rules: RuleSet) -> Iterator[Finding]:
    # A guard beside the limits of a fact is meant: what is always so only because of them is no mistake.
    free = replace(rules, facts={name: _without_limits(fact) for name, fact in rules.facts.items()})
    for rule in rules.rules:
        if rule.when == ALWAYS:
            continue
        if _is_impossible(rules, rule.when):
            yield fault("rule_never", rule.where, rule=rule.id)
        elif _is_always(free, rule.when):
            yield doubt("rule_always", rule.where, rule=rule.id)
    for table in rules.tables:
        for number, row in enumerate(table.rows):
            yield from _check_row(rules, table, number, row)


def _check_row(rules: RuleSet, table: Table, number: int, row: Row) -> Iterator[Finding]:
    told = {"table": table.id, "row": number + 1}
    seen = _example(rules, row.when)
    if seen is None:
        yield fault("row_never", row.where or table.where, **told)
        return
    earlier = tuple(one.when for one in table.rows[:number])
    if table.hit is HitPolicy.FIRST:
        if earlier and _is_impossible(rules, All(parts=(row.when, Not(part=AnyOf(parts=earlier))))):
            first, seen = _answering(rules, row.when, earlier)
            yield fault("row_masked", row.where or table.where, **told, first=first, when=told_situation(seen))
        return
    for other, one in enumerate(table.rows):
        # Of two that hold in the same cases the second is told; of a narrow and a wide one the narrow one.
        if other == number or one.then != row.then or not _lies_within(rules, row.when, one.when):
            continue
        if other < number or not _lies_within(rules, one.when, row.when):
            yield doubt("row_again", row.where or table.where, **told, first=other + 1, when=told_situation(seen))
            return


def _lies_within(rules: RuleSet, narrow: Condition, wide: Condition) -> bool:
    return _is_impossible(rules, All(parts=(narrow, Not(part=wide))))


def _without_limits(fact: FactRule) -> FactRule:
    return replace(fact, at_least=None, at_most=None, not_before=None, not_after=None)


def _is_always(rules: RuleSet, condition: Condition) -> bool:
    try:
        return solver_for(rules).always(condition, NOTHING)
    except TooManyError:
        return False


def _answering(rules: RuleSet, when: Condition, earlier: tuple[Condition, ...]) -> tuple[int, TriedSituation]:
    """The first earlier row that can hold together with this one, and a case in which both do."""
    for number, other in enumerate(earlier, 1):
        seen = _example(rules, All(parts=(when, other)))
        if seen is not None:
            return number, seen
    # None holds with it, so one of them is never decided where this one holds: that one keeps the table silent.
    return 1, TriedSituation({}, {}, {})


def _is_impossible(rules: RuleSet, condition: Condition) -> bool:
    try:
        return solver_for(rules).example(condition) is None
    except TooManyError:
        return False


def _example(rules: RuleSet, condition: Condition) -> TriedSituation | None:
    """A case in which it holds; one without particulars where that cannot be decided."""
    try:
        return solver_for(rules).example(condition)
    except TooManyError:
        return TriedSituation({}, {}, {})
