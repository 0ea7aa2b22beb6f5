"""Take a transition of a case."""

from __future__ import annotations

from engine.core.deciding.advance import Act, act
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal, Step
from engine.runtime import Runtime
from engine.usecases.case_line import carry_out


def advance_case(
    runtime: Runtime, case_id: str, command: Act, actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Advance a case by the hand of `actor`; a dry run decides and writes nothing."""
    return carry_out(
        runtime,
        case_id,
        lambda content, case, moment, gathered: act(content, case, command, actor, moment, gathered),
        dry_run=dry_run,
    )
