"""Let cases go on by another version of their workflow and rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.changing_rules import move_case as move
from engine.core.deciding.step import Refusal, Step
from engine.core.errors import EngineError, UsageError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.definitions.catalogue import pins_of
from engine.definitions.files.content_files import Kind
from engine.definitions.files.footprint import pins_on
from engine.line.case_line import Line, open_line
from engine.runtime import Runtime
from engine.words.of_errors import say_whole


def move_case(
    line: Line, case_id: str, to: date, reason: str, actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Move a case to the version of this day; a dry run decides and writes nothing.

    Raises UsageError when there is no such version, or it has not begun; DefinitionError when it cannot be read.
    """
    asked = line.about(case_id, actor)
    target = version_of(line.runtime, asked.case, to, local_day(line.moment))
    outcome = move(asked, target, reason)
    if isinstance(outcome, Step) and not dry_run:
        line.add_answer(replace(asked, content=target, worked_out={}), outcome)
        line.write()
    return outcome


def move_all(
    runtime: Runtime, to: date, reason: str, actor: Actor, *, dry_run: bool = False
) -> Iterator[tuple[str, Step | Refusal | str]]:
    """Every open case of which the workflow or its rules have this version, with what came of it; a text says why not.

    One that cannot be moved does not hold up the others.
    """
    organisation = runtime.settings.organisation
    with runtime.reading() as readings:
        cases = [one for one in readings.each_case(organisation) if not one.is_closed]
        today = local_day(runtime.moment_by(readings))
    known = {name: versions_of(runtime, name, today) for name in {one.workflow for one in cases}}
    for case in cases:
        if to in known[case.workflow] and to not in _on(case):
            try:
                with open_line(runtime) as line:
                    yield case.id, move_case(line, case.id, to, reason, actor, dry_run=dry_run)
            except EngineError as error:
                yield case.id, say_whole(error)


def _on(case: Case) -> tuple[date, ...]:
    """The first days of the versions that a case is on, of which law is none: a case has the law of its day."""
    lower = (one.version for one in pins_of(case).lower_rules() if one.digest)
    return (case.workflow_version, case.rules_version, *lower)


def versions_of(runtime: Runtime, workflow: str, today: date) -> tuple[date, ...]:
    """The versions that have begun of a workflow, of its rules, and of those under them that are no law, in order."""
    organisation = runtime.settings.organisation
    catalogue, found = runtime.catalogue, runtime.content(workflow, today)
    chain = catalogue.chain(organisation)
    named = (Kind.WORKFLOWS, workflow), (Kind.RULES, found.rules.id)
    owners = [(kind, catalogue.files.nearest_owner(kind, chain, name) or "", name) for kind, name in named]
    agreed = (one for one in chain[:-1] if not catalogue.files.is_law(one))
    owners += [(Kind.RULES, one, found.rules.id) for one in agreed]
    days = (day for one in owners for day in catalogue.versions(*one))
    return tuple(sorted({day for day in days if day <= today}))


def version_of(runtime: Runtime, case: Case, to: date, today: date) -> Content:
    """The content that was in force from this day on, under the law of today.

    Raises UsageError when no version of it began on this day.
    """
    known = versions_of(runtime, case.workflow, today)
    if to not in known:
        raise UsageError(
            f"Van '{case.workflow}' of haar regels is er geen versie die op {to.isoformat()} inging.",
            where=case.id,
            why=f"Ingegaan zijn: {', '.join(day.isoformat() for day in known)}.",
            next_step="Kies een van deze dagen met --to.",
        )
    there = runtime.content(case.workflow, to)
    return runtime.catalogue.content(case.organisation, case.workflow, today, pinned=pins_on(there)._replace(law=None))
