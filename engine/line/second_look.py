"""The second evaluator looks at what the truth concluded; a difference is an alarm, or stops the step.

Commands that a consultant waits for do not start it (setting `alarm`): the scheduler looks at their cases
afterwards, from the journal. With `stop` every step waits for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.case import ENGINE
from engine.core.deciding.question import Question
from engine.core.deciding.situation import Situation, look
from engine.core.errors import DefinitionError
from engine.store.records import Alarm

if TYPE_CHECKING:
    from engine.runtime import Runtime

_WORDS = {True: "waar", False: "niet waar", None: "onbekend"}


def look_again(runtime: Runtime, question: Question) -> Alarm | None:
    """Compare both evaluators on the case after a step, when a second evaluator is at hand.

    With the setting `stop` a difference or a failure raises DefinitionError, and nothing is written; with
    `alarm` it is to be written down for `trede doctor`, and the case goes on by the truth.
    """
    alarm = compare(runtime, look(question.by(ENGINE)))
    if alarm is None:
        return None
    if runtime.settings.second_evaluator == "stop":
        raise DefinitionError(
            f"De twee regelmotoren zijn het niet eens{_about(alarm)}.",
            where=question.content.rules.where,
            why=f"De eigen motor zegt: {alarm.truth}; de tweede zegt: {alarm.other}.",
            next_step="Draai `trede rules check` en meld dit; zet zo nodig second_evaluator op alarm.",
        )
    return alarm


def compare(runtime: Runtime, situation: Situation) -> Alarm | None:
    """Ask the second evaluator, which is at hand; None when it agrees."""
    from engine.crosscheck.partner import Agreement, Difference

    partner = runtime.second_evaluator()
    assert partner is not None  # both callers have asked
    rules = situation.content.rules
    verdict = partner.compare(situation.known, situation.known.truths())
    if isinstance(verdict, Agreement):
        return None
    case = situation.case
    if isinstance(verdict, Difference):
        return Alarm(
            organisation=case.organisation,
            rule_set=rules.id,
            case_id=case.id,
            rule=verdict.rule,
            facts=verdict.facts,
            truth=_WORDS[verdict.truth],
            other=_WORDS[verdict.other],
            at=situation.moment,
        )
    return failing(case.organisation, case.id, verdict.reason, situation.moment, rule_set=rules.id)


def failing(organisation: str, case_id: str, why: str, moment: datetime, *, rule_set: str = "") -> Alarm:
    """The alarm of a case that could not be compared."""
    return Alarm(
        organisation=organisation, rule_set=rule_set, case_id=case_id, rule="", facts={}, truth="", other=why, at=moment
    )


def _about(alarm: Alarm) -> str:
    return f" over regel '{alarm.rule}'" if alarm.rule else ""
