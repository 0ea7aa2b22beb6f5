"""What a case of the first edition holds of its subject goes to the register, without anything else happening to it.

A migration cannot do this: what is of the subject, and which case gave which declaration, is said by content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.core.content.workflow import Transition
from engine.core.deciding.at_hand import put_down
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.moves import holds_now, write_along
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step
from engine.core.evaluation.prepared import Content


def fill_register(question: Question) -> Step | Refusal:
    """Put in the register what a case holds of its subject, and what it would put there by itself with its next step.

    No clock is touched and no state is left: whoever upgrades a program moves no case. What a case that is over left
    has the life that its end says. Refused with NOT_DUE when nothing is to be done, for what the register holds already
    goes first.
    """
    case, whom = question.case, question.subject

    def change(draft: Draft) -> None:
        for transition in _fillers(draft.content, draft.case.state):
            if holds_now(draft.look(), transition):
                write_along(draft, transition)
                draft.case = put_down(draft.content, draft.case)
        has_copies = not whom.version and bool(whom.facts or whom.records)
        if draft.subject == whom and not has_copies:
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=case.id))

    return decide(question, "fill_register", change)


def _fillers(content: Content, name: str) -> Iterator[Transition]:
    """The transitions that do nothing but write in the dossier, by themselves.

    From an end nothing leaves; what such a transition of any other state would write has there the life of that end.
    """
    state, kinds = content.workflow.state(name), content.rules.records
    left = {change.kind for change in state.taken_over}
    seen = set[str]()
    for one in content.workflow.transitions if left else content.workflow.transitions_from(name):
        stays = one.automatic and one.target == one.origin
        written = {writing.kind for writing in one.writes}
        if not (stays and written and all(kinds[kind].subject for kind in written)) or one.id in seen:
            continue
        if not state.is_end:
            yield one
        elif written <= left:
            seen.add(one.id)
            yield replace(one, begins=state.taken_over)
