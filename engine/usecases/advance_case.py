"""Bring a case on: take a transition, or write down facts that came in. A dry run decides and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from engine.core.deciding.advance import Act, act, record
from engine.core.deciding.case import Actor
from engine.core.deciding.question import Question
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.language.facts import Value
from engine.core.quick_class import replace
from engine.line.case_line import Given, Line

# What only told somebody something changed nothing that an act before it could have changed.
_ONLY_TOLD = frozenset({EntryKind.NOTICE, EntryKind.TERM_REMINDED, EntryKind.LETTER_ORDERED})


def advance_case(
    line: Line, case_id: str, command: Act, actor: Actor, *, at: datetime | None = None, dry_run: bool = False
) -> Step | Refusal:
    """Advance a case by the hand of `actor`. `at` (UTC) is when it happened, where that is not now."""
    asked = Given(line.about(case_id, actor), command.facts)
    decided = _decide(
        line, asked, at, command.transition, lambda question, facts: act(question, replace(command, facts=facts))
    )
    return line.keep(decided, dry_run=dry_run)


def record_facts(
    line: Line,
    case_id: str,
    facts: Mapping[str, Value],
    actor: Actor,
    *,
    at: datetime | None = None,
    dry_run: bool = False,
) -> Step | Refusal:
    """Record facts of a case; automatic transitions that follow from them are taken at once. `at` as for an act."""
    decided = _decide(line, Given(line.about(case_id, actor), facts), at, "record", record)
    return line.keep(decided, dry_run=dry_run)


def _decide(
    line: Line,
    given: Given,
    at: datetime | None,
    attempted: str,
    decide: Callable[[Question, Mapping[str, Value]], Step | Refusal],
) -> Step | Refusal:
    asked = line.naming(given)
    if at is None:
        return decide(asked.question, asked.facts)
    from engine.core.deciding.happening import decide_as_of  # most acts happen when they are typed

    last = _last_at(line, asked.question.case.id)
    return decide_as_of(asked.question, at, last, attempted, lambda question: decide(question, asked.facts))


def _last_at(line: Line, case_id: str) -> datetime:
    """The last moment (UTC) at which something happened in the case; not when it was written down."""
    lines = (entry for entry in line.work.journal(case_id) if entry.kind not in _ONLY_TOLD)
    happened = (entry.details.get("happened_at") for entry in lines)
    written = (entry.at for entry in line.work.journal(case_id) if entry.kind not in _ONLY_TOLD)
    return max(datetime.fromisoformat(str(of)) if of else at for of, at in zip(happened, written, strict=True))
