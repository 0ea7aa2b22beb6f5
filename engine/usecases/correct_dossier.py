"""Put the register right, and let the open cases about the subject follow from what it now says."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.deciding.amending import Amended, Amendment, amend_subject
from engine.core.deciding.case import Actor
from engine.core.deciding.decided_records import is_decided
from engine.core.deciding.following import catch_up
from engine.core.deciding.meant import with_numbers
from engine.core.deciding.step import Blocker, Refusal
from engine.core.deciding.subject import Subject
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import replace
from engine.line.case_line import Line
from engine.line.free_numbers import numbers_not_free
from engine.line.waiting_letters import with_waiting
from engine.store.people import read_people


def correct_dossier(
    line: Line, content: Content, subject: Subject, command: Amendment, actor: Actor, *, dry_run: bool = False
) -> Amended | Refusal:
    """Change what the register says of a subject; a refusal and a dry run write nothing.

    Raises OvertakenError when another changed the dossier, or a case that follows from it, meanwhile.
    """
    command, unclear = _with_numbers(line, content, command)
    outcome = amend_subject(content, subject, command, actor, line.moment)
    if isinstance(outcome, Amended):
        # Who is meant, and whose number it is, is told to nobody who may not change the dossier.
        others = (
            *unclear,
            *_decided(line, content, subject, command),
            *numbers_not_free(line.work, content.subject_kind, outcome.change),
        )
        outcome = Refusal(case_id="", attempted="correct_dossier", blockers=others) if others else outcome
    if isinstance(outcome, Refusal) or dry_run:
        return outcome
    with line.work.writing() as tx:
        tx.amend_subject(outcome.change, outcome.entry, content.digest)
        tx.flush()
        for row in tx.case_rows_of_subject(subject.organisation, subject.number):
            _follow(line, row.case_id)
        line.write()
    return outcome


def _follow(line: Line, case_id: str) -> None:
    line.forget(case_id)  # it may have been asked whose decision a record is, before the register changed
    try:
        line.add(catch_up(with_waiting(line, line.about(case_id))))
    except DefinitionError:
        # Content that cannot be read keeps one case where it is; it never keeps a mistake in the register.
        return


def _with_numbers(line: Line, content: Content, command: Amendment) -> tuple[Amendment, tuple[Blocker, ...]]:
    """The command with the numbers of the people who are named in it, and what must be asked about them."""
    named = {*command.facts, *(f"{one.kind}.{name}" for one in command.records for name in one.fields)}
    if content.person_facts.isdisjoint(named):
        return command, ()
    everybody = read_people(line.work, content.organisation.id)
    facts, unclear = with_numbers(content, command.facts, everybody)
    records = []
    for one in command.records:
        said = {f"{one.kind}.{name}": value for name, value in one.fields.items()}
        found, asked = with_numbers(content, said, everybody)
        records.append(replace(one, fields={fact.partition(".")[2]: value for fact, value in found.items()}))
        unclear = (*unclear, *asked)
    return replace(command, facts=facts, records=tuple(records)), unclear


def _decided(line: Line, content: Content, subject: Subject, command: Amendment) -> Iterator[Blocker]:
    """What the decisions of cases stand for: a record that one of them wrote is not put right by hand."""
    meant = {(one.kind, one.number) for one in command.records}
    for record in subject.records:
        if record.case and (record.kind, record.number) in meant:
            question = line.about(record.case)
            found = is_decided(question.content, question.case, content.rules.records[record.kind], record)
            if found is not None:
                yield found
