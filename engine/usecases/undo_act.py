"""Take back the last act of a case, with the letters that wait and the cases it opened in which nothing was done."""

from __future__ import annotations

from engine.core.deciding.case import Actor, Case, LastAct
from engine.core.deciding.last_act import opening_of
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.deciding.undoing import Around, close_as_never_opened
from engine.core.deciding.undoing import undo_act as undo
from engine.core.quick_class import replace
from engine.line.case_line import Line
from engine.line.waiting_letters import with_waiting
from engine.store.readings import Readings


def undo_act(
    line: Line, case_id: str, reason: str, actor: Actor, *, whole: bool = False, dry_run: bool = False
) -> Step | Refusal:
    """Undo the last act of a case, or the case as a `whole`, as if it was never opened.

    Everything that goes with it is written in the same transaction, or nothing is.
    """
    question = with_waiting(line, line.about(case_id, actor))
    opening = _opening(line.work, question.case) if whole else None
    around = Around() if whole and opening is None else _around(line.work, question.case, opening)
    if whole and opening is None:  # what a case opened by itself goes back with the act of that case
        question = question.about(replace(question.case, last_act=None))
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


def _opening(readings: Readings, case: Case) -> LastAct | None:
    """How a person opened the case; None when it was opened by itself."""
    opened = next((one for one in readings.journal(case.id) if one.kind is EntryKind.OPENED), None)
    if opened is None or not opened.actor.is_person:
        return None
    return opening_of(case, opened.at, opened.actor.role, str(opened.details["state"]))


def _around(readings: Readings, case: Case, opening: LastAct | None) -> Around:
    last = opening or case.last_act
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
        opening=opening,
    )
