"""Take a transition of a case."""

from __future__ import annotations

from engine.core.deciding.advance import Act, act
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal, Step
from engine.line.case_line import Line


def advance_case(line: Line, case_id: str, command: Act, actor: Actor, *, dry_run: bool = False) -> Step | Refusal:
    """Advance a case by the hand of `actor`; a dry run decides and writes nothing."""
    return line.keep(act(line.about(case_id, actor), command), dry_run=dry_run)
