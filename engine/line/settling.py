"""Which messages a step deals with that is no move of a person; they leave the inbox as it is written."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.messages import may_settle, settled_by

if TYPE_CHECKING:
    from engine.core.content.workflow import Workflow
    from engine.core.deciding.step import Step
    from engine.store.transaction import Transaction


def settle_messages(tx: Transaction, step: Step, flow: Workflow, moment: datetime) -> None:
    """Settle what this step deals with, as the inbox stands under the right to write."""
    if not may_settle(step):
        return
    waiting = tx.notices(step.after.id, waiting=True)
    if over := settled_by(step, flow, waiting):
        tx.finish_notices(step.after.id, moment, step.entries[0].actor.role, ids=over)
