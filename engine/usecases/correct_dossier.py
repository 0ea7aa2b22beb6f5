"""Put the register right, and let the open cases about the subject follow from what it now says."""

from __future__ import annotations

from engine.core.deciding.amending import Amended, Amendment, amend_subject
from engine.core.deciding.case import Actor
from engine.core.deciding.following import catch_up
from engine.core.deciding.step import Refusal
from engine.core.deciding.subject import Subject
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.line.case_line import Line
from engine.line.free_numbers import numbers_not_free
from engine.line.waiting_letters import with_waiting


def correct_dossier(
    line: Line, content: Content, subject: Subject, command: Amendment, actor: Actor, *, dry_run: bool = False
) -> Amended | Refusal:
    """Change what the register says of a subject; a refusal and a dry run write nothing.

    Raises OvertakenError when another changed the dossier, or a case that follows from it, meanwhile.
    """
    outcome = amend_subject(content, subject, command, actor, line.moment)
    if isinstance(outcome, Amended):
        others = numbers_not_free(line.work, content.subject_kind, outcome.change)
        outcome = Refusal(case_id="", attempted="correct_dossier", blockers=others) if others else outcome
    if isinstance(outcome, Refusal) or dry_run:
        return outcome
    with line.work.writing() as tx:
        tx.amend_subject(outcome.change, outcome.entry, content.digest)
        tx.flush()
        for row in tx.case_rows_of_subject(subject.organisation, subject.number):
            if not row.is_closed:
                _follow(line, row.case_id)
        line.write()
    return outcome


def _follow(line: Line, case_id: str) -> None:
    try:
        line.add(catch_up(with_waiting(line, line.about(case_id))))
    except DefinitionError:
        # Content that cannot be read keeps one case where it is; it never keeps a mistake in the register.
        return
