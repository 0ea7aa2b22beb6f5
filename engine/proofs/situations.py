"""Every situation that makes a difference to some conditions.

A fact is tried with the values the conditions name, one value they do not name, and, where that matters, as
unknown. A comparison that cannot be computed without a case (with another fact, with a computed day) is tried with
each of its outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain, combinations, pairwise, product
from math import ceil, floor, prod

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.arithmetic import may_give_nothing
from engine.core.evaluation.operators import OPERATIONS, Trial, holds
from engine.core.language.conditions import (
    Condition,
    Expression,
    FactRef,
    Kleene,
    Literal,
    Test,
    facts_in_expression,
    fold,
    tests_in,
)
from engine.core.language.facts import FactRule, FactType, Value, type_of
from engine.core.language.limits import broken_limit
from engine.core.quick_class import dataclass
from engine.proofs.knowledge import NOTHING, Knowledge

OTHER = "\x00some other value"
COMPUTED = "\x00some computed value"
_ITEMS_AT_MOST = 5
Opaque = tuple[str, str, Expression]


@dataclass(frozen=True, slots=True)
class TriedSituation(Kleene):
    """Values of the facts (None: unknown) and outcomes of the comparisons that cannot be computed."""

    values: Mapping[str, Value | None]
    outcomes: Mapping[Opaque, int | None]
    types: Mapping[str, FactType | None]

    def truth(self, condition: Condition) -> bool | None:
        """The truth of the condition here, in three values."""
        return fold(condition, self)

    def is_known(self, expression: Expression) -> bool:
        """Whether everything the expression reads is known here."""
        return all(self.values.get(fact) is not None for fact in facts_in_expression(expression))

    def worth(self, expression: Expression) -> Value | None:
        """Its value; a stand-in where it must be computed, None when something it reads is unknown."""
        if isinstance(expression, Literal):
            return expression.value
        return COMPUTED if self.is_known(expression) and not may_give_nothing(expression) else None

    def test(self, test: Test) -> bool | None:
        """The truth of one question here."""
        actual, row = self.values[test.fact], OPERATIONS[test.operator]
        if row.trial is Trial.KNOWN:
            return (actual is not None) is _literal(test.operand)
        if actual is None or not self.is_known(test.operand):
            return None
        if _is_opaque(test, self.types):
            outcome = self.outcomes[_opaque_key(test, self.types)]
            if outcome is None:
                return None
            if _has_order(test, self.types):
                return outcome in row.signs
            return bool(outcome) is (row.denies is None)
        assert isinstance(test.operand, Literal)
        return holds(test.operator, actual, test.operand.value)


@dataclass(frozen=True, slots=True)
class Space:
    """What each fact can be (None: unknown), and how each comparison that cannot be computed can come out."""

    values: Mapping[str, tuple[Value | None, ...]]
    outcomes: Mapping[Opaque, tuple[int | None, ...]]
    types: Mapping[str, FactType | None]

    @property
    def size(self) -> int:
        """How many situations it has."""
        return prod(len(options) for options in (*self.values.values(), *self.outcomes.values()))

    def about(self, test: Test) -> tuple[tuple[str, ...], tuple[Opaque, ...]]:
        """The facts and the comparisons that the truth of one question hangs on."""
        facts = tuple(dict.fromkeys((test.fact, *sorted(facts_in_expression(test.operand)))))
        return facts, (_opaque_key(test, self.types),) if _is_opaque(test, self.types) else ()


def space_of(
    rules: RuleSet,
    conditions: Iterable[Condition],
    *,
    knowledge: Knowledge = NOTHING,
    also: Iterable[str] = (),
    with_unknown: bool = True,
) -> Space:
    """All that can make a difference to the conditions.

    `also` names facts whose being known matters besides. Without `with_unknown` a fact is only tried as
    unknown when a condition asks whether it is known.
    """
    tests = tuple(test for condition in conditions for test in tests_in(condition))
    facts = dict.fromkeys(chain((test.fact for test in tests), *(facts_in_expression(t.operand) for t in tests), also))
    types = {fact: type_of(fact, rules.facts) for fact in facts}
    asked = {test.fact for test in tests if OPERATIONS[test.operator].trial is Trial.KNOWN}
    domains: list[tuple[Value | None, ...]] = []
    for fact in facts:
        mine = tuple(test for test in tests if test.fact == fact and not _is_opaque(test, types))
        domain: tuple[Value | None, ...] = _samples(
            rules.facts.get(fact), types[fact], mine, knowledge.values.get(fact)
        )
        if fact not in knowledge.known and (with_unknown or fact in asked):
            domain = (*domain, None)
        domains.append(domain)
    opaque = tuple(dict.fromkeys(_opaque_key(test, types) for test in tests if _is_opaque(test, types)))
    outcomes = [_outcomes_of(key, rules.facts.get(key[0])) for key in opaque]
    return Space(dict(zip(facts, domains, strict=True)), dict(zip(opaque, outcomes, strict=True)), types)


def _outcomes_of(key: Opaque, declared: FactRule | None) -> tuple[int | None, ...]:
    """How a comparison that cannot be computed can come out; None when what it compares with may have no value."""
    sides = _sides_of(key, declared)
    return (*sides, None) if may_give_nothing(key[2]) else sides


def _sides_of(key: Opaque, declared: FactRule | None) -> tuple[int, ...]:
    """The sides on which it can come out; a day that is never later than today stays so."""
    _, asked, operand = key
    if asked != "order":
        return (0, 1)
    limit = declared.not_after if declared else None
    is_past = limit is not None and limit.fact == "today" and not limit.plus
    return (-1, 0) if is_past and operand == FactRef(fact="today") else (-1, 0, 1)


def combined(space: Space) -> Iterator[TriedSituation]:
    """Every situation of the space."""
    for values in product(*space.values.values()):
        for results in product(*space.outcomes.values()):
            yield TriedSituation(
                dict(zip(space.values, values, strict=True)),
                dict(zip(space.outcomes, results, strict=True)),
                space.types,
            )


def _samples(
    declared: FactRule | None, kind: FactType | None, tests: tuple[Test, ...], allowed: frozenset[Value] | None
) -> tuple[Value, ...]:
    if kind is FactType.YES_NO:
        return tuple(value for value in (True, False) if allowed is None or value in allowed)
    named_values = (test.operand.value for test in tests if isinstance(test.operand, Literal) and _compares(test))
    items = tuple(dict.fromkeys(chain.from_iterable(v if isinstance(v, tuple) else (v,) for v in named_values)))
    if kind is FactType.NUMBER:
        return _around_numbers(items, declared)
    if kind is FactType.DATE:
        return _around_days(items, declared)
    if kind is not None and kind.is_list:
        return _subsets(tuple(str(item) for item in items))
    possible = frozenset(choice.id for choice in declared.choices) if declared and declared.choices else None
    if allowed is not None:
        possible = frozenset(str(value) for value in allowed)
    named = tuple(item for item in items if possible is None or item in possible)
    has_more = possible is None or bool(possible - set(named))
    empty = ("",) if any(OPERATIONS[test.operator].trial is Trial.EMPTINESS for test in tests) else ()
    return (*named, *empty, *((OTHER,) if has_more else ()))


def _compares(test: Test) -> bool:
    return OPERATIONS[test.operator].trial not in (Trial.KNOWN, Trial.EMPTINESS)


def _around_numbers(values: tuple[Value, ...], declared: FactRule | None) -> tuple[Value, ...]:
    """Each number named, one between every two, and one beyond either end, as far as the fact can have them."""
    numbers = sorted({value for value in values if isinstance(value, int | float)})
    if not numbers:
        return (OTHER,)
    whole = declared is not None and declared.whole
    between = (floor(low) + 1 if whole else (low + high) / 2 for low, high in pairwise(numbers))
    beyond = (floor(numbers[0]) - 1, floor(numbers[-1]) + 1)
    tried = {*numbers, *between, *beyond}
    if declared is None:
        return tuple(sorted(tried))
    # The end itself, and of a whole number the nearest that it can be.
    limits = [limit for limit in (declared.at_least, declared.at_most) if limit is not None]
    ends = chain(limits, map(floor, limits), map(ceil, limits))
    return tuple(sorted(value for value in {*tried, *ends} if broken_limit(declared, value) is None))


def _around_days(values: tuple[Value, ...], declared: FactRule | None) -> tuple[Value, ...]:
    days = {value for value in values if isinstance(value, date)}
    one = timedelta(days=1)
    tried = {near for value in days for near in (value - one, value, value + one)}
    if declared is not None and tried:
        limits = (limit.day for limit in (declared.not_before, declared.not_after) if limit is not None)
        tried = {day for day in {*tried, *filter(None, limits)} if broken_limit(declared, day) is None}
    return tuple(sorted(tried)) if days else (OTHER,)


def _subsets(items: tuple[str, ...]) -> tuple[Value, ...]:
    named = chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))
    return tuple(chain.from_iterable((subset, (*subset, OTHER)) for subset in named))


def _is_opaque(test: Test, types: Mapping[str, FactType | None]) -> bool:
    trial = OPERATIONS[test.operator].trial
    if trial is Trial.KNOWN:
        return False
    if not isinstance(test.operand, Literal) or trial is Trial.OUTCOMES:
        return True
    kind = types[test.fact]
    if kind is None or kind is FactType.MOMENT:
        return True
    value = test.operand.value
    return kind.is_list and isinstance(value, tuple) and len(value) > _ITEMS_AT_MOST


def _opaque_key(test: Test, types: Mapping[str, FactType | None]) -> Opaque:
    if _has_order(test, types):
        return (test.fact, "order", test.operand)
    return (test.fact, (OPERATIONS[test.operator].denies or test.operator).value, test.operand)


def _has_order(test: Test, types: Mapping[str, FactType | None]) -> bool:
    kind = types[test.fact]
    return bool(OPERATIONS[test.operator].signs) and kind is not None and kind.is_ordered


def _literal(operand: Expression) -> bool:
    return isinstance(operand, Literal) and bool(operand.value)
