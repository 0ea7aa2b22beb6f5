"""When rules or calendar have changed, the open terms of all cases are computed again, and say so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from engine.core.deciding.lateness import running_clocks, running_terms
from engine.core.deciding.moved_dates import ToldLaw, reproject, told_laws
from engine.core.deciding.question import Question
from engine.core.deciding.step import EntryKind
from engine.core.moment import local_day
from engine.line.case_line import Line, open_line
from engine.line.fence import Fence, Swept
from engine.line.publishing import LAW_DUE, PROJECTED_WITH, is_law_due, keep_up, next_law
from engine.runtime import Runtime

BATCH = 50


def reproject_changed(runtime: Runtime, *, anew: bool = False) -> Swept:
    """Compute all open terms again when something else is published than the last time, or another law took force
    since then; how many cases moved.

    Does nothing while it is the same, so every sweep may ask. A case that cannot be computed (its file is
    broken) is reported, and keeps its terms until something is published once more. A rehearsal publishes first.
    With `anew` also when nothing changed: the program itself did.
    """
    runtime.is_held_against_folder = False  # a sweep looks each time
    if runtime.hold_against_folder():
        keep_up(runtime)
    with runtime.reading() as readings:
        known, digest, law_due = readings.meta(PROJECTED_WITH), readings.published(), readings.meta(LAW_DUE)
        today = local_day(runtime.moment_by(readings))
    runtime.notice(digest)
    if known == digest and not is_law_due(law_due, today) and not anew:
        return Swept()
    moved, fence = 0, Fence("opnieuw berekenen")
    if known or not digest:  # the first time there is nothing to compare with
        moved = _reproject_all(runtime, fence)
    fence.remember(runtime)
    with runtime.store.transaction() as tx:
        tx.set_meta(PROJECTED_WITH, digest)
        tx.set_meta(LAW_DUE, next_law(runtime.catalogue.law_days(runtime.settings.organisation), today))
    return Swept(done=moved, failed=fence.failed)


def _reproject_all(runtime: Runtime, fence: Fence) -> int:
    moved, after = 0, ""
    while True:
        with open_line(runtime) as line:
            found = line.work.open_case_ids(runtime.settings.organisation, after, BATCH)
            if not found:
                return moved
            moved += line.settle(partial(_plan, line, found, fence))
        after = found[-1]


def _plan(line: Line, case_ids: Sequence[str], fence: Fence) -> int:
    moved = 0
    for case_id in case_ids:
        with fence.around(case_id):
            question = line.about(case_id)
            if line.add(reproject(question, line.plan.open_deadlines(case_id), _told(line, question)), alone=True):
                moved += 1
            else:
                running = running_clocks(question.content, question.case)
                # Who can be late may change while no deadline moves; that is no step, so its row alone follows.
                line.plan.restate(question.case, running_terms(question.content, question.case.state, running))
    return moved


def _told(line: Line, question: Question) -> Collection[ToldLaw]:
    """By which laws the journal already says that terms of this case may be made less long; asked where one does."""
    case = question.case
    if not any(term.later_prolongings for term in question.content.terms()):
        return ()
    return told_laws(one.details for one in line.work.journal(case.id) if one.kind is EntryKind.CLOCK)
