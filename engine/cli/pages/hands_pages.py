"""Who has which case in hand, on the screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from engine.cli.output import answer
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import Refusal
from engine.core.dutch import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.cli.arguments import Acting
    from engine.core.evaluation.prepared import Content
    from engine.line.case_line import Line
    from engine.usecases.assign_cases import Assigned, InHands


class _Listed(Protocol):
    """What a list knows of a case."""

    @property
    def workflow(self) -> str: ...

    @property
    def state(self) -> str: ...


def show_assigned(found: Assigned | Refusal, acting: Acting, line: Line) -> None:
    """Print which cases went to whom; a refusal ends the command with exit code 1."""
    if isinstance(found, Refusal):
        words = ContentWords(line.about(found.case_id).content, line.names)
        answer(acting.as_json, lambda: {"refused": found}, lambda: words.refusal(found))
        sys.exit(1)
    answer(acting.as_json, lambda: {"assigned": found}, lambda: _lines(found, dry_run=acting.dry_run))


def _lines(found: Assigned, *, dry_run: bool) -> list[str]:
    verb = "zou in handen komen" if dry_run else "is nu in handen"
    lines = [f"{case_id} {verb} van {found.to.shown} ({found.to.number})." for case_id in found.cases]
    if len(found.cases) != 1 and not dry_run:
        lines.append(f"{count_words(len(found.cases), 'zaak', 'zaken')} overgedragen.")
    if dry_run:
        lines.append("Er is niets gedaan (--dry-run).")
    return lines


def list_page(found: InHands) -> list[str]:
    """The cases, a line each."""
    if not found.rows:
        return ["Er is geen open zaak."]
    return [
        f"{row.case_id}  {standing(row, found.contents)}  {found.names.get(row.handler, row.handler) or 'niemand'}"
        for row in found.rows
    ]


def standing(row: _Listed, contents: Mapping[str, Content]) -> str:
    """What a case is and where it stands, in the words of its content; by its ids where that cannot be read."""
    content = contents.get(row.workflow)
    if content is None:
        return f"{row.workflow}: {row.state}"
    return f"{content.workflow.title}: '{ContentWords(content).state(row.state)}'"
