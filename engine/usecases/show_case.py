"""Look at a case: as it stands, and what happened in it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.case import ENGINE
from engine.core.deciding.step import TASK, EntryKind
from engine.core.moment import local_day
from engine.line.plan import ask_about
from engine.runtime import Runtime
from engine.store.records import JournalEntry
from engine.views.case_view import CaseView, Reader, view_case
from engine.views.lists import HistoryView


def show_case(runtime: Runtime, case_id: str, reader: Reader) -> CaseView:
    """A case for this reader. Raises CaseError when it is not there, DefinitionError when its content is gone."""
    with runtime.reading() as readings:
        moment, case = runtime.moment_by(readings), readings.load_case(case_id)
        question = ask_about(runtime, readings, case, ENGINE, moment)
        children, letters = readings.children(case_id), readings.letters(case_id)
        tasks = [row for row in readings.notices(case_id, waiting=True) if row.kind == TASK]
    return view_case(reader, question, children=children, letters=letters, tasks=tasks)


def show_history(runtime: Runtime, case_id: str) -> HistoryView:
    """The journal of a case, oldest first. Raises CaseError when there is no such case."""
    from engine.line.people import names_here  # the page of a case has the names of those in it

    with runtime.reading() as readings:
        moment, case = runtime.moment_by(readings), readings.load_case(case_id)
        entries = tuple(entry for entry in readings.journal(case_id) if not _is_told_already(entry))
        content = runtime.content_of(case, local_day(moment))
        names = names_here(readings, content.organisation)
    return HistoryView(content=content, entries=entries, names=names)


def _is_told_already(entry: JournalEntry) -> bool:
    """What a step was first to say of the subject stands in the line of that step; what it changed does not."""
    facts = entry.details.get("facts")
    if entry.kind is not EntryKind.SUBJECT or not isinstance(facts, Mapping):
        return False
    return all(old is None for old, _ in facts.values())


def workflow_of(runtime: Runtime, case_id: str) -> str:
    """The procedure of a case. Raises CaseError when it is not there."""
    with runtime.reading() as readings:
        return readings.load_case(case_id).workflow
