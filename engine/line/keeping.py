"""Keeping a step: writing it, and what follows from it.

What follows (cases to open, a parent to tell) is written in the same transaction, so it happens wholly or not
at all. A child that cannot be opened never undoes the step of its parent: the owner of the parent is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.advance import Report, tell
from engine.core.deciding.case import ENGINE, Case
from engine.core.deciding.opening import Opening, open_case
from engine.core.deciding.step import CaseToOpen, Entry, EntryKind, Notice, Refusal, Step
from engine.core.errors import CaseError, DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.line.asking import ask_about, ask_to_open
from engine.line.kept_templates import keep_template
from engine.line.second_look import look_again
from engine.words.short_reasons import say_shortly

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.transaction import Transaction


def write_step(runtime: Runtime, tx: Transaction, content: Content, step: Step, moment: datetime) -> None:
    """Write a step and everything that follows from it."""
    children, complaints = _decide_children(runtime, tx, content, step, moment)
    step = _with_notices(step, complaints, moment)
    look_again(runtime, tx, step, moment)
    for letter in step.letters:
        keep_template(tx, content.letters[letter.letter])
    if _is_act_of_person(step):
        # Whoever moves the case has dealt with what was asked about it; what this step asks comes after.
        tx.finish_notices(step.after.id, moment, step.entries[0].actor.role)
    tx.append(step, owner=content.workflow.state(step.after.state).owner)
    for child_content, child in children:
        write_step(runtime, tx, child_content, child, moment)
    if step.told_parent and step.after.parent:
        _tell_parent(runtime, tx, step.after, step.told_parent, moment)


def _is_act_of_person(step: Step) -> bool:
    return any(entry.kind is EntryKind.MOVED and entry.actor.is_person for entry in step.entries)


def _decide_children(
    runtime: Runtime, tx: Transaction, content: Content, step: Step, moment: datetime
) -> tuple[list[tuple[Content, Step]], list[Notice]]:
    children: list[tuple[Content, Step]] = []
    complaints: list[Notice] = []
    for order in step.opens:
        if tx.has_open_child(step.after.id, order.workflow):
            continue
        try:
            children.append(_decide_child(runtime, tx, step.after, order, moment))
        except (DefinitionError, _NotOpened) as error:
            owner = content.workflow.state(step.after.state).owner
            text = f"Een zaak '{order.workflow}' is niet geopend: {error} Open haar met de hand."
            complaints.append(Notice(to=owner, kind="case_not_opened", text=text))
    return children, complaints


class _NotOpened(Exception):
    """A child case was refused; the text names the reasons."""


def _decide_child(
    runtime: Runtime, tx: Transaction, parent: Case, order: CaseToOpen, moment: datetime
) -> tuple[Content, Step]:
    day = local_day(moment)
    content = runtime.content(order.workflow, day)
    opening = Opening(case_id="", entry=order.entry, facts=order.facts, parent=parent.id)
    tried = open_case(ask_to_open(tx, content, opening, ENGINE, moment), opening)
    if isinstance(tried, Refusal):  # a refused case takes no number
        raise _NotOpened(f"{say_shortly(tried.blockers)}.")
    opening = replace(opening, case_id=tx.new_case_number(parent.organisation, content.workflow.prefix, day.year))
    outcome = open_case(ask_to_open(tx, content, opening, ENGINE, moment), opening)
    assert isinstance(outcome, Step)
    return content, outcome


def _with_notices(step: Step, notices: list[Notice], moment: datetime) -> Step:
    if not notices:
        return step
    entries = tuple(
        Entry(
            kind=EntryKind.NOTICE,
            at=moment,
            actor=ENGINE,
            details={"to": notice.to, "about": notice.kind, "text": notice.text, "term": ""},
        )
        for notice in notices
    )
    return replace(step, notices=(*step.notices, *notices), entries=(*step.entries, *entries))


def _tell_parent(runtime: Runtime, tx: Transaction, child: Case, facts: Mapping[str, Value], moment: datetime) -> None:
    parent = tx.load_case(child.parent)
    if parent.is_closed:
        return
    question = ask_about(runtime, tx, parent, ENGINE, moment)
    outcome = tell(question, Report(from_case=child.id, facts=facts))
    if isinstance(outcome, Refusal):
        reasons = say_shortly(outcome.blockers)
        raise CaseError(
            f"De bovenliggende zaak kan niet overnemen wat {child.id} meldt.",
            where=parent.id,
            why=f"Redenen: {reasons}.",
            next_step=f"Bekijk eerst `trede case why {parent.id}`.",
        )
    write_step(runtime, tx, question.content, outcome, moment)
