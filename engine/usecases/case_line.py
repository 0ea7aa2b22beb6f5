"""The straight line of every command on a case: load, decide, write, and what follows from it.

What follows (cases to open, a parent to tell) is written in the same transaction, so it happens wholly or not
at all. A child that cannot be opened never undoes the step of its parent: the owner of the parent is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.advance import tell
from engine.core.deciding.case import ENGINE, Case
from engine.core.deciding.draft import Gathered
from engine.core.deciding.gathering import gather
from engine.core.deciding.opening import Opening, open_case
from engine.core.deciding.step import CaseToOpen, Entry, EntryKind, Notice, Refusal, Step
from engine.core.errors import CaseError, DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.usecases.kept_templates import keep_template
from engine.usecases.second_look import look_again
from engine.words.short_reasons import say_shortly

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.transaction import Transaction

Decide = Callable[[Content, Case, Gathered], Step | Refusal]


def run_on_case(
    runtime: Runtime, tx: Transaction, case_id: str, moment: datetime, decide: Decide, *, dry_run: bool = False
) -> Step | Refusal:
    """Load the case, decide, and write the step unless it is a dry run.

    Raises CaseError when the case is not there or was changed meanwhile, DefinitionError when its content is gone.
    """
    case = tx.load_case(case_id)
    content = runtime.content_of(case, local_day(moment))
    outcome = decide(content, case, gather_for(tx, content, case))
    if isinstance(outcome, Step) and not dry_run:
        write_step(runtime, tx, content, outcome, moment)
    return outcome


def carry_out(
    runtime: Runtime,
    case_id: str,
    decide: Callable[[Content, Case, datetime, Gathered], Step | Refusal],
    *,
    dry_run: bool,
) -> Step | Refusal:
    """One command on one case, in a transaction of its own and at one moment; a dry run writes nothing.

    Raises CaseError when the case is not there or was changed meanwhile, DefinitionError when its content is gone.
    """
    moment = runtime.now()
    with runtime.store.transaction() as tx:
        return run_on_case(
            runtime,
            tx,
            case_id,
            moment,
            lambda content, case, gathered: decide(content, case, moment, gathered),
            dry_run=dry_run,
        )


def gather_for(tx: Transaction, content: Content, case: Case) -> Gathered:
    """The gathered facts of a case; the store is only asked when the content declares any."""
    if not any(rule.gathered for rule in content.rules.facts.values()):
        return {}
    others = tx.cases_of_subject(case.organisation, case.subject) if case.subject else ()
    return gather(content, tuple(other for other in others if other.id != case.id))


def write_step(runtime: Runtime, tx: Transaction, content: Content, step: Step, moment: datetime) -> None:
    """Write a step and everything that follows from it."""
    children, complaints = _decide_children(runtime, tx, content, step, moment)
    step = _with_notices(step, complaints, moment)
    look_again(runtime, tx, content, step, moment)
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
    subject = str(order.facts.get(content.workflow.subject_key, ""))
    gathered = gather(content, tx.cases_of_subject(parent.organisation, subject) if subject else ())

    def decide(case_id: str) -> Step | Refusal:
        opening = Opening(case_id=case_id, entry=order.entry, facts=order.facts, parent=parent.id)
        return open_case(content, opening, ENGINE, moment, gathered)

    tried = decide("")  # a refused case takes no number
    if isinstance(tried, Refusal):
        raise _NotOpened(f"{say_shortly(tried.blockers)}.")
    outcome = decide(tx.new_case_number(parent.organisation, content.workflow.prefix, day.year))
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
    content = runtime.content_of(parent, local_day(moment))
    outcome = tell(content, parent, facts, child.id, moment, gather_for(tx, content, parent))
    if isinstance(outcome, Refusal):
        reasons = say_shortly(outcome.blockers)
        raise CaseError(
            f"De bovenliggende zaak kan niet overnemen wat {child.id} meldt.",
            where=parent.id,
            why=f"Redenen: {reasons}.",
            next_step=f"Bekijk eerst `trede case why {parent.id}`.",
        )
    write_step(runtime, tx, content, outcome, moment)
