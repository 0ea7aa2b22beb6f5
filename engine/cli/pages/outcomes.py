"""Shows what came of a decision: the step, or the refusal with its reasons and exit code 1."""

from __future__ import annotations

import sys

from engine.cli.arguments import Acting
from engine.cli.output import answer
from engine.core.deciding.step import Refusal, Step
from engine.core.evaluation.prepared import Content


def show_outcome(content: Content, outcome: Step | Refusal, acting: Acting) -> None:
    """Print what came of it; a refusal ends the command with exit code 1."""
    from engine.cli.pages.case_pages import step_page
    from engine.cli.pages.wording import ContentWords

    if isinstance(outcome, Refusal):
        answer(acting.as_json, lambda: {"refused": outcome}, lambda: ContentWords(content).refusal(outcome))
        sys.exit(1)
    dry_run = acting.dry_run
    answer(
        acting.as_json,
        lambda: {"dry_run": dry_run, "step": outcome},
        lambda: step_page(content, outcome, dry_run=dry_run),
    )
