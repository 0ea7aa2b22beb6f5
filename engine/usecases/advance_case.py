"""Take a transition of a case."""

from __future__ import annotations

from engine.core.advance import Act, act
from engine.core.case import Actor
from engine.core.step import Refusal, Step
from engine.runtime import Runtime
from engine.usecases.case_line import run_on_case


def advance_case(
    runtime: Runtime, case_id: str, command: Act, actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Advance a case by the hand of `actor`; a dry run decides and writes nothing."""
    moment = runtime.now()
    with runtime.store.transaction() as tx:
        return run_on_case(
            runtime,
            tx,
            case_id,
            moment,
            lambda content, case, gathered: act(content, case, command, actor, moment, gathered),
            dry_run=dry_run,
        )
