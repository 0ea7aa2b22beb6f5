"""Bring a case on: take a transition, or write down facts that came in. A dry run decides and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from engine.core.deciding.advance import Act, act, record
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Entry, Refusal, Step
from engine.core.language.facts import Value
from engine.core.quick_class import replace
from engine.line.case_line import Given, Line

When = datetime | date | None
"""When it happened: a moment (UTC), or a local day of which nobody knows the hour; None: when it is typed."""


def advance_case(
    line: Line, case_id: str, command: Act, actor: Actor, *, at: When = None, dry_run: bool = False
) -> Step | Refusal:
    """Advance a case by the hand of `actor`. `at` is when it happened, where the act itself does not ask that day."""
    asked = line.naming(Given(line.about(case_id, actor), command.facts))
    command = replace(command, facts=asked.facts)
    if at is None and asked.question.content.workflow.day_asked_by(command.transition) is None:
        return line.keep(act(asked.question, command), dry_run=dry_run)
    from engine.core.deciding.happening import act_as_of  # most acts happen when they are typed

    decided = act_as_of(asked.question, command, at, partial(_journal, line, case_id))
    return line.keep(decided, dry_run=dry_run)


def record_facts(
    line: Line, case_id: str, facts: Mapping[str, Value], actor: Actor, *, at: When = None, dry_run: bool = False
) -> Step | Refusal:
    """Record facts of a case; automatic transitions that follow from them are taken at once. `at` as for an act."""
    question = line.about(case_id, actor)
    if any(mark.is_waiting for mark in question.case.letters):
        from engine.line.waiting_letters import with_waiting  # what it says, and to whom, may follow from these facts

        question = with_waiting(line, question)
    asked = line.naming(Given(question, facts))
    if at is None:
        return line.keep(record(asked.question, asked.facts), dry_run=dry_run)
    from engine.core.deciding.happening import decide_as_of  # most facts are written down when they are known

    lines = partial(_journal, line, case_id)
    decided = decide_as_of(asked.question, at, lines, "record", lambda question: record(question, asked.facts))
    return line.keep(decided, dry_run=dry_run)


def _journal(line: Line, case_id: str) -> tuple[Entry, ...]:
    rows = line.work.journal(case_id)
    return tuple(Entry(kind=row.kind, at=row.at, actor=row.actor, details=row.details) for row in rows)
