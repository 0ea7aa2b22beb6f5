"""Write down facts that came in."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.advance import record
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal, Step
from engine.core.language.facts import Value
from engine.line.case_line import Line


def record_facts(
    line: Line, case_id: str, facts: Mapping[str, Value], actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Record facts of a case; automatic transitions that follow from them are taken at once."""
    return line.keep(record(line.about(case_id, actor), facts), dry_run=dry_run)
