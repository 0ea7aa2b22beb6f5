"""Rules and tables speak with one voice: no two answers at once, and no situation without an answer.

Everything the conditions can tell apart is tried. Where a comparison hangs on other facts, or a fact is itself
concluded, a clash may be one that never happens; then it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.core.content.ruleset import HitPolicy, Row, RuleSet, Table
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import ALWAYS, All, Condition, Expression, Literal, Not, facts_in, tests_in
from engine.proofs.deduction import Deduction
from engine.proofs.enumerator import TooManyError
from engine.proofs.knowledge import both
from engine.proofs.problems import Problem, Proven, doubtful, wrong
from engine.proofs.situations import OTHER, Situation
from engine.proofs.solver import solver_for
from engine.proofs.world import World


def prove_one_answer(world: World) -> Proven:
    """No two rules, and no two rows of a `unique` table, can say different things; no table stays silent."""
    problems: list[Problem] = []
    tables = rules = 0
    for content in world.rule_sets():
        tables += len(content.rules.tables)
        rules += len(content.rules.rules)
        problems.extend(_check_rule_set(content))
    line = f"{rules} regels en {tables} tabellen geven in elke situatie hoogstens een antwoord."
    return Proven(problems=tuple(dict.fromkeys(problems)), line=line)


def _check_rule_set(content: Content) -> Iterator[Problem]:
    deduction = Deduction(content.rules)
    yield from _check_rules(deduction)
    for table in content.rules.tables:
        if table.hit is HitPolicy.UNIQUE:
            yield from _check_rows(deduction, table)
        if table.hit is not HitPolicy.COLLECT:
            yield from _check_complete(content.rules, table)


def _check_rules(deduction: Deduction) -> Iterator[Problem]:
    for one, other in combinations(deduction.rules.rules, 2):
        for said in one.then:
            against = next((s for s in other.then if s.fact == said.fact and _differ(s.value, said.value)), None)
            if against is None:
                continue
            clash = _find_clash(deduction, one.when, other.when)
            if clash is not None:
                make = wrong if _is_sure(deduction.rules, one.when, other.when) else doubtful
                yield make(
                    "contradicting_rules",
                    f'De regels "{one.id}" en "{other.id}" kunnen elkaar tegenspreken over "{said.fact}".',
                    other.where,
                    f"Beide gelden {_tell(clash)}.",
                    "Maak hun voorwaarden uitsluitend.",
                )


def _check_rows(deduction: Deduction, table: Table) -> Iterator[Problem]:
    numbered = tuple(enumerate(table.rows, 1))
    for (first, one), (second, other) in combinations(numbered, 2):
        if not _differ(one.then, other.then):
            continue
        clash = _find_clash(deduction, one.when, other.when)
        if clash is not None:
            make = wrong if _is_sure(deduction.rules, one.when, other.when) else doubtful
            yield make(
                "overlapping_rows",
                f'In de tabel "{table.id}" (unique) kunnen rij {first} en rij {second} tegelijk gelden.',
                _place(other, table),
                f"Beide gelden {_tell(clash)}.",
                "Maak de rijen uitsluitend, of kies hit: first.",
            )


def _check_complete(rules: RuleSet, table: Table) -> Iterator[Problem]:
    whens = tuple(row.when for row in table.rows)
    if ALWAYS in whens:
        return
    try:
        gap = solver_for(rules).example(All(parts=tuple(Not(part=when) for when in whens)))
    except TooManyError:
        yield doubtful(
            "table_not_proven",
            f'Niet bewezen dat de tabel "{table.id}" altijd een antwoord heeft.',
            table.where,
            "Er zijn te veel combinaties om te proberen.",
            "Voeg een laatste rij zonder when toe, of splits de tabel.",
        )
        return
    if gap is not None:
        yield doubtful(
            "incomplete_table",
            f'De tabel "{table.id}" heeft niet in elke situatie een antwoord.',
            table.where,
            f'Geen rij geldt {_tell(gap)}; "{table.output}" blijft dan onbekend.',
            "Voeg een rij toe, of bevestig dat dit de bedoeling is.",
        )


def _differ(one: Expression, other: Expression) -> bool:
    return one != other


def _find_clash(deduction: Deduction, one: Condition, other: Condition) -> Situation | None:
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


def _place(row: Row, table: Table) -> str:
    return row.where or table.where


def _tell(situation: Situation) -> str:
    """The situation in words."""
    parts = [f'"{fact}" {_tell_value(value)}' for fact, value in situation.values.items()]
    return f"als {', '.join(parts)}" if parts else "altijd"


def _tell_value(value: object) -> str:
    if value is None:
        return "onbekend is"
    if value == OTHER:
        return "een andere waarde heeft"
    if isinstance(value, bool):
        return "waar is" if value else "niet waar is"
    if isinstance(value, tuple):
        named = [str(item) for item in value if item != OTHER]
        return f"gelijk is aan [{', '.join(named)}]" if named else "niets van het genoemde bevat"
    return f"gelijk is aan {value}"
