"""The second evaluator looks at what the truth concluded; a difference is an alarm, or stops the step.

Commands that a consultant waits for do not start it (setting `alarm`): the scheduler looks at their cases
afterwards, from the journal. With `stop` every step waits for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.case import ENGINE
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import Step
from engine.core.errors import DefinitionError
from engine.line.asking import ask_about
from engine.store.records import Alarm

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.transaction import Transaction

LOOKED_AT = "second_look_seq"
_WORDS = {True: "waar", False: "niet waar", None: "onbekend"}


def look_again(runtime: Runtime, tx: Transaction, step: Step, moment: datetime) -> None:
    """Compare both evaluators on the case after the step, when a second evaluator is at hand.

    With the setting `stop` a difference or a failure raises DefinitionError, and nothing is written; with
    `alarm` it is written down for `trede doctor`, and the case goes on by the truth.
    """
    if runtime.second_evaluator() is None:
        return
    question = ask_about(runtime, tx, step.after, ENGINE, moment)
    alarm = _compare(runtime, look(question), moment)
    if alarm is None:
        return
    if runtime.settings.second_evaluator == "stop":
        raise DefinitionError(
            f"De twee regelmotoren zijn het niet eens{_about(alarm)}.",
            where=question.content.rules.where,
            why=f"De eigen motor zegt: {alarm.truth}; de tweede zegt: {alarm.other}.",
            next_step="Draai `trede rules check` en meld dit; zet zo nodig second_evaluator op alarm.",
        )
    tx.record_alarm(alarm)


def look_at_changed(runtime: Runtime) -> int:
    """Look again at every case that changed since the last time; the number looked at."""
    if runtime.second_evaluator() is None:
        return 0
    moment = runtime.now()
    with runtime.store.transaction() as tx:
        since = int(tx.meta(LOOKED_AT) or 0)
        rows = tx.rows(
            "SELECT case_id, max(seq) AS seq FROM journal WHERE organisation = :organisation AND seq > :since"
            " GROUP BY case_id ORDER BY case_id",
            organisation=runtime.settings.organisation,
            since=since,
        )
        for row in rows:
            case = tx.load_case(row["case_id"])
            alarm = _compare(runtime, look(ask_about(runtime, tx, case, ENGINE, moment)), moment)
            if alarm is not None:
                tx.record_alarm(alarm)
        if rows:
            tx.set_meta(LOOKED_AT, str(max(int(row["seq"]) for row in rows)))
    return len(rows)


def _compare(runtime: Runtime, situation: Situation, moment: datetime) -> Alarm | None:
    from engine.crosscheck.partner import Agreement, Difference

    partner = runtime.second_evaluator()
    assert partner is not None  # both callers have asked
    rules = situation.content.rules
    verdict = partner.compare(rules, situation.lookup, situation.findings, situation.around)
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
            at=moment,
        )
    return Alarm(
        organisation=case.organisation,
        rule_set=rules.id,
        case_id=case.id,
        rule="",
        facts={},
        truth="",
        other=verdict.reason,
        at=moment,
    )


def _about(alarm: Alarm) -> str:
    return f" over regel '{alarm.rule}'" if alarm.rule else ""
