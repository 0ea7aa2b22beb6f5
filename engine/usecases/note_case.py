"""Write beside the procedure of a case: a note, a task with a day, and that a task is done."""

from __future__ import annotations

from datetime import date

from engine.core.deciding.case import Actor
from engine.core.deciding.noting import Task, add_note, add_task, finish_task
from engine.core.deciding.step import TASK, Refusal, Step
from engine.core.errors import UsageError
from engine.line.case_line import Line
from engine.store.readings import Readings
from engine.store.records import NoticeRow


def note_case(line: Line, case_id: str, text: str, actor: Actor, *, dry_run: bool = False) -> Step | Refusal:
    """Keep a note with a case, open or closed."""
    return line.keep(add_note(line.about(case_id, actor), text), dry_run=dry_run)


def give_task(
    line: Line, case_id: str, text: str, to: str, on: date, actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Keep a task with a case, which lies in the inbox of a body from a local day on."""
    number = len(tasks_of(line.work, case_id)) + 1
    task = Task(number=number, text=text, to=to, on=on)
    return line.keep(add_task(line.about(case_id, actor), task), dry_run=dry_run)


def close_task(line: Line, case_id: str, number: int, actor: Actor, *, dry_run: bool = False) -> Step | Refusal:
    """A task is done: it leaves the inbox. Raises UsageError when there is no such open task."""
    question = line.about(case_id, actor)  # first, so that an unknown case is told as one
    waiting = {row.parameters["number"]: row for row in tasks_of(line.work, case_id) if row.done_at is None}
    if number not in waiting:
        known = ", ".join(str(one) for one in waiting) or "geen"
        raise UsageError(
            f"Zaak {case_id} heeft geen open taak {number}.", next_step=f"Open taken: {known}; zie `trede case show`."
        )
    outcome = finish_task(question, number, str(waiting[number].parameters["text"]))
    if isinstance(outcome, Refusal) or dry_run:
        return outcome
    with line.work.writing() as tx:  # the line of the journal and the inbox change together, or not at all
        tx.finish_notices(case_id, line.moment, actor.role, ids=(waiting[number].id,))
        line.keep(outcome)
    return outcome


def tasks_of(readings: Readings, case_id: str) -> tuple[NoticeRow, ...]:
    """The tasks that people gave in a case, done and not done, in the order of their numbers."""
    found = (row for row in readings.notices(case_id) if row.kind == TASK)
    return tuple(sorted(found, key=lambda row: str(row.parameters["number"]).zfill(6)))
