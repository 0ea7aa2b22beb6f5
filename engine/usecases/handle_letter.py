"""Mend a letter that waits: make it anew, withdraw it, hold it, release it, or note that it went another way."""

from __future__ import annotations

from engine.core.deciding.case import Actor
from engine.core.deciding.handling_letters import LetterAct, handle_letter
from engine.core.deciding.step import Refusal, Step
from engine.line.case_line import Line
from engine.line.waiting_letters import with_waiting


def mend_letter(line: Line, command: LetterAct, actor: Actor, *, dry_run: bool = False) -> Step | Refusal:
    """Do this with the letter. Raises CaseError when its key names no case."""
    question = with_waiting(line, line.about(command.key.partition("/")[0], actor))
    return line.keep(handle_letter(question, command), dry_run=dry_run)
