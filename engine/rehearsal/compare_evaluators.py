"""Hold the evaluators against each other on one situation: explaining, compiled, and durable-rules."""

from __future__ import annotations

from engine.core.content.ruleset import RuleSet
from engine.core.deciding.situation import Situation
from engine.core.evaluation.compiled import CompiledRules, compile_rules
from engine.core.language.conditions import facts_in, facts_in_expression
from engine.core.language.facts import Value
from engine.crosscheck.partner import Agreement, Difference, SecondEvaluator


class Comparison:
    """Keeps the compiled form of each rule set, and the second evaluator when there is one."""

    def __init__(self, partner: SecondEvaluator | None) -> None:
        self.partner = partner
        self.situations = 0
        self.compared = 0
        self._compiled: list[tuple[RuleSet, CompiledRules, frozenset[str]]] = []

    def differences(self, situation: Situation) -> tuple[str, ...]:
        """One Dutch sentence for every evaluator that does not agree with the truth; none when all do."""
        self.situations += 1
        return (*self._of_compiled(situation), *self._of_partner(situation))

    def _of_compiled(self, situation: Situation) -> tuple[str, ...]:
        rules, compiled, names = self._compile(situation.content.rules)
        given = {name: value for name in names if (value := _given(situation, name)) is not None}
        outcome = compiled.findings(given, situation.around)
        values, truths = outcome
        findings = situation.findings
        wrong = sorted(name for name in findings.truth_by_rule if truths.get(name) is not findings.truth_by_rule[name])
        wrong += sorted(name for name in {*values, *findings.values} if values.get(name) != findings.values.get(name))
        return (f"de gecompileerde vorm van '{rules.id}' wijkt af bij {', '.join(wrong)}",) if wrong else ()

    def _of_partner(self, situation: Situation) -> tuple[str, ...]:
        if self.partner is None:
            return ()
        rules = situation.content.rules
        verdict = self.partner.compare(rules, situation.lookup, situation.findings, situation.around)
        if isinstance(verdict, Agreement):
            self.compared += verdict.compared
            return ()
        if isinstance(verdict, Difference):
            return (f"durable-rules wijkt af bij regel '{verdict.rule}': {verdict.truth} tegen {verdict.other}",)
        return (verdict.reason,)

    def _compile(self, rules: RuleSet) -> tuple[RuleSet, CompiledRules, frozenset[str]]:
        for known in self._compiled:
            if known[0] is rules:
                return known
        made = (rules, compile_rules(rules), facts_read(rules))
        self._compiled.append(made)
        return made


def _given(situation: Situation, name: str) -> Value | None:
    return None if name in situation.findings.values else situation.lookup(name)


def facts_read(rules: RuleSet) -> frozenset[str]:
    """Every fact that a rule or table of the set reads."""
    conditions = [*(rule.when for rule in rules.rules), *(row.when for table in rules.tables for row in table.rows)]
    said = [part.value for rule in rules.rules for part in (*rule.then, *rule.otherwise)]
    said += [row.then for table in rules.tables for row in table.rows]
    found = (*(facts_in(one) for one in conditions), *(facts_in_expression(one) for one in said))
    return frozenset().union(*found)
