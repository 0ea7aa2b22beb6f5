"""Bring a case on: take a transition, or write down facts that came in. A dry run decides and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.advance import Act, act, record
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal, Step
from engine.core.language.facts import Value
from engine.line.case_line import Line


def advance_case(line: Line, case_id: str, command: Act, actor: Actor, *, dry_run: bool = False) -> Step | Refusal:
    """Advance a case by the hand of `actor`."""
    return line.keep(act(line.about(case_id, actor), command), dry_run=dry_run)


def record_facts(
    line: Line, case_id: str, facts: Mapping[str, Value], actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Record facts of a case; automatic transitions that follow from them are taken at once."""
    return line.keep(record(line.about(case_id, actor), facts), dry_run=dry_run)
