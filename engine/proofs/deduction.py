"""What follows from what is known: which derived facts surely have a value, and what a true condition tells."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.content.ruleset import HitPolicy, RuleSet
from engine.core.evaluation.arithmetic import may_give_nothing
from engine.core.evaluation.expressions import FUNCTIONS
from engine.core.evaluation.operators import OPERATIONS, Operand, Second, Trial
from engine.core.evaluation.outcomes import producers_of
from engine.core.language.conditions import (
    Compute,
    Condition,
    Expression,
    FactRef,
    Literal,
    SidedAlgebra,
    Test,
    facts_in_expression,
    fold_sided,
    tests_in,
)
from engine.core.language.facts import FactType, Value
from engine.core.quick_class import dataclass
from engine.proofs.knowledge import NOTHING, Knowledge, both, either
from engine.proofs.solver import TooManyError, solver_for


@dataclass(frozen=True, slots=True)
class _ValueWay:
    """One way in which a derived fact gets a value: these conditions true, those false."""

    true: tuple[Condition, ...]
    false: tuple[Condition, ...]
    value: Expression


class Deduction:
    """Draws conclusions under one rule set, and remembers them."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._producers = producers_of(rules)
        self._solver = solver_for(rules)
        self._reads = {fact: producer.reads for fact, producer in self._producers.items()}
        self._told: dict[tuple[object, ...], Knowledge] = {}
        self._found: dict[tuple[object, ...], tuple[bool, frozenset[Value] | None]] = {}

    def close(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge with every derived fact added that surely has a value."""
        known, values = set(knowledge.known), dict(knowledge.values)
        for fact in self.rules.order:
            # What it reads is a handful, of hundreds that are known: this is done a million times.
            key = (fact, self._reads[fact] & known, tuple(map(values.get, self._reads[fact])))
            found = self._found.get(key)
            if found is None:
                told = {name: values[name] for name in self._reads[fact] if name in values}
                found = self._found[key] = self._work_out(fact, Knowledge(known=key[1], values=told))
            is_certain, possible = found
            if is_certain:
                known.add(fact)
            if possible is not None:
                values[fact] = values[fact] & possible if fact in values else possible
        return Knowledge(known=frozenset(known), values=values)

    def reads(self, fact: str) -> frozenset[str]:
        """The facts that the rules for a derived fact read; none for another fact."""
        return self._reads.get(fact, frozenset())

    def depending_on(self, facts: Iterable[str]) -> frozenset[str]:
        """The derived facts that may change when these facts do."""
        changed = set(facts)
        for fact in self.rules.order:
            if self._reads[fact] & changed:
                changed.add(fact)
        return frozenset(changed & set(self.rules.order))

    def told_when(self, condition: Condition, given: Knowledge) -> Knowledge:
        """What is surely so when the condition is true besides what is given; alternatives that clash are left out."""
        first = both(given, self.told_by(condition))
        return both(first, self.told_by(condition, given=first))

    def told_by(self, condition: Condition, *, truth: bool = True, given: Knowledge = NOTHING) -> Knowledge:
        """What is surely so when the condition is true (or false); what clashes with `given` is left out."""
        return fold_sided(condition, _Told(self, given), truth)

    def told_by_fact(self, fact: str, allowed: frozenset[Value] | None = None, given: Knowledge = NOTHING) -> Knowledge:
        """What is surely so when this fact is known (with one of these values): for a derived fact also its causes."""
        if fact not in self._reads:
            return Knowledge(known=frozenset({fact}), values={} if allowed is None else {fact: allowed})
        key = (fact, allowed, frozenset(given.values.items()))
        if key not in self._told:
            self._told[key] = self._find_causes(fact, allowed, given)
        return self._told[key]

    def _find_causes(self, fact: str, allowed: frozenset[Value] | None, given: Knowledge) -> Knowledge:
        told = Knowledge(known=frozenset({fact}), values={} if allowed is None else {fact: allowed})
        causes = tuple(self._told_by_way(way, given) for way in self._ways(fact) if _may_give(way.value, allowed))
        return both(told, _possible(causes, given))

    def told_by_test(self, test: Test, truth: bool, given: Knowledge) -> Knowledge:
        """What is surely so when this question has this answer."""
        if OPERATIONS[test.operator].trial is Trial.KNOWN:
            asks_known = isinstance(test.operand, Literal) and bool(test.operand.value)
            return self.told_by_fact(test.fact, None, given) if asks_known is truth else NOTHING
        told = self.told_by_fact(test.fact, self._values_told(test, truth=truth), given)
        return _all_of((told, *(self.told_by_fact(fact, None, given) for fact in _facts_needed(test.operand))))

    def _values_told(self, test: Test, *, truth: bool) -> frozenset[Value] | None:
        declared = self.rules.facts.get(test.fact)
        if not isinstance(test.operand, Literal) or declared is None or declared.type.is_list:
            return None
        value, row = test.operand.value, OPERATIONS[test.operator]
        listed = frozenset(value) if isinstance(value, tuple) else frozenset({value})
        if row.second is not Second.AMONG and row.operand is not Operand.SAME_CHOICE:
            return None
        truth = truth is (row.denies is None)
        if truth:
            return listed
        domain = _domain(declared.type, tuple(choice.id for choice in declared.choices))
        return None if domain is None else domain - listed

    def _told_by_way(self, way: _ValueWay, given: Knowledge) -> Knowledge:
        true = (self.told_by(condition, given=given) for condition in way.true)
        false = (self.told_by(condition, truth=False, given=given) for condition in way.false)
        return _all_of((Knowledge(known=_facts_needed(way.value)), *true, *false))

    def _ways(self, fact: str) -> tuple[_ValueWay, ...]:
        producer = self._producers[fact]
        if producer.hit is HitPolicy.COLLECT:
            return ()
        # A rule that only says what is so otherwise may be true, and the quiet value is taken all the same: nothing
        # else was said. So only what would have said something must be false.
        whens = tuple(branch.when for branch in producer.branches if branch.then is not None)
        ways = [_ValueWay((branch.when,), (), branch.then) for branch in producer.branches if branch.then is not None]
        return (*ways, _ValueWay((), whens, producer.quiet)) if producer.quiet is not None else tuple(ways)

    def _work_out(self, fact: str, knowledge: Knowledge) -> tuple[bool, frozenset[Value] | None]:
        try:
            return self._solver.outcomes(self._producers[fact], knowledge)
        except TooManyError:
            is_yes_no = fact in self.rules.facts and self.rules.facts[fact].type is FactType.YES_NO
            return self._reads[fact] <= knowledge.known and is_yes_no and self._is_surely_said(fact), None

    def _is_surely_said(self, fact: str) -> bool:
        """Whether no condition of its rules compares with what may have no value."""
        whens = (branch.when for branch in self._producers[fact].branches)
        return not any(may_give_nothing(test.operand) for when in whens for test in tests_in(when))


@dataclass(frozen=True, slots=True)
class _Told(SidedAlgebra[Knowledge]):
    """What is surely so when a condition is wanted true, or false."""

    deduction: Deduction
    given: Knowledge

    def test(self, test: Test, wanted: bool) -> Knowledge:
        return self.deduction.told_by_test(test, wanted, self.given)

    def join(self, parts: tuple[Knowledge, ...], decisive: bool) -> Knowledge:
        return _possible(parts, self.given) if decisive else _all_of(parts)


def _facts_needed(expression: Expression) -> frozenset[str]:
    """The facts without which the expression has no value: what a function can do without is left out."""
    if not isinstance(expression, Compute):
        return facts_in_expression(expression)
    spare = FUNCTIONS[expression.function].may_be_unknown
    needed = (part for name, part in expression.arguments if name not in spare)
    return frozenset().union(*map(_facts_needed, needed))


def _all_of(parts: Iterable[Knowledge]) -> Knowledge:
    told = NOTHING
    for part in parts:
        told = both(told, part)
    return told


def _possible(parts: tuple[Knowledge, ...], given: Knowledge) -> Knowledge:
    """What holds whichever part that agrees with `given` holds; a clash when none agrees."""
    agreeing = tuple(part for part in parts if not both(given, part).is_impossible)
    return either(agreeing or parts)


def _may_give(value: Expression, allowed: frozenset[Value] | None) -> bool:
    return allowed is None or not isinstance(value, Literal) or value.value in allowed


def values_of(expression: Expression, knowledge: Knowledge) -> frozenset[Value] | None:
    """The values the expression can have; None when nothing is said about them."""
    if isinstance(expression, Literal):
        return frozenset({expression.value})
    return knowledge.values.get(expression.fact) if isinstance(expression, FactRef) else None


def _domain(kind: FactType, choices: tuple[str, ...]) -> frozenset[Value] | None:
    if kind is FactType.YES_NO:
        return frozenset({True, False})
    return frozenset(choices) if choices else None
