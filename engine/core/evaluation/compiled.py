"""Rule sets and conditions as code, for work in bulk: the same answers as `findings`, without the reasons.

Three-valued, like the explaining evaluator, and held to it by property tests. One rule set becomes one code
object. A contradiction is told by the explaining evaluator itself, so that the words are the same.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from engine.core.content.ruleset import HitPolicy, Rule, RuleSet, Table
from engine.core.evaluation.condition_code import CodeBook, lookup_over
from engine.core.evaluation.expressions import Surroundings
from engine.core.evaluation.findings import conclude, producers
from engine.core.evaluation.normal_form import normalise
from engine.core.evaluation.syntax import (
    build_function,
    call,
    combine,
    compare,
    fixed,
    is_known,
    is_none,
    negate,
    no,
    nothing,
    read,
    store,
    yes,
)
from engine.core.language.conditions import Condition, Expression, Literal
from engine.core.language.facts import FactType, Value
from engine.core.language.orders import Conclusion
from engine.core.quick_class import dataclass

Outcome = tuple[dict[str, Value], dict[str, bool | None]]
"""Values of the derived facts that are known, and the truth of each rule and table row (table#number)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledRules:
    """A rule set as one code object."""

    rule_set: str
    run: Callable[[Mapping[str, Value], Surroundings], Outcome]

    def findings(self, values: Mapping[str, Value], around: Surroundings) -> Outcome:
        """What `conclude` finds for these facts; a fact that is not in `values` is unknown.

        Raises DefinitionError when rules contradict each other, in the same words as `conclude`.
        """
        return self.run(values, around)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledCondition:
    """One condition as code."""

    run: Callable[[Mapping[str, Value], Surroundings], bool | None]

    def truth(self, values: Mapping[str, Value], around: Surroundings) -> bool | None:
        """True, False, or None when a fact that matters is not in `values`."""
        return self.run(values, around)


def compile_condition(condition: Condition) -> CompiledCondition:
    """Code for one condition."""
    book = CodeBook()
    book.names["lookup_over"] = lookup_over
    answer = ast.Return(book.truth(normalise(condition)))
    start = [_get_from_facts(), store("out", ast.Dict([], [])), _look()]
    return CompiledCondition(
        run=cast("Callable[..., bool | None]", build_function(book.names, [*start, *book.body, answer]))
    )


def compile_rules(rules: RuleSet) -> CompiledRules:
    """Code for all rules and tables of the set, in its computed order."""
    book = _RulesBook(rules)
    rules_by_fact, table_by_fact = producers(rules)
    for fact in rules.order:
        if fact in table_by_fact:
            book.conclude_table(table_by_fact[fact])
        else:
            book.conclude_rules(fact, rules_by_fact[fact])
    return CompiledRules(rule_set=rules.id, run=cast("Callable[..., Outcome]", book.build()))


def _get_from_facts() -> ast.stmt:
    return store("get", ast.Attribute(read("facts"), "get", ast.Load()))


def _look() -> ast.stmt:
    return store("look", call("lookup_over", read("out"), read("get")))


def _when(test: ast.expr, *then: ast.stmt, otherwise: Sequence[ast.stmt] = ()) -> ast.stmt:
    return ast.If(test, list(then), list(otherwise))


def _once(*statements: ast.stmt) -> ast.stmt:
    """A block that `break` leaves. Flat, so that a table of a thousand rows does not nest a thousand deep."""
    return ast.While(yes(), [*statements, ast.Break()], [])


def _said_about(fact: str, conclusions: tuple[Conclusion, ...]) -> Expression | None:
    return next((said.value for said in conclusions if said.fact == fact), None)


class _RulesBook(CodeBook):
    def __init__(self, rules: RuleSet) -> None:
        super().__init__()
        self._rules = rules
        self._truths: dict[str, str] = {}
        self.names |= {
            "lookup_over": lookup_over,
            "clash": lambda facts, around: _tell_contradiction(rules, facts, around),
            "gather": _gather,
            "unite": _unite,
        }

    def build(self) -> Callable[..., object]:
        """The function made of everything concluded so far."""
        truths = ast.Dict([fixed(name) for name in self._truths], [read(name) for name in self._truths.values()])
        start = [_get_from_facts(), store("out", ast.Dict([], []))]
        if self.computes:
            start.append(_look())
        answer = ast.Return(ast.Tuple([read("out"), truths], ast.Load()))
        return build_function(self.names, [*start, *self.body, answer])

    def conclude_rules(self, fact: str, concluding: tuple[Rule, ...]) -> None:
        """Statements that conclude one fact from its rules."""
        truths = [self._truth_of(rule.id, rule.when) for rule in concluding]
        found = self.fresh("a")
        said = [(truth, _said_about(fact, rule.then)) for truth, rule in zip(truths, concluding, strict=True)]
        is_plain = len(said) == 1 and isinstance(said[0][1], Literal)
        quiet = self._otherwise(fact, concluding)
        if is_plain:
            self._conclude_plainly(found, truths[0], cast("Literal", said[0][1]), quiet)
        else:
            self._conclude_fully(found, said, quiet)
        self._publish(fact, found)

    def _conclude_plainly(self, found: str, truth: str, then: Literal, quiet: ast.expr) -> None:
        """One rule with a literal: by far the most common, so it gets the shortest code."""
        is_same = then.value is True and isinstance(quiet, ast.Constant) and quiet.value is False
        quietly = ast.IfExp(is_none(read(truth)), nothing(), quiet)
        value = read(truth) if is_same else ast.IfExp(read(truth), self.constant(then.value), quietly)
        self.body.append(store(found, value))

    def _conclude_fully(self, found: str, said: list[tuple[str, Expression | None]], quiet: ast.expr) -> None:
        lacks = self.fresh("m")
        self.body += [store(found, nothing()), store(lacks, no())]
        for truth, expression in said:
            if expression is not None:
                self._affirm(found, lacks, truth, expression)
        unsettled = [read(lacks), *(is_none(read(truth)) for truth in dict.fromkeys(truth for truth, _ in said))]
        nobody = combine(ast.And(), [is_none(read(found)), negate(combine(ast.Or(), unsettled))])
        self.body.append(_when(nobody, store(found, quiet)))

    def _affirm(self, found: str, lacks: str, truth: str, expression: Expression) -> None:
        said = self.fresh("s")
        value = store(said, self.expression(expression))
        differs = compare(read(found), ast.NotEq(), read(said))
        take = _when(is_none(read(found)), store(found, read(said)), otherwise=[_when(differs, self._contradict())])
        judge = _when(is_none(read(said)), store(lacks, yes()), otherwise=[take])
        self.body.append(_when(read(truth), value, judge))

    def _contradict(self) -> ast.stmt:
        return ast.Return(call("clash", read("facts"), read("around")))

    def _otherwise(self, fact: str, concluding: tuple[Rule, ...]) -> ast.expr:
        for rule in concluding:
            said = _said_about(fact, rule.otherwise)
            if said is not None:
                return self.expression(said)
        return fixed(False if self._rules.facts[fact].type is FactType.YES_NO else None)

    def _truth_of(self, subject: str, condition: Condition) -> str:
        """The local with the truth of a rule or row; a rule that concludes two facts is looked at once."""
        if subject not in self._truths:
            truth = self.truth(normalise(condition))
            self._truths[subject] = self.fresh("r")
            self.body.append(store(self._truths[subject], truth))
        return self._truths[subject]

    def _publish(self, fact: str, found: str) -> None:
        target = ast.Subscript(read("out"), fixed(fact), ast.Store())
        self.body.append(_when(is_known(read(found)), ast.Assign([target], read(found))))
        self.derived[fact] = found

    def conclude_table(self, table: Table) -> None:
        """Statements that conclude the output of a table."""
        truths = [self._truth_of(f"{table.id}#{number}", row.when) for number, row in enumerate(table.rows, 1)]
        found = self.fresh("a")
        self.body.append(store(found, nothing()))
        rows = [(truth, self.expression(row.then)) for truth, row in zip(truths, table.rows, strict=True)]
        if table.hit is HitPolicy.COLLECT:
            self._collect(found, rows)
        elif table.hit is HitPolicy.FIRST:
            self._take_first(found, rows)
        else:
            self._take_only(found, rows)
        self._publish(table.output, found)

    def _take_first(self, found: str, rows: list[tuple[str, ast.expr]]) -> None:
        steps = [
            _when(
                compare(read(truth), ast.IsNot(), no()),
                _when(read(truth), store(found, value)),
                ast.Break(),
            )
            for truth, value in rows
        ]
        self.body.append(_once(*steps))

    def _take_only(self, found: str, rows: list[tuple[str, ast.expr]]) -> None:
        seen, said = self.fresh("m"), self.fresh("s")
        self.body.append(store(seen, no()))
        for truth, value in rows:
            differs = compare(read(found), ast.NotEq(), read(said))
            take = [store(found, read(said)), store(seen, yes())]
            known = _when(read(seen), _when(differs, self._contradict()), otherwise=take)
            self.body.append(_when(read(truth), store(said, value), known))

    def _collect(self, found: str, rows: list[tuple[str, ast.expr]]) -> None:
        items, said = self.fresh("c"), self.fresh("s")
        steps: list[ast.stmt] = [store(items, ast.List([], ast.Load()))]
        for truth, value in rows:
            steps.append(_when(is_none(read(truth)), ast.Break()))
            leave = _when(is_none(read(said)), ast.Break())
            take = ast.Expr(call("gather", read(items), read(said)))
            steps.append(_when(read(truth), store(said, value), leave, take))
        steps.append(store(found, call("unite", read(items))))
        self.body.append(_once(*steps))


def _gather(items: list[str], value: Value) -> None:
    items.extend(value if isinstance(value, tuple) else (str(value),))


def _unite(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _tell_contradiction(rules: RuleSet, facts: Mapping[str, Value], around: Surroundings) -> Outcome:
    findings = conclude(rules, facts.get, around)
    raise AssertionError(f"only the compiled form of {rules.id} sees a contradiction: {findings.truth_by_rule}")
