"""Look at a case: as it stands, and what happened in it."""

from __future__ import annotations

from engine.core.moment import local_day
from engine.runtime import Runtime
from engine.views.case_view import CaseView, Reader, view_case
from engine.views.lists import HistoryView


def show_case(runtime: Runtime, case_id: str, reader: Reader) -> CaseView:
    """A case for this reader. Raises CaseError when it is not there, DefinitionError when its content is gone."""
    with runtime.reading() as readings:
        moment, case = runtime.moment_by(readings), readings.load_case(case_id)
        children, letters = readings.children(case_id), readings.letters(case_id)
    content = runtime.content_of(case, local_day(moment))
    return view_case(reader, content, case, moment, children=children, letters=letters)


def show_history(runtime: Runtime, case_id: str) -> HistoryView:
    """The journal of a case, oldest first. Raises CaseError when there is no such case."""
    with runtime.reading() as readings:
        moment, case = runtime.moment_by(readings), readings.load_case(case_id)
        entries = readings.journal(case_id)
    return HistoryView(content=runtime.content_of(case, local_day(moment)), entries=entries)
