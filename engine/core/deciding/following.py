"""A case follows what happened elsewhere: in the register of its subject, or in another case about it."""

from __future__ import annotations

from engine.core.deciding.clocks import Move
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.handling_letters import remake_waiting
from engine.core.deciding.moves import run_clocks, settle
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step
from engine.core.errors import DefinitionError

# Two procedures that wait for each other come to rest in two or three rounds; beyond this they send each other on.
_ROUNDS = 8


def refuse_circle(question: Question, rounds: int) -> None:
    """Raise DefinitionError when a case followed others so often within one act that they never come to rest."""
    if rounds > _ROUNDS:
        raise DefinitionError("cases_in_circle", where=question.content.workflow.where, state=question.case.state)


def catch_up(question: Question) -> Step | Refusal:
    """Let a case follow what the register and other cases now say of its subject. NOT_DUE when nothing follows.

    Of a case that is over only the letters that wait follow: what was decided must reach who reads it by now.
    """
    case = question.case

    def change(draft: Draft) -> None:
        if case.is_closed:
            remake_waiting(draft)
        else:
            run_clocks(draft, Move(transition="", origin=case.state))
            remake_waiting(draft)
            settle(draft)
        if not draft.entries:
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=case.id))

    return decide(question, "catch_up", change)
