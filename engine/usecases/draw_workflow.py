"""Draw a workflow as it is in force on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from engine.definitions.catalogue import Catalogue
from engine.reports.workflow_picture import draw_workflow as draw
from engine.usecases.chosen_organisation import choose_organisation


def draw_workflow(root: Path, workflow: str, *, organisation: str = "", on: date) -> str:
    """The picture as Mermaid text. Raises DefinitionError when no version is in force on this local day."""
    catalogue = Catalogue(root)
    return draw(catalogue.content(choose_organisation(catalogue, organisation), workflow, on))
