"""Take back the last act of a case, with the letters that wait and the cases it opened in which nothing was done."""

from __future__ import annotations

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.step import Refusal, Step
from engine.core.deciding.undoing import Around, close_as_never_opened
from engine.core.deciding.undoing import undo_act as undo
from engine.line.case_line import Line
from engine.line.waiting_letters import with_waiting
from engine.store.readings import Readings


def undo_act(line: Line, case_id: str, reason: str, actor: Actor, *, dry_run: bool = False) -> Step | Refusal:
    """Undo the last act of a case; everything that goes with it is written in the same transaction, or nothing is."""
    question = with_waiting(line, line.about(case_id, actor))
    around = _around(line.work, question.case)
    outcome = undo(question, reason, around)
    if isinstance(outcome, Refusal) or dry_run:
        return outcome
    line.add(outcome)
    for child in around.children:
        closed = close_as_never_opened(line.about(child.id, actor), case_id, reason.strip())
        if isinstance(closed, Refusal):
            return closed
        line.add(closed)
    line.write()
    return outcome


def _around(readings: Readings, case: Case) -> Around:
    last = case.last_act
    if last is None:
        return Around()
    rows = readings.letters(case.id)
    begun = tuple(row.letter.key for row in rows if row.status == "claimed" or row.frozen is not None)
    opened = (row for row in readings.children(case.id) if row.opened_at >= last.at and not row.is_closed)
    asked = (row for row in readings.notices(case.id) if row.at >= last.at and row.kind != "task")
    return Around(
        begun=begun,
        children=tuple(readings.load_case(row.case_id) for row in opened),
        # What the act itself settled was asked before it, also where a clock that stands still gives both one moment.
        answered=any(row.done_at is not None and row.done_at > last.at for row in asked),
    )
