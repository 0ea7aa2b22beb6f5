"""What belongs to every case and moves none is said once, and can be done in every procedure, in every open state."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.real_content import real_catalogue

ROOT = Path(__file__).parents[2]
SHARED = {"contact_vastleggen": "contact", "document_vastleggen": "document"}
# What the law alone orders (a complaint, an objection, a dispute) knows no way of working, so it shares none.
FOLDERS = (path for layer in ("almere", "werkwijze") for path in (ROOT / "workflows" / layer).iterdir())
# A barrier that is only counted is left at once; what is said about one that is not stands in the act that moves it.
WORKFLOWS = sorted({path.name for path in FOLDERS} - {"schot"})


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_contact_and_a_document_are_written_down_in_every_open_state(workflow: str) -> None:
    content = real_catalogue().content("almere", workflow, date(2026, 8, 1))
    for state in (one.id for one in content.workflow.states if not one.is_end):
        found = {one.id: one for one in content.workflow.transitions_from(state) if one.id in SHARED}
        assert {name: [one.kind for one in act.writes] for name, act in found.items()} == {
            name: [kind] for name, kind in SHARED.items()
        }
        assert {act.target for act in found.values()} == {state}
