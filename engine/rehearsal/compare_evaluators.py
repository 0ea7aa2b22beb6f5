"""Hold the evaluators against each other on one situation: explaining, compiled, and durable-rules."""

from __future__ import annotations

from engine.core.deciding.situation import Situation
from engine.core.finding import Finding, fault
from engine.crosscheck.partner import Agreement, Difference, SecondEvaluator


class Comparison:
    """Counts what was compared; with the second evaluator when there is one."""

    def __init__(self, partner: SecondEvaluator | None) -> None:
        self.partner = partner
        self.situations = 0
        self.compared = 0

    def differences(self, situation: Situation) -> tuple[Finding, ...]:
        """A finding for every evaluator that does not agree with the truth; none when all do."""
        self.situations += 1
        return (*self._of_compiled(situation), *self._of_partner(situation))

    def _of_compiled(self, situation: Situation) -> tuple[Finding, ...]:
        known = situation.known
        names = (name for name in known.prepared.reads if not known.is_concluded(name))
        given = {name: value for name in names if (value := known[name]) is not None}
        values, truths = known.prepared.code(given, known.around)
        explained, concluded = known.truths(), known.concluded()
        wrong = sorted(name for name, truth in explained.items() if truths.get(name) is not truth)
        wrong += sorted(name for name in {*values, *concluded} if values.get(name) != concluded.get(name))
        rules = known.prepared.rules.id
        return (fault("compiled_differs", "", rules=rules, names=wrong),) if wrong else ()

    def _of_partner(self, situation: Situation) -> tuple[Finding, ...]:
        if self.partner is None:
            return ()
        verdict = self.partner.compare(situation.known, situation.known.truths())
        if isinstance(verdict, Agreement):
            self.compared += verdict.compared
            return ()
        if isinstance(verdict, Difference):
            return (fault("second_differs", "", rule=verdict.rule, truth=verdict.truth, other=verdict.other),)
        return (fault("second_is_silent", "", reason=verdict.reason),)
