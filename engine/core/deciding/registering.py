"""What a case of the first edition holds of its subject goes to the register, without anything else happening to it.

A migration cannot do this: what is of the subject, and which case gave which declaration, is said by content.
"""

from __future__ import annotations

from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.moves import settle
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step


def fill_register(question: Question) -> Step | Refusal:
    """Put the copies that a case holds in the register, and let an open case take what it now takes by itself.

    No clock is touched, and a case that is over only gives its copies. Refused with NOT_DUE when nothing is to be done,
    for what the register holds already goes first.
    """
    case, whom = question.case, question.subject

    def change(draft: Draft) -> None:
        if not case.is_closed:
            settle(draft)
        has_copies = not whom.version and bool(whom.facts or whom.records)
        if not draft.entries and not has_copies:
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=case.id))

    return decide(question, "fill_register", change)
