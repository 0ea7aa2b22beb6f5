"""The second evaluator looks at what the truth concluded; a difference is an alarm, or stops the step."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.case import ENGINE
from engine.core.content import Content
from engine.core.errors import DefinitionError
from engine.core.situation import look
from engine.core.step import Step

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.transaction import Transaction


def look_again(runtime: Runtime, tx: Transaction, content: Content, step: Step, moment: datetime) -> None:
    """Compare both evaluators on the case after the step, when a second evaluator is at hand.

    With the setting `stop` a difference or a failure raises DefinitionError, and nothing is written; with
    `alarm` it is written down for `trede doctor`, and the case goes on by the truth.
    """
    partner = runtime.second_evaluator()
    if partner is None:
        return
    situation = look(content, step.after, moment, ENGINE)
    for alarm in partner.compare(situation, step.after.id, moment):
        if runtime.settings.second_evaluator == "stop":
            raise DefinitionError(
                f"de twee regelmotoren zijn het oneens over regel '{alarm.rule}'",
                where=content.rules.where,
                why=f"De eigen motor zegt {alarm.truth}, de tweede zegt {alarm.other}.",
                next_step="Draai `trede rules check` en meld dit; zet zo nodig second_evaluator op alarm.",
            )
        tx.record_alarm(alarm)
