"""What people write beside the procedure: a note, and a task of their own with a day. Rules and clocks know neither."""

from __future__ import annotations

from datetime import date

from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.question import Question
from engine.core.deciding.step import TASK, Blocker, BlockerKind, EntryKind, Notice, Refusal, Step
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass

MOST_LETTERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Somebody (`to`, a body) is to do something; it lies in the inbox from a local day on. `number` is 1, 2, ..."""

    number: int
    text: str
    to: str
    on: date


def add_note(question: Question, text: str) -> Step | Refusal:
    """Keep a remark with the case, also when it is over. Changes nothing else."""

    def change(draft: Draft) -> None:
        draft.note(EntryKind.NOTE, text=_said(text))

    return decide(question, "note", change)


def add_task(question: Question, task: Task) -> Step | Refusal:
    """Keep a task with the case, for a body of the organisation, from today or a later day on."""

    def change(draft: Draft) -> None:
        text = _said(task.text)
        bodies = draft.content.organisation.bodies
        if task.to not in bodies:
            said = Message("no_such_body", {"body": task.to, "known": tuple(bodies)})
            raise Refused(Blocker(kind=BlockerKind.WRONG_VALUE, subject=task.to, said=said))
        if task.on < local_day(draft.moment):
            raise Refused(Blocker(kind=BlockerKind.WHEN, said=Message("task_in_the_past", {"day": task.on})))
        parameters = {"number": task.number, "text": text}
        # The line of the journal is of its own kind: this is no message of the program.
        draft.notices.append(Notice(to=task.to, kind=TASK, parameters=parameters, on=task.on))
        draft.note(EntryKind.TASK, number=task.number, text=text, to=task.to, on=task.on.isoformat())

    return decide(question, TASK, change)


def finish_task(question: Question, number: int, text: str) -> Step | Refusal:
    """Note that a task was done; its place in the inbox is the store's."""

    def change(draft: Draft) -> None:
        draft.note(EntryKind.TASK_DONE, number=number, text=text)

    return decide(question, TASK, change)


def _said(text: str) -> str:
    said = text.strip()
    if not said or len(said) > MOST_LETTERS:
        message = Message("note_is_empty") if not said else Message("note_is_long", {"most": MOST_LETTERS})
        raise Refused(Blocker(kind=BlockerKind.WRONG_VALUE, said=message))
    return said
