"""Open a case by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.core.deciding import opening as core
from engine.core.deciding.case import Actor
from engine.core.deciding.question import Question
from engine.core.deciding.recognising import runs_already
from engine.core.deciding.step import Blocker, Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.line.case_line import Given, Line
from engine.usecases.recognise import doubts_about, running_beside


def open_case(
    line: Line,
    workflow: str,
    facts: Mapping[str, Value],
    actor: Actor,
    *,
    entry: str = "",
    reason: str = "",
    is_sure: bool = False,
    dry_run: bool = False,
) -> Step | Refusal:
    """Open a case through an entry point (empty: the first), under the versions in force today, or the latest older one
    that its sector consented to.

    Refused when somebody looks like a known one, unless the actor `is_sure`; and without a `reason` when such a case
    runs already and the content asks one. A refused opening and a dry run use up no case number. Raises
    DefinitionError when no version is in force.
    """
    content, opening = line.way_to_open(line.content(workflow), core.Opening(entry=entry, facts=facts, reason=reason))
    blockers = () if is_sure else doubts_about(line.work, content, facts)
    if content.workflow.again_needs_reason and not reason:
        blockers += _runs_already(line, content, facts)
    if blockers:
        return Refusal(case_id="", attempted=entry or content.workflow.entries[0].id, blockers=blockers)
    if dry_run:
        return _decide(line, opening, line.about_new(content, opening, actor, takes_number=False))
    return line.settle(lambda: _plan(line, content, opening, actor))  # another may get the number


def _runs_already(line: Line, content: Content, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    running = running_beside(line.work, content, facts)
    return (runs_already(running[0].subject, tuple(row.case_id for row in running)),) if running else ()


def _plan(line: Line, content: Content, opening: core.Opening, actor: Actor) -> Step | Refusal:
    outcome = _decide(line, opening, line.about_new(content, opening, actor))
    line.add(outcome)
    return outcome


def _decide(line: Line, opening: core.Opening, question: Question) -> Step | Refusal:
    asked = line.naming(Given(question, opening.facts))
    return core.open_case(asked.question, replace(opening, facts=asked.facts))
