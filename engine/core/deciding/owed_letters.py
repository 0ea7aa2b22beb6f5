"""Letters that could not be ordered when they should, ordered once the cause is gone: a template, a field, a sign."""

from __future__ import annotations

from dataclasses import replace

from engine.core.deciding.correspondence import order_letters
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step
from engine.core.language.orders import LetterOrder


def order_owed(question: Question) -> Step | Refusal:
    """Order what the case owes, as far as it can be made now. Refused with NOT_DUE when none of it can.

    Works on a case that is over too: what was decided must still be told.
    """

    def change(draft: Draft) -> None:
        owed, still = draft.case.owed, []
        for letter, addressee, act in owed:
            made = order_letters(draft.look(), (LetterOrder(letter=letter, to=(addressee,)),), "")
            if made.blockers:
                still.append((letter, addressee, act))
            else:
                draft.post(made.letters, act)
        if len(still) == len(owed):
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=question.case.id))
        draft.case = replace(draft.case, owed=tuple(still))

    return decide(question, "letters", change)
