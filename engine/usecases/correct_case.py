"""Put right what a case knows: with a reason, and the old value kept."""

from __future__ import annotations

from dataclasses import replace

from engine.core.deciding.case import Actor
from engine.core.deciding.mending import FactCorrection, correct_facts
from engine.core.deciding.step import Refusal, Step
from engine.line.case_line import Given, Line
from engine.line.waiting_letters import with_waiting


def correct_case(
    line: Line, case_id: str, command: FactCorrection, actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Correct facts of a case; a dry run decides and writes nothing."""
    asked = line.naming(Given(with_waiting(line, line.about(case_id, actor)), command.facts))
    return line.keep(correct_facts(asked.question, replace(command, facts=asked.facts)), dry_run=dry_run)
