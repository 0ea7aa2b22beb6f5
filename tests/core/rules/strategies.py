"""Random rule sets and facts: every type, operator and hit policy, rules that feed rules, facts left unknown.

Domains are small on purpose, so that equal values, empty lists and month ends turn up often.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from engine.core.calendar import Calendar
from engine.core.conditions import (
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
from engine.core.expressions import KIND_BY_TYPE, Surroundings
from engine.core.facts import Choice, FactRule, FactType, Value
from engine.core.orders import Conclusion
from engine.core.period import Period, Unit
from engine.core.ruleset import HitPolicy, Row, Rule, RuleSet, Table

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


def literals(kind: FactType) -> st.SearchStrategy[Expression]:
    """A literal of the type."""
    return st.sampled_from(VALUES_BY_TYPE[kind]).map(lambda value: Literal(value=value))


def _same_kind(kind: FactType, declared: Mapping[str, FactRule]) -> list[str]:
    return [name for name, rule in declared.items() if KIND_BY_TYPE[rule.type] == KIND_BY_TYPE[kind]]


def _dates(declared: Mapping[str, FactRule]) -> st.SearchStrategy[Expression]:
    known = [FactRef(fact=name) for name in _same_kind(FactType.DATE, declared)]
    return st.one_of(literals(FactType.DATE), st.sampled_from(known)) if known else literals(FactType.DATE)


@st.composite
def computed_dates(draw: st.DrawFn, declared: Mapping[str, FactRule]) -> Expression:
    """A computation that gives a date."""
    day = draw(_dates(declared))
    period = Literal(value=draw(st.sampled_from(_PERIODS)))
    chosen = draw(st.integers(0, 4))
    if chosen == 0:
        return Compute(function="shift", arguments=(("date", day), (draw(st.sampled_from(("plus", "minus"))), period)))
    if chosen == 1:
        return Compute(function="school_year_end", arguments=(("of", day), ("years", Literal(value=2))))
    if chosen == 2:
        return Compute(function="school_year_start", arguments=(("of", day),))
    if chosen == 3:
        return Compute(function="last_safe_day", arguments=(("before", day), ("term", Literal(value="t"))))
    return Compute(function="last_day", arguments=(("from", day), ("length", period)))


@st.composite
def computed_lists(draw: st.DrawFn, declared: Mapping[str, FactRule]) -> Expression:
    """A computation that gives a list."""
    known = [FactRef(fact=name) for name in _same_kind(FactType.TEXTS, declared)]
    lists = st.one_of(literals(FactType.TEXTS), st.sampled_from(known)) if known else literals(FactType.TEXTS)
    function, other = draw(st.sampled_from((("minus", "without"), ("union", "with"))))
    return Compute(function=function, arguments=(("list", draw(lists)), (other, draw(lists))))


@st.composite
def expressions(draw: st.DrawFn, kind: FactType, declared: Mapping[str, FactRule]) -> Expression:
    """Any expression of this type over the declared facts."""
    known = _same_kind(kind, declared)
    chosen = draw(st.integers(0, 5))
    if chosen == 0 and kind is FactType.DATE:
        return draw(computed_dates(declared))
    if chosen == 0 and kind.is_list:
        return draw(computed_lists(declared))
    if chosen == 0 and kind is FactType.NUMBER:
        return Compute(function="count", arguments=(("of", draw(computed_lists(declared))),))
    choices = [name for name, rule in declared.items() if rule.type is FactType.CHOICE]
    if chosen == 0 and kind is FactType.TEXT and choices:
        return Compute(function="labels", arguments=(("of", FactRef(fact=draw(st.sampled_from(choices)))),))
    if chosen == 1 and known:
        return FactRef(fact=draw(st.sampled_from(known)))
    return draw(literals(kind))


@st.composite
def tests(draw: st.DrawFn, declared: Mapping[str, FactRule]) -> Test:
    """One well-typed test."""
    rule = declared[draw(st.sampled_from(sorted(declared)))]
    operator = draw(st.sampled_from(operators_for(rule.type)))
    return Test(fact=rule.id, operator=operator, operand=draw(_operands(rule.type, operator, declared)))


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


def _operands(
    kind: FactType, operator: Operator, declared: Mapping[str, FactRule]
) -> st.SearchStrategy[Expression]:
    if operator in (Operator.KNOWN, Operator.EMPTY):
        return literals(FactType.YES_NO)
    if operator in (Operator.IN, Operator.NOT_IN):
        values = st.lists(st.sampled_from(VALUES_BY_TYPE[kind]), max_size=6)
        return values.map(lambda found: Literal(value=tuple(found)))  # type: ignore[arg-type]
    if operator is Operator.CONTAINS:
        return st.sampled_from(ITEMS).map(lambda item: Literal(value=item))
    return expressions(kind, declared)


def conditions(declared: Mapping[str, FactRule], leaves: int = 8) -> st.SearchStrategy[Condition]:
    """A condition over the declared facts."""

    def wider(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(inner, max_size=4).map(tuple)
        return st.one_of(
            parts.map(lambda found: All(parts=found)),
            parts.map(lambda found: AnyOf(parts=found)),
            inner.map(lambda part: Not(part=part)),
        )

    return st.recursive(tests(declared), wider, max_leaves=leaves)


def declarations(prefix: str, least: int = 1, most: int = 6) -> st.SearchStrategy[dict[str, FactRule]]:
    """Facts of any type."""
    kinds = st.lists(st.sampled_from(FactType), min_size=least, max_size=most)
    return kinds.map(
        lambda found: {f"{prefix}.{n}": declare(f"{prefix}.{n}", kind) for n, kind in enumerate(found)}
    )


def fact_values(declared: Mapping[str, FactRule]) -> st.SearchStrategy[dict[str, Value]]:
    """Values of the right type; any of them may be left out."""
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(VALUES_BY_TYPE[rule.type]) for name, rule in declared.items()}
    )


@st.composite
def _conclusions(
    draw: st.DrawFn, group: Mapping[str, FactRule], known: Mapping[str, FactRule], least: int
) -> tuple[Conclusion, ...]:
    names = draw(st.lists(st.sampled_from(sorted(group)), min_size=least, unique=True))
    return tuple(Conclusion(fact=name, value=draw(expressions(group[name].type, known))) for name in names)


@st.composite
def _rule_groups(
    draw: st.DrawFn, number: int, group: Mapping[str, FactRule], known: Mapping[str, FactRule]
) -> tuple[Rule, ...]:
    """Rules that together conclude every fact of the group."""
    rules = tuple(
        Rule(
            id=f"r{number}_{n}",
            label="",
            when=draw(conditions(known)),
            then=draw(_conclusions(group, known, 1)),
            otherwise=draw(_conclusions(group, known, 0)) if draw(st.booleans()) else (),
        )
        for n in range(draw(st.integers(1, 3)))
    )
    last = Rule(
        id=f"r{number}_all",
        label="",
        when=draw(conditions(known)),
        then=tuple(Conclusion(fact=name, value=draw(expressions(group[name].type, known))) for name in group),
    )
    return (*rules, last)


@st.composite
def _tables(draw: st.DrawFn, number: int, output: FactRule, known: Mapping[str, FactRule]) -> Table:
    policies = (HitPolicy.UNIQUE, HitPolicy.FIRST, *((HitPolicy.COLLECT,) if output.type.is_list else ()))
    rows = st.builds(Row, when=conditions(known), then=expressions(output.type, known))
    return Table(
        id=f"t{number}",
        label="",
        hit=draw(st.sampled_from(policies)),
        output=output.id,
        rows=tuple(draw(st.lists(rows, min_size=1, max_size=4))),
    )


@st.composite
def worlds(draw: st.DrawFn, groups: int = 3) -> World:
    """A rule set in which conclusions feed later rules, and facts for it. Derived facts may be given too."""
    declared = draw(declarations("feit", least=2))
    rules: list[Rule] = []
    tables: list[Table] = []
    order: list[str] = []
    for number in range(draw(st.integers(1, groups))):
        group = draw(declarations(f"afgeleid_{number}", most=2))
        if draw(st.booleans()):
            group = dict([next(iter(group.items()))])
            tables.append(draw(_tables(number, *group.values(), declared)))
        else:
            rules.extend(draw(_rule_groups(number, group, declared)))
        order.extend(group)
        declared = declared | group
    facts = draw(fact_values({name: rule for name, rule in declared.items() if name not in order}))
    if draw(st.integers(0, 9)) == 0:
        facts |= draw(fact_values({name: declared[name] for name in order}))
    made = rule_set(declared, tuple(rules), tuple(tables), tuple(order))
    return World(rules=made, facts=facts, around=around(declared))


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
