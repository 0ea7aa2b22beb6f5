"""Let a case go on that was over."""

from __future__ import annotations

from engine.core.deciding.case import Actor
from engine.core.deciding.reopening import reopen_case as reopen
from engine.core.deciding.step import Refusal, Step
from engine.line.case_line import Line


def reopen_case(line: Line, case_id: str, reason: str, actor: Actor, *, dry_run: bool = False) -> Step | Refusal:
    """Reopen a case, where its workflow says how; a dry run decides and writes nothing."""
    return line.keep(reopen(line.about(case_id, actor), reason), dry_run=dry_run)
