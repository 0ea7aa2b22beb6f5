"""Look at letters: of a case, or of all."""

from __future__ import annotations

from engine.runtime import Runtime
from engine.views.lists import LetterView


def list_letters(runtime: Runtime, *, case_id: str = "", status: str = "") -> tuple[LetterView, ...]:
    """Letters in the order they were ordered. Raises CaseError when a case is named that is not there."""
    with runtime.reading() as readings:
        if case_id:
            readings.load_case(case_id)
        return readings.letters(case_id, status=status)
