"""Random rule sets and facts: every type, operator and hit policy, rules that feed rules, facts left unknown.

Domains are small on purpose, so that equal values, empty lists and month ends turn up often.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from engine.core.content.ruleset import HitPolicy, Row, Rule, RuleSet, Table
from engine.core.evaluation.conclusions import Conclusions, PreparedRules
from engine.core.evaluation.expressions import KIND_BY_TYPE, Surroundings
from engine.core.language.conditions import (
    All,
    AnyOf,
    Compute,
    Condition,
    Expression,
    FactRef,
    Literal,
    Not,
    Operator,
    Test,
)
from engine.core.language.facts import Choice, FactRule, FactType, Value
from engine.core.language.orders import Conclusion
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.period import Period, Unit

ITEMS = ("p", "q", "r")
DATES = (date(2026, 7, 31), date(2026, 8, 1), date(2027, 1, 31), date(2027, 2, 28), date(2027, 7, 31))
VALUES_BY_TYPE: dict[FactType, tuple[Value, ...]] = {
    FactType.YES_NO: (True, False),
    FactType.NUMBER: (-1, 0, 1, 2, 3, 1.5, 2.0, 0.1),
    FactType.DATE: DATES,
    FactType.MOMENT: tuple(datetime(2026, 10, 25, hour, 30, part, tzinfo=UTC) for hour in (0, 1) for part in (0, 1)),
    FactType.CHOICE: ("a", "b", "c"),
    FactType.TEXT: ("", "5", "true", 'Zoë "q" \\ }', "a"),
    FactType.PERSON: ("P. Jansen", "Q. de Vries"),
    **dict.fromkeys(
        (FactType.CHOICES, FactType.TEXTS, FactType.PERSONS, FactType.DOCUMENTS),
        ((), ("p",), ("q", "p"), ("p", "q", "r"), ("r",)),
    ),
}
_ORDER_OF_NUMBERS = (Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST)
_ORDER_OF_TIMES = (Operator.BEFORE, Operator.ON_OR_BEFORE, Operator.AFTER, Operator.ON_OR_AFTER)
_LIST_TESTS = (Operator.CONTAINS_ALL, Operator.CONTAINS_ANY, Operator.SUBSET_OF, Operator.IS, Operator.IS_NOT)
_PERIODS = ("6 months", "1 day", "2 weeks", "1 year")


def operators_for(kind: FactType) -> tuple[Operator, ...]:
    """The operators the checker allows for a fact of this type."""
    always: tuple[Operator, ...] = (Operator.KNOWN,)
    if kind.is_list:
        return (*always, *_LIST_TESTS, Operator.CONTAINS, Operator.EMPTY)
    found = (*always, Operator.IS, Operator.IS_NOT, Operator.IN, Operator.NOT_IN)
    if kind is FactType.NUMBER:
        return (*found, *_ORDER_OF_NUMBERS)
    if kind is FactType.DATE:
        return (*found, *_ORDER_OF_TIMES, Operator.IN_LAST_SCHOOL_YEAR_OF)
    if kind is FactType.MOMENT:
        return (*found, *_ORDER_OF_TIMES)
    return (*found, Operator.EMPTY) if kind is FactType.TEXT else found


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A rule set with facts to try it on."""

    rules: RuleSet
    facts: Mapping[str, Value]
    around: Surroundings


def declare(name: str, kind: FactType) -> FactRule:
    """A declaration with the choices its type needs."""
    choices = tuple(Choice(id=str(value), label=f"Keuze {value}") for value in ("a", "b", "c", *ITEMS))
    return FactRule(id=name, type=kind, label=name, choices=choices if kind is FactType.CHOICE or kind.is_list else ())


def around(declared: Mapping[str, FactRule]) -> Surroundings:
    """Surroundings with one term and an empty calendar."""
    return Surroundings(calendar=Calendar(), fact_rules=declared, term_lengths={"t": (Period(8, Unit.WEEKS), True)})


def single_tests(kind: FactType) -> list[Test]:
    """Every operator of the type with every literal of the domain, and with another fact."""
    found = []
    for operator in operators_for(kind):
        operands: list[Literal | FactRef] = [FactRef(fact="ander")]
        if operator in (Operator.KNOWN, Operator.EMPTY):
            operands = [Literal(value=True), Literal(value=False)]
        elif operator in (Operator.IN, Operator.NOT_IN):
            values = VALUES_BY_TYPE[kind]
            operands = [Literal(value=values[:2]), Literal(value=values), Literal(value=())]  # type: ignore[arg-type]
        elif operator is Operator.CONTAINS:
            operands = [Literal(value=item) for item in ITEMS]
        else:
            operands += [Literal(value=value) for value in VALUES_BY_TYPE[kind]]
        found.extend(Test(fact="feit", operator=operator, operand=operand) for operand in operands)
    return found


Item = TypeVar("Item")


@cache
def _integers(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


class Dice:
    """Draws through Hypothesis with a handful of strategies: making a new one for each draw costs ten times more."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def count(self, least: int, most: int) -> int:
        """A number, both ends included."""
        return least + self._draw(_integers(most - least))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self.count(0, len(items) - 1)]

    def some(self, items: Sequence[Item], least: int = 0) -> list[Item]:
        """Some of the items, in their order; at least `least`."""
        found = [item for item in items if self.count(0, 1)]
        return found if len(found) >= least else list(items[:least])

    def literal(self, kind: FactType) -> Literal:
        """A literal of the type."""
        return Literal(value=self.pick(VALUES_BY_TYPE[kind]))

    def operand(self, kind: FactType, declared: Mapping[str, FactRule]) -> Expression:
        """A literal, or now and then a fact of the same kind."""
        known = [name for name, rule in declared.items() if KIND_BY_TYPE[rule.type] == KIND_BY_TYPE[kind]]
        return FactRef(fact=self.pick(known)) if known and self.count(0, 2) == 0 else self.literal(kind)

    def computed_date(self, declared: Mapping[str, FactRule]) -> Expression:
        """A computation that gives a date."""
        day = self.operand(FactType.DATE, declared)
        period = Literal(value=self.pick(_PERIODS))
        made: list[tuple[str, tuple[tuple[str, Expression], ...]]] = [
            ("shift", (("date", day), (self.pick(("plus", "minus")), period))),
            ("school_year_end", (("of", day), ("years", Literal(value=2)))),
            ("school_year_start", (("of", day),)),
            ("last_safe_day", (("before", day), ("term", Literal(value="t")))),
            ("last_day", (("from", day), ("length", period))),
        ]
        function, arguments = self.pick(made)
        return Compute(function=function, arguments=arguments)

    def computed_list(self, declared: Mapping[str, FactRule]) -> Expression:
        """A computation that gives a list."""
        function, other = self.pick((("minus", "without"), ("union", "with")))
        lists = [self.operand(FactType.TEXTS, declared) for _ in range(2)]
        return Compute(function=function, arguments=(("list", lists[0]), (other, lists[1])))

    def computed_number(self, declared: Mapping[str, FactRule]) -> Expression:
        """A computation that gives a number."""
        days = [self.operand(FactType.DATE, declared) for _ in range(3)]
        made: list[tuple[str, tuple[tuple[str, Expression], ...]]] = [
            ("count", (("of", self.computed_list(declared)),)),
            ("days_between", (("from", days[0]), ("to", days[1]))),
        ]
        numbers = [self.operand(FactType.NUMBER, declared) for _ in range(3)]
        listed = tuple((str(place), one) for place, one in enumerate(numbers, 1))
        made += [(name, listed) for name in ("plus", "subtract", "times", "divide", "min", "max")]
        quotient = Compute(function="share", arguments=(("part", numbers[0]), ("of", numbers[1])))
        made.append(("round", (("value", quotient), ("decimals", Literal(value=2)))))
        function, arguments = self.pick(made)
        return Compute(function=function, arguments=arguments)

    def computed_yes_no(self, declared: Mapping[str, FactRule]) -> Expression:
        """A computation that gives a yes or no."""
        days = [self.operand(FactType.DATE, declared) for _ in range(3)]
        post = (("posted", days[2]), ("grace", Literal(value="1 weeks"))) if self.count(0, 1) else ()
        return Compute(function="in_time", arguments=(("received", days[0]), ("last_day", days[1]), *post))

    def expression(self, kind: FactType, declared: Mapping[str, FactRule]) -> Expression:
        """Any expression of this type over the declared facts."""
        if self.count(0, 3):
            return self.operand(kind, declared)
        if kind is FactType.DATE:
            return self.computed_date(declared)
        if kind.is_list:
            return self.computed_list(declared)
        if kind is FactType.NUMBER:
            return self.computed_number(declared)
        if kind is FactType.YES_NO:
            return self.computed_yes_no(declared)
        choices = [name for name, rule in declared.items() if rule.type is FactType.CHOICE]
        if kind is FactType.TEXT and choices:
            return Compute(function="labels", arguments=(("of", FactRef(fact=self.pick(choices))),))
        return self.operand(kind, declared)

    def test(self, declared: Mapping[str, FactRule]) -> Test:
        """One well-typed test."""
        rule = declared[self.pick(sorted(declared))]
        operator = self.pick(operators_for(rule.type))
        if operator in (Operator.KNOWN, Operator.EMPTY):
            operand: Expression = self.literal(FactType.YES_NO)
        elif operator in (Operator.IN, Operator.NOT_IN):
            operand = Literal(value=tuple(self.some(VALUES_BY_TYPE[rule.type])))  # type: ignore[arg-type]
        elif operator is Operator.CONTAINS:
            operand = Literal(value=self.pick(ITEMS))
        else:
            operand = self.expression(rule.type, declared)
        return Test(fact=rule.id, operator=operator, operand=operand)

    def condition(self, declared: Mapping[str, FactRule], depth: int) -> Condition:
        """A condition at most `depth` deep."""
        chosen = self.count(0, 5) if depth else 0
        if chosen < 3:
            return self.test(declared)
        if chosen == 3:
            return Not(part=self.condition(declared, depth - 1))
        parts = tuple(self.condition(declared, depth - 1) for _ in range(self.count(0, 3)))
        return All(parts=parts) if chosen == 4 else AnyOf(parts=parts)

    def declarations(self, prefix: str, least: int, most: int) -> dict[str, FactRule]:
        """Facts of any type."""
        names = (f"{prefix}.{number}" for number in range(self.count(least, most)))
        return {name: declare(name, self.pick(tuple(FactType))) for name in names}

    def values(self, declared: Mapping[str, FactRule]) -> dict[str, Value]:
        """Values of the right type; one in four is left out."""
        return {name: self.pick(VALUES_BY_TYPE[rule.type]) for name, rule in declared.items() if self.count(0, 3)}

    def rules(self, number: int, group: Mapping[str, FactRule], known: Mapping[str, FactRule]) -> tuple[Rule, ...]:
        """Rules that together conclude every fact of the group."""
        return tuple(
            Rule(
                id=f"r{number}_{n}",
                label="",
                when=self.condition(known, 2),
                then=self._conclusions(tuple(group) if n == 0 else self.some(tuple(group)), group, known),
                otherwise=self._conclusions(self.some(tuple(group)), group, known) if self.count(0, 1) else (),
            )
            for n in range(self.count(1, 3))
        )

    def _conclusions(
        self, names: Sequence[str], group: Mapping[str, FactRule], known: Mapping[str, FactRule]
    ) -> tuple[Conclusion, ...]:
        return tuple(Conclusion(fact=name, value=self.expression(group[name].type, known)) for name in names)

    def table(self, number: int, output: FactRule, known: Mapping[str, FactRule]) -> Table:
        """A table that concludes the fact."""
        policies = (HitPolicy.UNIQUE, HitPolicy.FIRST, *((HitPolicy.COLLECT,) if output.type.is_list else ()))
        rows = tuple(
            Row(when=self.condition(known, 2), then=self.expression(output.type, known))
            for _ in range(self.count(1, 4))
        )
        return Table(id=f"t{number}", label="", hit=self.pick(policies), output=output.id, rows=rows)


@st.composite
def conditions(draw: st.DrawFn, declared: Mapping[str, FactRule], depth: int = 3) -> Condition:
    """A condition over the declared facts."""
    return Dice(draw).condition(declared, depth)


@st.composite
def declarations(draw: st.DrawFn, least: int = 1, most: int = 6) -> dict[str, FactRule]:
    """Facts of any type."""
    return Dice(draw).declarations("feit", least, most)


@st.composite
def fact_values(draw: st.DrawFn, declared: Mapping[str, FactRule]) -> dict[str, Value]:
    """Values of the right type; any of them may be left out."""
    return Dice(draw).values(declared)


@st.composite
def worlds(draw: st.DrawFn, groups: int = 3) -> World:
    """A rule set in which conclusions feed later rules, and facts for it. Derived facts may be given too."""
    dice = Dice(draw)
    given = declared = dice.declarations("feit", 2, 6)
    rules: tuple[Rule, ...] = ()
    tables: tuple[Table, ...] = ()
    for number in range(dice.count(1, groups)):
        is_table = dice.count(0, 1) == 1
        group = dice.declarations(f"afgeleid_{number}", 1, 1 if is_table else 2)
        if is_table:
            tables = (*tables, dice.table(number, *group.values(), declared))
        else:
            rules = (*rules, *dice.rules(number, group, declared))
        declared = declared | group
    order = tuple(name for name in declared if name not in given)
    facts = dice.values(declared if dice.count(0, 9) == 0 else given)
    return World(rules=rule_set(declared, rules, tables, order), facts=facts, around=around(declared))


def rule_set(
    declared: Mapping[str, FactRule],
    rules: tuple[Rule, ...],
    tables: tuple[Table, ...] = (),
    order: tuple[str, ...] = (),
) -> RuleSet:
    """A rule set of nothing but rules and tables."""
    return RuleSet(
        id="proef",
        organisation="proef",
        title="Proef",
        valid_from=date(2026, 8, 1),
        facts=declared,
        rules=rules,
        tables=tables,
        terms={},
        addressees={},
        ladders={},
        consents=(),
        order=order,
        layers=("proef/proef@2026-08-01",),
        where="proef.yaml",
    )


def conclude(rules: RuleSet, facts: Mapping[str, Value], surroundings: Surroundings) -> Conclusions:
    """What the rules conclude from these facts."""
    return Conclusions(PreparedRules(rules), facts, surroundings)


def run_compiled(
    rules: RuleSet, facts: Mapping[str, Value], surroundings: Surroundings
) -> tuple[dict[str, Value], dict[str, bool | None]]:
    """What the compiled form finds: the values, and the truth of each rule and row."""
    return PreparedRules(rules).code(facts, surroundings)


def compile_condition(condition: Condition) -> Callable[[Mapping[str, Value], Surroundings], bool | None]:
    """The compiled form of one condition, as that of a rule."""
    rule = Rule(id="r", label="", when=condition, then=(Conclusion(fact="uit", value=Literal(value=True)),))
    code = PreparedRules(rule_set({"uit": declare("uit", FactType.YES_NO)}, (rule,), (), ("uit",))).code
    return lambda facts, surroundings: code(facts, surroundings)[1]["r"]
