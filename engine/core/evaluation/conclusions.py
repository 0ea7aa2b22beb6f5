"""Conclusions: what the rules of a set say about one situation, each fact worked out when it is asked for, and once.

Who asks for a fact pays for that fact and what it hangs on; who asks why pays for the reason as well. So content that
contradicts itself over a fact says so when that fact is asked for, or all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.explanation import Explain, explaining, trace_of_sum
from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression, is_sum
from engine.core.evaluation.outcomes import Outcome, Producer, agreed_value, producers_of, settle
from engine.core.evaluation.reasons import Asked, Reason, Trace
from engine.core.evaluation.truth import Facts, Judge, choosing, judging
from engine.core.language.conditions import Condition, Expression, Literal, facts_in_expression
from engine.core.language.facts import Value

if TYPE_CHECKING:
    from engine.core.evaluation.compiled import Run  # making code is only needed for work in bulk

Conclude = Callable[[Facts], Value | None]
Explained = tuple[Explain, Mapping[bool | None, Value | None] | None]
"""What tells why; with the value that goes with each truth of the reason, for a producer so plain that it says all."""


Made = TypeVar("Made")


class _MadeOnce(dict[str, Made | None]):
    """What is made of a producer, by the fact it concludes, when somebody asks; None for other facts."""

    __slots__ = ("_make", "_producers")

    def __init__(self, producers: Mapping[str, Producer], make: Callable[[Producer], Made]) -> None:
        super().__init__()
        self._producers, self._make = producers, make

    def __missing__(self, fact: str) -> Made | None:
        if fact not in self._producers:
            self[fact] = None
            return None
        self[fact] = made = self._make(self._producers[fact])
        return made


class PreparedRules:
    """A rule set made ready: who concludes what, in which order, and each rule as something that can be asked.

    Made once for each version; what is never asked for is never made. Compares by identity, so that others can keep
    what they make of it for as long as it lives.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.producers: Mapping[str, Producer] = producers_of(rules)
        self.derived = frozenset(self.producers)
        self.conclude: Mapping[str, Conclude | None] = _MadeOnce(self.producers, _concluder)
        self.explain: Mapping[str, Explained | None] = _MadeOnce(self.producers, _explainer)

    @cached_property
    def concluders(self) -> tuple[tuple[str, Conclude], ...]:
        """Everything that concludes a fact, in an order in which none waits for a later one."""
        return tuple((fact, found) for fact in self.producers if (found := self.conclude[fact]) is not None)

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """The condition of each rule, and of each table row as table#number (from 1)."""
        return {b.subject: b.when for producer in self.producers.values() for b in producer.branches}

    @cached_property
    def judges(self) -> Mapping[str, Judge]:
        """What tells whether a rule or a table row holds."""
        return {subject: judging(when) for subject, when in self.conditions.items()}

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every fact that a rule or table reads."""
        return frozenset().union(*(producer.reads for producer in self.producers.values()))

    @cached_property
    def code(self) -> Run:
        """The rules as code, for work in bulk."""
        from engine.core.evaluation.compiled import compile_rules

        return compile_rules(self.producers)

    def rests_on(self, facts: Iterable[str]) -> frozenset[str]:
        """These facts, and every fact that what the rules say of them follows from, step by step."""
        found: set[str] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact not in found:
                found.add(fact)
                waiting += self.producers[fact].reads if fact in self.producers else ()
        return frozenset(found)


class Conclusions(Facts):
    """Facts of one situation by name, given and concluded; what is concluded goes before what is given.

    Asking for a fact raises DefinitionError when true rules, or true rows of a `unique` table, disagree over it.
    """

    __slots__ = ("_given", "_is_fresh", "_substitutes", "prepared")

    def __init__(
        self, prepared: PreparedRules, given: Mapping[str, Value], around: Surroundings, find: Lookup | None = None
    ) -> None:
        super().__init__(given, find or _nowhere, around)
        self.prepared = prepared
        self._substitutes: frozenset[str] = _NO_FACTS
        # A given value of a fact that rules conclude now only stands in for a conclusion that stays unknown.
        self._given: Mapping[str, Value] = _NOTHING_GIVEN
        if not prepared.derived.isdisjoint(given):
            self._given = {fact: given[fact] for fact in prepared.derived.intersection(given)}
            for fact in self._given:
                del self[fact]
        self._is_fresh = not self._given

    def __missing__(self, fact: str) -> Value | None:
        conclude = self.prepared.conclude[fact]
        value = self.find(fact) if conclude is None else conclude(self)
        return self._keep(fact, value)

    def _keep(self, fact: str, value: Value | None) -> Value | None:
        self._is_fresh = False
        if value is None and fact in self._given:
            self._substitutes |= {fact}
            value = self._given[fact]
        self[fact] = value
        return value

    @property
    def overruled(self) -> Mapping[str, Value]:
        """What is given of facts that the rules conclude now."""
        return self._given

    def concluded(self) -> dict[str, Value]:
        """Every derived fact that is known, in their order."""
        found: dict[str, Value] = {}
        if self._is_fresh:
            # In this order nothing is asked before it is concluded, so nobody looks twice.
            for fact, conclude in self.prepared.concluders:
                self[fact] = value = conclude(self)
                if value is not None:
                    found[fact] = value
            self._is_fresh = False
            return found
        for fact in self.prepared.producers:
            value = self[fact]
            if value is not None and fact not in self._substitutes:
                found[fact] = value
        return found

    def is_concluded(self, fact: str) -> bool:
        """Whether the rules say what this fact is."""
        return fact in self.prepared.producers and self[fact] is not None and fact not in self._substitutes

    def truths(self) -> dict[str, bool | None]:
        """The truth of every rule, and of every table row as table#number (from 1)."""
        return {subject: judge(self) for subject, judge in self.prepared.judges.items()}

    def reason(self, fact: str) -> Reason | None:
        """Why a fact is concluded as it is, known or not; None for a fact nobody concludes."""
        made = self.prepared.explain[fact]
        if made is None:
            return None
        explain, worth = made
        trace = explain(self)
        if worth is not None and fact not in self and not self._given:
            self[fact] = worth[trace[0]]
            self._is_fresh = False
        return Reason(trace)


_NO_FACTS: frozenset[str] = frozenset()
_NOTHING_GIVEN: Mapping[str, Value] = {}


def _nowhere(_: str) -> None:
    return None


def worth_in(facts: Facts) -> Callable[[Expression], Value | None]:
    """What expressions are worth in this situation."""
    return lambda expression: evaluate_expression(expression, facts.__getitem__, facts.around)


def _counting(producer: Producer, outcome: Outcome) -> tuple[Expression, ...]:
    """The values that are said, and those that would be if they could be computed."""
    speaking = {subject for subject, _ in outcome.said}
    said = tuple(b.then for b in producer.branches if b.then is not None and b.subject in speaking)
    quiet = (producer.quiet,) if producer.quiet is not None and "" in speaking else ()
    return (*said, *quiet, *outcome.lacking)


def _concluder(producer: Producer) -> Conclude:
    if producer.is_plain:
        (only,) = producer.branches
        return choosing(only.when, _literal(only.then), _literal(producer.quiet))
    judges = tuple(judging(branch.when) for branch in producer.branches)

    def conclude(facts: Facts) -> Value | None:
        truths = [judge(facts) for judge in judges]
        return agreed_value(producer, settle(producer, truths, worth_in(facts)))

    return conclude


def _literal(expression: Expression | None) -> Value | None:
    return expression.value if isinstance(expression, Literal) else None


def _explainer(producer: Producer) -> Explained:
    branches = tuple(
        explaining(b.when) if producer.hit else explaining(b.when, b.subject, b.where) for b in producer.branches
    )
    kind, where = ("table", producer.where) if producer.hit else ("rule", "")
    asked = Asked(kind, where, producer.fact, subject=producer.table)
    if producer.is_plain:
        (only,) = branches

        def explain_plainly(facts: Facts) -> Trace:
            part = only(facts)
            return part[0], asked, None, (part,), ()

        said = _literal(producer.branches[0].then)
        return explain_plainly, {True: said, False: _literal(producer.quiet), None: None}

    def explain(facts: Facts) -> Trace:
        parts = tuple([branch(facts) for branch in branches])
        outcome = settle(producer, [part[0] for part in parts], worth_in(facts))
        agreed_value(producer, outcome)
        needed = [fact for one in outcome.lacking for fact in sorted(facts_in_expression(one))]
        missing = tuple(fact for fact in needed if facts[fact] is None)
        if producer.hit and outcome.lacking:
            # The row is settled but its value is not: ask for what the value needs, not for what other rows ask.
            missing = tuple(sorted(set(missing)))
            parts = tuple(part for part in parts if part[0] is not None)
        sums = (one for one in _counting(producer, outcome) if is_sum(one))
        parts = (*parts, *(trace_of_sum(one, facts) for one in sums))
        return outcome.truth, asked, None, parts, missing

    return explain, None
