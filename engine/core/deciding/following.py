"""A case follows what was put right elsewhere: in the register of its subject."""

from __future__ import annotations

from engine.core.deciding.clocks import Move
from engine.core.deciding.draft import Draft, Refused, decide, refuse_closed
from engine.core.deciding.handling_letters import remake_waiting
from engine.core.deciding.moves import run_clocks, settle
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step


def catch_up(question: Question) -> Step | Refusal:
    """Let a case follow what the register now says of its subject. Refused with NOT_DUE when nothing follows."""
    case = question.case

    def change(draft: Draft) -> None:
        refuse_closed(case)
        run_clocks(draft, Move(transition="", origin=case.state))
        remake_waiting(draft)
        settle(draft)
        if not draft.entries:
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=case.id))

    return decide(question, "catch_up", change)
