"""Last days that moved without an act, because the calendar or the law under a case did: each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.deciding.case import OWNER, Case
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.lateness import open_deadlines
from engine.core.deciding.moves import tell_bodies
from engine.core.deciding.question import Question
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import Blocker, BlockerKind, Deadline, DeadlineKind, EntryKind, Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.explain import told_of
from engine.core.legal_clock.later_laws import moved_by_law
from engine.core.legal_clock.runs import current_run


def reproject(question: Question, stored: tuple[Deadline, ...]) -> Step | Refusal:
    """Write the deadlines of a case anew, when the content under its open terms has changed since `stored`.

    Says of each moved term what its last day was and becomes. Refused with NOT_DUE when nothing has moved.
    """
    content, case = question.content, question.case

    def change(draft: Draft) -> None:
        wanted = open_deadlines(content, case)
        if {deadline.key for deadline in wanted} == {deadline.key for deadline in stored}:
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=case.id))
        note_moved(draft, stored)
        if not draft.entries:
            draft.note(EntryKind.CLOCK, clock="", was="", becomes="")  # only reminders moved

    return decide(question, "reproject", change)


def note_moved(draft: Draft, stored: Sequence[Deadline]) -> None:
    """Add a line for each term of the draft that ends elsewhere than `stored` says."""
    content, case = draft.content, draft.case
    for clock, was, becomes in _moved_terms(content, case, stored):
        told = _told(content, case, clock)
        draft.note(EntryKind.CLOCK, clock=clock, was=_iso(was), becomes=_iso(becomes), told=told)
        _tell_of_law(draft, clock, was, becomes)


def _moved_terms(
    content: Content, case: Case, stored: Sequence[Deadline]
) -> Iterator[tuple[str, Deadline | None, Deadline | None]]:
    """Each clock of which the end lies elsewhere than `stored` says, with how it passed and how it passes now."""
    before = {deadline.clock: deadline for deadline in stored if deadline.kind is DeadlineKind.PASSED}
    wanted = open_deadlines(content, case)
    after = {deadline.clock: deadline for deadline in wanted if deadline.kind is DeadlineKind.PASSED}
    for clock in dict.fromkeys((*before, *after)):
        was, becomes = before.get(clock), after.get(clock)
        if _iso(was) != _iso(becomes):
            yield clock, was, becomes


def _tell_of_law(draft: Draft, key: str, was: Deadline | None, becomes: Deadline | None) -> None:
    """Tell the owner of a last day that another law moved: who had planned by the old one must hear it."""
    clock = draft.case.clock(key)
    term = draft.content.find_term(clock.term) if clock else None
    if clock is None or term is None or was is None:
        return
    law = moved_by_law(term, current_run(clock.ledger), draft.content.calendar, was.due_at)
    if law is not None:
        said = {
            "since": law.since.isoformat(),
            "length": str(law.period),
            "was": _iso(was),
            "becomes": _iso(becomes),
        }
        tell_bodies(draft, (OWNER,), "other_law", said, term=term.id)


def _told(content: Content, case: Case, key: str) -> list[dict[str, object]]:
    """How the end of a clock now comes about, step by step, by code."""
    clock = case.clock(key)
    told = told_of(project_clock(content, clock)) if clock else ()
    return [message.to_plain() | ({"article": article} if article else {}) for message, article in told]


def _iso(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    return deadline.last_day.isoformat() if deadline.last_day else deadline.due_at.isoformat()
