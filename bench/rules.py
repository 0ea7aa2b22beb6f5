"""Thirty rules over 25 facts: hand-written ifs, the compiled form, the explaining evaluator.

All are checked against one another on every case first, then timed in turn; ratios of CPU, medians over the rounds.
"Unasked" is what a decision does in which nobody asks for reasons; "all reasons" is the same, and every reason read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from statistics import median

from bench.sheet import Sheet
from bench.timing import Spent, in_turns, ratio, spent_on
from engine.core.content.ruleset import Rule, RuleSet
from engine.core.evaluation.conclusions import Conclusions, PreparedRules
from engine.core.evaluation.expressions import Surroundings
from engine.core.language.conditions import All, Literal, Operator, Test
from engine.core.language.facts import FactRule, FactType, Value
from engine.core.language.orders import Conclusion
from engine.core.legal_clock.calendar import Calendar

Facts = dict[str, Value]
Clause = tuple[str, Operator, Value]

CASES = 500
ROUNDS = 9
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


def three_valued_of(rules: list[list[Clause]]) -> Callable[[Facts], tuple[Facts, dict[str, bool | None]]]:
    """The same by hand with unknown told from false, and the output of the compiled form: values and truth by rule."""
    names: dict[str, object] = {}
    lines = ["def find(f):", "    get, values, truths = f.get, {}, {}"]
    for n, clauses in enumerate(rules):
        unsure = {fact for fact, _, _ in clauses if fact in UNSURE}
        for fact in sorted(unsure):
            lines.append(f"    {fact} = get('{fact}')")
        false = " or ".join(
            f"({fact} is not None and not ({_test(clause, names)}))"
            if fact in unsure
            else f"not ({_test(clause, names)})"
            for clause in clauses
            for fact in clause[:1]
        )
        unknown = " or ".join(f"{fact} is None" for fact in sorted(unsure))
        lines += [f"    if {false}:", f"        truths['r{n}'] = False"]
        if unknown:
            lines += [f"    elif {unknown}:", f"        truths['r{n}'] = None"]
        lines += ["    else:", f"        truths['r{n}'] = True", f"        values['uit_{n}'] = 'ja'"]
    exec("\n".join([*lines, "    return values, truths"]), names)
    return names["find"]  # type: ignore[return-value]


def _test(clause: Clause, names: dict[str, object]) -> str:
    fact, operator, value = clause
    if isinstance(value, date):
        names[f"d{value.toordinal()}"] = value
    written = f"d{value.toordinal()}" if isinstance(value, date) else repr(value)
    found = fact if fact in UNSURE else f"f['{fact}']"
    if operator is Operator.CONTAINS:
        return f"{written} in {found}"
    return f"{found} is {value}" if isinstance(value, bool) else f"{found} {SIGNS[operator]} {written}"


def measure(sheet: Sheet) -> None:
    """Check, time and tell."""
    dice = random.Random(20260801)
    clauses = make_rules(dice, RULES)
    cases = [make_case(dice) for _ in range(CASES)]
    rules = rule_set_of(clauses)
    around = Surroundings(calendar=Calendar(), fact_rules=rules.facts, term_lengths={})
    prepared = PreparedRules(rules)
    run, plain, three_valued = prepared.code, ifs_of(clauses), three_valued_of(clauses)
    for case in cases:
        known = Conclusions(prepared, case, around)
        concluded, truths = known.concluded(), known.truths()
        assert run(case, around) == (concluded, truths) == three_valued(case)
        assert plain(case) == [name for name, truth in truths.items() if truth]
        reasons = [known.reason(fact) for fact in rules.order]
        assert [reason and reason.truth for reason in reasons] == list(truths.values())
        assert sum(len(reason.parts[0].parts) for reason in reasons if reason) == sum(map(len, clauses))

    def all_reasons(case: Facts) -> object:
        known = Conclusions(prepared, case, around)
        return [known.reason(fact) for fact in rules.order], known.concluded()

    def over(work: Callable[[Facts], object]) -> Callable[[int], Spent]:
        def one_by_one() -> None:
            for case in cases:  # what one case gave is gone before the next, as in a decision
                work(case)

        return lambda _: spent_on(one_by_one)

    works: dict[str, Callable[[Facts], object]] = {
        "ifs": plain,
        "ifs, three-valued": three_valued,
        "compiled": lambda case: run(case, around),
        "explained, unasked": lambda case: Conclusions(prepared, case, around).concluded(),
        "explained, all reasons": all_reasons,
    }
    taken = in_turns({name: over(work) for name, work in works.items()}, ROUNDS)
    cpu = {name: [one.cpu for one in spent] for name, spent in taken.items()}
    sheet.told(f"{RULES} rules, {sum(map(len, clauses))} tests, {len(TYPES)} facts, {CASES} cases")
    for name, seconds in cpu.items():
        sheet.told(f"{name:<24}{median(seconds) / CASES * 1e6:9.2f} us CPU a case")
    sheet.figure("rules.unasked", ratio(cpu["explained, unasked"], cpu["ifs"]))
    sheet.figure("rules.all_reasons", ratio(cpu["explained, all reasons"], cpu["ifs"]))
    sheet.figure("rules.bulk", ratio(cpu["compiled"], cpu["ifs, three-valued"]))
