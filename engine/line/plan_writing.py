"""The writing of a plan: while others wait nothing is decided; what was decided on is compared with how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from engine.core.deciding.last_act import is_move_of_person
from engine.core.deciding.question import gathers
from engine.core.errors import OvertakenError
from engine.definitions.files.codec import to_plain
from engine.line.plan import ask_again
from engine.store.complaints import subject_changed_meanwhile
from engine.store.snapshot import Row

if TYPE_CHECKING:
    from engine.line.plan import Plan, Planned
    from engine.store.transaction import Transaction


def write_plan(tx: Transaction, plan: Plan, moment: datetime) -> None:
    """Write every step of the plan. Raises OvertakenError when somebody else wrote first what it was decided on."""
    if any(planned.step.before is None for planned in plan.steps):
        from engine.line.opening_cases import take_numbers  # most acts open nothing

        take_numbers(tx, plan)
    for planned in plan.steps:
        # Each against the steps before it in the plan, on which it was decided too.
        if not (planned.follows or (tx.is_as_asked and not plan.is_asked_before)):
            _check_dossier(tx, planned, is_alone=len(plan.steps) == 1)
        # Of the first step of a case; a second one is written against what the first made of the rows.
        _write(tx, planned, moment, plan.deadline_rows.pop(planned.step.after.id, None))
    for case, running in plan.restated:
        tx.keep_running(case, running)


def _check_dossier(tx: Transaction, planned: Planned, *, is_alone: bool) -> None:
    """What the register and other cases of the subject say has no version of its own on this case: it is compared.

    A step that writes the register is checked where it writes.
    """
    question, subject = planned.question, planned.question.subject
    if not question.case.subject or not (_only_reads(planned) or gathers(question.content)):
        return
    if is_alone and planned.step.subject is None:  # nothing that is written with it moves the answer
        tx.mark_later(subject.kind, question.case, partial(_judge_dossier, tx, planned))
    else:
        _judge_dossier(tx, planned, tx.dossier_mark(subject.kind, question.case))


def _only_reads(planned: Planned) -> bool:
    return bool(planned.question.subject.kind) and planned.step.subject is None


def _judge_dossier(tx: Transaction, planned: Planned, mark: tuple[int, bool]) -> None:
    question, (version, has_others) = planned.question, mark
    # While there is no other case nothing lies there, whoever is meant: neither the register nor people are asked.
    if any((*question.gathered.values(), *question.beside.values())) or (has_others and gathers(question.content)):
        now = ask_again(tx, question)
        if (now.gathered, now.beside) != (question.gathered, question.beside):
            raise OvertakenError("another_case_changed", where=question.case.id)
    if _only_reads(planned) and version != question.subject.version:
        raise subject_changed_meanwhile(question.subject.key)


def _write(tx: Transaction, planned: Planned, moment: datetime, there: Mapping[str, Row] | None) -> None:
    step, content = planned.step, planned.question.content
    # Kept when it is ordered, so that it can be printed again after a change; to write one out costs more than asking.
    templates = {one.digest: one for one in (content.letters[letter.letter] for letter in step.letters)}
    tx.keep_templates([*templates], lambda digest: {"template": to_plain(templates[digest])})
    if step.taken_back is not None:
        tx.take_back(step.after.id, step.taken_back, moment, step.entries[0].actor.role)
    elif is_move_of_person(step.entries):
        # Whoever moves the case has dealt with what was asked; what this step asks comes after.
        tx.finish_messages(step.after.id, moment, step.entries[0].actor.role)
    else:
        from engine.line.settling import settle_messages  # not for the act of a person

        settle_messages(tx, step, content.workflow, moment)
    tx.append(step, owner=content.workflow.state(step.after.state).owner, there=there)
    if planned.fires:
        tx.mark_fired(step.after.id, planned.fires, moment)
    if planned.occasion is not None:
        from engine.store.planned import keep_occasion  # few cases are opened by the calendar

        keep_occasion(tx, replace(planned.occasion, case_id=step.after.id))
    if planned.alarm is not None:
        tx.record_alarm(planned.alarm)
