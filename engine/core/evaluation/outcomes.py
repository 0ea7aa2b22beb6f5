"""Who concludes a fact, and what follows once the truth of every condition is known: the only home of that meaning.

Rules: those that hold speak; when every one is false the first `otherwise` speaks, and a yes/no that nobody affirms
is false. Tables: `first` takes the first row that holds, `unique` the only one, `collect` unites them; a row that is
unknown and could still change the outcome leaves it open. The evaluators, compiled code and the proofs all come here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from engine.core.content.ruleset import HitPolicy, RuleSet
from engine.core.errors import DefinitionError
from engine.core.language.conditions import Condition, Expression, Literal, facts_in, facts_in_expression
from engine.core.language.facts import FactType, Value
from engine.core.language.orders import Conclusion
from engine.core.quick_class import dataclass

Worth = Callable[[Expression], Value | None]
"""The value of an expression in one situation; None when it is unknown."""


class Branch(NamedTuple):
    """One rule or row as it bears on one fact. `subject` names it: a rule by its id, a row as table#number (from 1)."""

    subject: str
    when: Condition
    then: Expression | None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """Everything that concludes one fact. `hit` is None for rules; `quiet` is what holds when every rule is false."""

    fact: str
    branches: tuple[Branch, ...]
    hit: HitPolicy | None = None
    quiet: Expression | None = None
    table: str = ""
    where: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is one rule that says something written out: by far the most common, so it gets a short way."""
        said = self.branches[0].then if len(self.branches) == 1 and self.hit is None else None
        return isinstance(said, Literal) and (self.quiet is None or isinstance(self.quiet, Literal))

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every value that may come of it."""
        said = (*(branch.then for branch in self.branches), self.quiet)
        return tuple(value for value in said if value is not None)

    @property
    def reads(self) -> frozenset[str]:
        """Every fact that a condition or a value reads."""
        asked = (facts_in(branch.when) for branch in self.branches)
        return frozenset().union(*asked, *(facts_in_expression(value) for value in self.expressions))


class Outcome(NamedTuple):
    """What follows. `said` holds who says what: more than one value is a contradiction.

    `truth` is True when a rule or row speaks, False when none holds, None while that is open. `lacking` are the values
    that would count, but cannot be computed yet.
    """

    truth: bool | None
    said: tuple[tuple[str, Value | None], ...] = ()
    lacking: tuple[Expression, ...] = ()

    @property
    def value(self) -> Value | None:
        """The value; None: unknown."""
        return self.said[0][1] if self.said else None


OPEN = Outcome(None)


def producers_of(rules: RuleSet) -> Mapping[str, Producer]:
    """Who concludes each derived fact, in the order in which facts can be concluded."""
    found: dict[str, Producer] = {}
    branches: dict[str, list[Branch]] = {}
    quiet: dict[str, Expression] = {}
    for rule in rules.rules:
        for fact in dict.fromkeys(said.fact for said in (*rule.then, *rule.otherwise)):
            branch = Branch(rule.id, rule.when, _said_about(fact, rule.then), rule.where)
            branches.setdefault(fact, []).append(branch)
            otherwise = _said_about(fact, rule.otherwise)
            if otherwise is not None:
                quiet.setdefault(fact, otherwise)
    for fact, concluding in branches.items():
        # A yes/no that no rule affirms is false: the rules are all there is to say about a derived fact.
        is_yes_no = fact in rules.facts and rules.facts[fact].type is FactType.YES_NO
        last = Literal(value=False) if is_yes_no else None
        found[fact] = Producer(
            fact=fact, branches=tuple(concluding), quiet=quiet.get(fact, last), where=rules.where
        )  # fmt: skip
    for table in rules.tables:
        rows = tuple(Branch(f"{table.id}#{n}", row.when, row.then, row.where) for n, row in enumerate(table.rows, 1))
        found[table.output] = Producer(
            fact=table.output, branches=rows, hit=table.hit, table=table.id, where=table.where
        )  # fmt: skip
    return {fact: found[fact] for fact in rules.order}


def _said_about(fact: str, conclusions: Iterable[Conclusion]) -> Expression | None:
    return next((said.value for said in conclusions if said.fact == fact), None)


def settle(producer: Producer, truths: Sequence[bool | None], worth: Worth) -> Outcome:
    """What follows from these truths of the branches. Asks for the worth of no more values than count."""
    if producer.hit is None:
        return _settle_rules(producer, truths, worth)
    if producer.hit is HitPolicy.COLLECT:
        return _collect(producer, truths, worth)
    rows = _decisive(producer, truths)
    if rows is None:
        return OPEN
    said = tuple((row.subject, worth(_then(row))) for row in rows)
    if any(value is None for _, value in said) and len({value for _, value in said}) == 1:
        return Outcome(None, lacking=tuple(_then(row) for row in rows))
    return Outcome(bool(rows), said)


def _settle_rules(producer: Producer, truths: Sequence[bool | None], worth: Worth) -> Outcome:
    speaking = [b for b, truth in zip(producer.branches, truths, strict=True) if truth and b.then is not None]
    said = [(branch, worth(_then(branch))) for branch in speaking]
    known = tuple((branch.subject, value) for branch, value in said if value is not None)
    if known:
        return Outcome(truth=True, said=known)
    if said or None in truths:
        return Outcome(None, lacking=tuple(_then(branch) for branch, _ in said))
    value = None if producer.quiet is None else worth(producer.quiet)
    if value is None:
        return Outcome(truth=False, lacking=() if producer.quiet is None else (producer.quiet,))
    return Outcome(truth=False, said=(("", value),))


def _decisive(producer: Producer, truths: Sequence[bool | None]) -> tuple[Branch, ...] | None:
    """The rows that settle the outcome; None while an unknown row could still change it."""
    if producer.hit is HitPolicy.UNIQUE:
        true_rows = tuple(row for row, truth in zip(producer.branches, truths, strict=True) if truth)
        return None if not true_rows and None in truths else true_rows
    for row, truth in zip(producer.branches, truths, strict=True):
        if truth is None:
            return None
        if truth:
            return (row,)
    return ()


def _collect(producer: Producer, truths: Sequence[bool | None], worth: Worth) -> Outcome:
    if None in truths:
        return OPEN
    collected: list[str] = []
    for row, truth in zip(producer.branches, truths, strict=True):
        value = worth(_then(row)) if truth else ()
        if value is None:
            return OPEN
        collected.extend(value if isinstance(value, tuple) else (str(value),))
    return Outcome(truth=True, said=((producer.table, tuple(dict.fromkeys(collected))),))


def _then(branch: Branch) -> Expression:
    assert branch.then is not None  # only branches that say something come here
    return branch.then


def agreed_value(producer: Producer, outcome: Outcome) -> Value | None:
    """The value of the outcome. Raises DefinitionError when more than one thing is said.

    Then the content contradicts itself, and no answer is better than a chance one.
    """
    if len(outcome.said) > 1 and len({value for _, value in outcome.said}) > 1:
        raise _contradiction(producer, outcome)
    return outcome.value


def _contradiction(producer: Producer, outcome: Outcome) -> DefinitionError:
    if producer.hit is not None:
        return DefinitionError("rows_disagree", where=producer.where, table=producer.table)
    said = [f"{rule}: {value}" for rule, value in outcome.said]
    return DefinitionError("rules_disagree", where=producer.where, fact=producer.fact, said=said)
