"""Look at what happened in a case."""

from __future__ import annotations

from engine.core.moment import local_day
from engine.runtime import Runtime
from engine.views.lists import HistoryView


def show_history(runtime: Runtime, case_id: str) -> HistoryView:
    """The journal of a case, oldest first. Raises CaseError when there is no such case."""
    with runtime.reading() as readings:
        moment, case = runtime.moment_by(readings), readings.load_case(case_id)
        entries = readings.journal(case_id)
    return HistoryView(content=runtime.content_of(case, local_day(moment)), entries=entries)
