"""Open a case by hand."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding import opening as core
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.line.case_line import Line


def open_case(
    line: Line,
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
    content, opening = line.content(workflow), core.Opening(entry=entry, facts=facts)
    if dry_run:
        return core.open_case(line.about_new(content, opening, actor, takes_number=False), opening)
    return line.settle(lambda: _plan(line, content, opening, actor))  # another may get the number


def _plan(line: Line, content: Content, opening: core.Opening, actor: Actor) -> Step | Refusal:
    outcome = core.open_case(line.about_new(content, opening, actor), opening)
    line.add(outcome)
    return outcome
