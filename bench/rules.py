"""Thirty rules over 25 facts: hand-written ifs, the compiled form, the explaining evaluator, durable-rules.

`python bench/rules.py [rounds]`. All are checked against one another on every case first, then timed in turn in
one process; the ratios are medians over the rounds. Read the ratios: absolute times move with the machine.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from engine.core.content.ruleset import Rule, RuleSet
from engine.core.evaluation.compiled import compile_rules
from engine.core.evaluation.expressions import Surroundings
from engine.core.evaluation.findings import conclude
from engine.core.language.conditions import All, Literal, Operator, Test
from engine.core.language.facts import FactRule, FactType, Value
from engine.core.language.orders import Conclusion
from engine.core.legal_clock.calendar import Calendar
from engine.crosscheck.partner import Agreement, SecondEvaluator, why_absent

Facts = dict[str, Value]
Clause = tuple[str, Operator, Value]

CASES = 2000
CASES_SECOND = 300
RULES = 30
START = date(2026, 8, 1)
WORDS = ("rood", "geel", "groen", "blauw", "paars")
ITEMS = ("kaart", "brief", "foto", "plan")
TYPES: Mapping[str, FactType] = {
    **{f"woord_{n}": FactType.CHOICE for n in range(8)},
    **{f"getal_{n}": FactType.NUMBER for n in range(7)},
    **{f"dag_{n}": FactType.DATE for n in range(4)},
    **{f"ja_{n}": FactType.YES_NO for n in range(4)},
    **{f"lijst_{n}": FactType.DOCUMENTS for n in range(2)},
}
# One in five of these is unknown in a case; hand-written code has to look out for that.
UNSURE = {"woord_6", "woord_7", "getal_6", "dag_3", "ja_3"}
SIGNS = {
    Operator.LESS: "<",
    Operator.AT_LEAST: ">=",
    Operator.BEFORE: "<",
    Operator.ON_OR_AFTER: ">=",
    Operator.IS: "==",
    Operator.IS_NOT: "!=",
    Operator.IN: "in",
}


def make_case(dice: random.Random) -> Facts:
    """Facts for one case."""
    makers: dict[FactType, Callable[[], Value]] = {
        FactType.CHOICE: lambda: dice.choice(WORDS),
        FactType.NUMBER: lambda: dice.randrange(100),
        FactType.DATE: lambda: START + timedelta(days=dice.randrange(300)),
        FactType.YES_NO: lambda: dice.random() < 0.6,
        FactType.DOCUMENTS: lambda: tuple(dice.sample(ITEMS, dice.randrange(4))),
    }
    facts = {name: makers[kind]() for name, kind in TYPES.items()}
    return {name: value for name, value in facts.items() if name not in UNSURE or dice.random() < 0.8}


def make_clause(dice: random.Random, name: str) -> Clause:
    """A test that suits the fact."""
    kind = TYPES[name]
    if kind is FactType.CHOICE:
        operator = dice.choice((Operator.IS, Operator.IS_NOT, Operator.IN))
        return name, operator, tuple(dice.sample(WORDS, 3)) if operator is Operator.IN else dice.choice(WORDS)
    if kind is FactType.NUMBER:
        return name, dice.choice((Operator.LESS, Operator.AT_LEAST)), dice.randrange(20, 80)
    if kind is FactType.DATE:
        day = START + timedelta(days=dice.randrange(50, 250))
        return name, dice.choice((Operator.BEFORE, Operator.ON_OR_AFTER)), day
    if kind is FactType.YES_NO:
        return name, Operator.IS, dice.random() < 0.7
    return name, Operator.CONTAINS, dice.choice(ITEMS)


def make_rules(dice: random.Random, number: int) -> list[list[Clause]]:
    """Rules of three to six tests."""
    chosen = [dice.sample(sorted(TYPES), dice.randrange(3, 7)) for _ in range(number)]
    return [[make_clause(dice, name) for name in names] for names in chosen]


def rule_set_of(rules: list[list[Clause]]) -> RuleSet:
    """The rules in the form of the engine; each concludes a text of its own."""
    made = tuple(
        Rule(
            id=f"r{n}",
            label="",
            when=All(parts=tuple(Test(fact=f, operator=o, operand=Literal(value=v)) for f, o, v in clauses)),
            then=(Conclusion(fact=f"uit_{n}", value=Literal(value="ja")),),
        )
        for n, clauses in enumerate(rules)
    )
    outputs = {f"uit_{n}": FactType.TEXT for n in range(len(rules))}
    declared = {name: FactRule(id=name, type=kind, label=name) for name, kind in {**TYPES, **outputs}.items()}
    return RuleSet(
        id="meting", organisation="meting", title="Meting", valid_from=START, facts=declared, rules=made, tables=(),
        terms={}, addressees={}, ladders={}, consents=(), order=tuple(outputs), layers=(),
    )  # fmt: skip


def ifs_of(rules: list[list[Clause]]) -> Callable[[Facts], list[str]]:
    """What a person would write: one function with an `if` per rule, two-valued, that lists the rules that hold."""
    names: dict[str, object] = {}
    lines = ["def find(f):", "    get, out = f.get, []"]
    for n, clauses in enumerate(rules):
        lines.append(f"    if {' and '.join(_write(clause, names) for clause in clauses)}:")
        lines.append(f"        out.append('r{n}')")
    exec("\n".join([*lines, "    return out"]), names)
    return names["find"]  # type: ignore[return-value]


def _write(clause: Clause, names: dict[str, object]) -> str:
    fact, operator, value = clause
    if isinstance(value, date):
        names[f"d{value.toordinal()}"] = value
    written = f"d{value.toordinal()}" if isinstance(value, date) else repr(value)
    if operator is Operator.CONTAINS:
        return f"{written} in f['{fact}']"
    if isinstance(value, bool):
        return f"get('{fact}') is {value}"
    if fact in UNSURE:
        return f"get('{fact}') is not None and f['{fact}'] {SIGNS[operator]} {written}"
    return f"f['{fact}'] {SIGNS[operator]} {written}"


def timed(work: Callable[[Facts], object], cases: list[Facts]) -> float:
    """Microseconds for each case."""
    start = time.perf_counter()
    for case in cases:
        work(case)
    return (time.perf_counter() - start) / len(cases) * 1e6


def main(rounds: int) -> None:
    """Check, time and print."""
    dice = random.Random(20260801)
    clauses = make_rules(dice, RULES)
    cases = [make_case(dice) for _ in range(CASES)]
    rules = rule_set_of(clauses)
    around = Surroundings(calendar=Calendar(), fact_rules=rules.facts, term_lengths={})
    start = time.perf_counter()
    compiled = compile_rules(rules)
    built = (time.perf_counter() - start) * 1000
    plain = ifs_of(clauses)
    second = SecondEvaluator()

    def ask_second(case: Facts) -> object:
        return second.compare(rules, case.get, conclude(rules, case.get, around), around)

    works: dict[str, tuple[Callable[[Facts], object], list[Facts]]] = {
        "hand-written ifs, two-valued": (plain, cases),
        "compiled": (lambda case: compiled.findings(case, around), cases),
        "explaining": (lambda case: conclude(rules, case.get, around), cases),
    }
    with second:
        if not why_absent():
            works["explaining + durable-rules in its child"] = (ask_second, cases[:CASES_SECOND])
            assert all(isinstance(ask_second(case), Agreement) for case in cases[:CASES_SECOND])
        for case in cases:
            found = conclude(rules, case.get, around)
            assert compiled.findings(case, around) == (found.values, found.truth_by_rule)
            assert plain(case) == [name for name, truth in found.truth_by_rule.items() if truth]
        taken = {name: [] for name in works}
        for _ in range(rounds):
            for name, (work, chosen) in works.items():
                taken[name].append(timed(work, chosen))
    base = taken["hand-written ifs, two-valued"]
    print(f"{RULES} rules, {sum(map(len, clauses))} tests, {len(TYPES)} facts, {CASES} cases, {rounds} rounds")
    print(f"compiled in {built:.1f} ms; rules true per case: {statistics.mean(len(plain(case)) for case in cases):.1f}")
    print(f"{'':42}{'us per case':>12}{'ratio to ifs':>14}")
    for name, times in taken.items():
        ratio = statistics.median(one / other for one, other in zip(times, base, strict=True))
        print(f"{name:42}{statistics.median(times):12.2f}{ratio:14.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
