"""The question about a case in the store: its content, and what the other cases of its subject say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.opening import Opening, new_case
from engine.core.deciding.question import Question, ask, gathers
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day

if TYPE_CHECKING:
    from engine.line.plan import Plan
    from engine.runtime import Runtime
    from engine.store.readings import Readings


def ask_about(runtime: Runtime, readings: Readings | Plan, case: Case, actor: Actor, moment: datetime) -> Question:
    """The question about a case as it stands. Raises DefinitionError when its content is gone or cannot be read."""
    content = runtime.content_of(case, local_day(moment))
    return ask(content, case, actor, moment, _cases_beside(readings, content, case))


def ask_to_open(
    plan: Plan, content: Content, opening: Opening, actor: Actor, moment: datetime, *, takes_number: bool = True
) -> Question:
    """The question whether a case may be opened, under the number it will get (a dry run takes none)."""
    case = new_case(content, opening, moment)
    question = ask(content, case, actor, moment, _cases_beside(plan, content, case))
    return question.about(replace(case, id=plan.next_number(question))) if takes_number else question


def _cases_beside(readings: Readings | Plan, content: Content, case: Case) -> tuple[Case, ...]:
    # Reading the others costs a query, and most content declares no fact that lies in them.
    if not case.subject or not gathers(content):
        return ()
    return readings.cases_of_subject(case.organisation, case.subject, besides=case.id)
