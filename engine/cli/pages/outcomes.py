"""Shows what came of a decision: the step, or the refusal with its reasons and exit code 1."""

from __future__ import annotations

import sys

from engine.cli.output import print_json, print_lines
from engine.core.deciding.step import Refusal, Step
from engine.core.evaluation.prepared import Content


def show_outcome(content: Content, outcome: Step | Refusal, *, as_json: bool, dry_run: bool) -> None:
    """Print what came of it; a refusal ends the command with exit code 1."""
    from engine.cli.pages.case_pages import step_page
    from engine.cli.pages.wording import Words

    if isinstance(outcome, Refusal):
        if as_json:
            print_json({"refused": outcome})
        else:
            print_lines(Words(content).refusal(outcome))
        sys.exit(1)
    if as_json:
        print_json({"dry_run": dry_run, "step": outcome})
    else:
        print_lines(step_page(content, outcome, dry_run=dry_run))
