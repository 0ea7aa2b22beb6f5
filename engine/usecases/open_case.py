"""Open a case by hand."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding import opening as core
from engine.core.deciding.case import Actor
from engine.core.deciding.gathering import gather
from engine.core.deciding.step import Refusal, Step
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.runtime import Runtime
from engine.usecases.case_line import write_step


def open_case(
    runtime: Runtime,
    workflow: str,
    facts: Mapping[str, Value],
    actor: Actor,
    *,
    entry: str = "",
    dry_run: bool = False,
) -> Step | Refusal:
    """Open a case through an entry point (empty: the first), under the versions in force today.

    A refused opening and a dry run use up no case number. Raises DefinitionError when no version is in force.
    """
    moment = runtime.now()
    content = runtime.content(workflow, local_day(moment))
    organisation, day = content.organisation.id, local_day(moment)
    subject = str(facts.get(content.workflow.subject_key, ""))
    with runtime.store.transaction() as tx:
        gathered = gather(content, tx.cases_of_subject(organisation, subject) if subject else ())

        def decide(case_id: str) -> Step | Refusal:
            opening = core.Opening(case_id=case_id, entry=entry, facts=facts)
            return core.open_case(content, opening, actor, moment, gathered)

        outcome = decide("")
        if dry_run or isinstance(outcome, Refusal):
            return outcome
        outcome = decide(tx.new_case_number(organisation, content.workflow.prefix, day.year))
        if isinstance(outcome, Step):
            write_step(runtime, tx, content, outcome, moment)
    return outcome
