"""What was found, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.cli.pages.dossier_pages import found_page as dossier_lines
from engine.core.dutch import write_day
from engine.core.moment import local_day

if TYPE_CHECKING:
    from engine.usecases.find import Findings
    from engine.views.lists import CaseRowView


def found_page(found: Findings) -> list[str]:
    """Dossiers first, then cases (open ones first), then people."""
    lines: list[str] = []
    if found.dossiers:
        lines += ["Dossiers", *(f"  {line}" for line in dossier_lines(found.dossiers)), ""]
    if found.cases:
        lines += ["Zaken", *(f"  {_case_line(found, row)}" for row in found.cases), ""]
    if found.people:
        lines += ["Personen", *(f"  {one.number}  {one.shown}" for one in found.people), ""]
    return lines[:-1] or ["Niets gevonden. Zoek op een deel van een naam, een nummer, een school of een toestand."]


def _case_line(found: Findings, row: CaseRowView) -> str:
    content = found.contents.get(row.workflow)
    has_state = content is not None and content.workflow.has_state(row.state)
    state = content.workflow.state(row.state).label if content is not None and has_state else row.state
    title = content.workflow.title if content else row.workflow
    hand = f", in handen van {found.names.get(row.handler, row.handler)}" if row.handler else ""
    stands = "gesloten" if row.is_closed else "open"
    return f"{row.case_id}  {title}: '{state}' ({stands} sinds {write_day(local_day(row.entered_at))}){hand}"
