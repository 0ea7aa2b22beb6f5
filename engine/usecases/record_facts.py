"""Write down facts that came in."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.advance import record
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal, Step
from engine.core.language.facts import Value
from engine.runtime import Runtime
from engine.usecases.case_line import carry_out


def record_facts(
    runtime: Runtime, case_id: str, facts: Mapping[str, Value], actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Record facts of a case; automatic transitions that follow from them are taken at once."""
    return carry_out(
        runtime,
        case_id,
        lambda content, case, moment, gathered: record(content, case, facts, actor, moment, gathered),
        dry_run=dry_run,
    )
