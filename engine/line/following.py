"""What follows from a step: cases to open, a parent to tell. Decided with the step, and written with it.

A child that cannot be opened never undoes the step of its parent: the owner of the parent is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.core.deciding.advance import Report, tell
from engine.core.deciding.case import ENGINE, Case
from engine.core.deciding.draft import noted
from engine.core.deciding.opening import Opening, open_case
from engine.core.deciding.question import Question
from engine.core.deciding.step import CaseToOpen, Entry, EntryKind, Notice, Refusal, Step
from engine.core.errors import CaseError, DefinitionError
from engine.core.moment import local_day
from engine.line.asking import ask_about, ask_to_open
from engine.line.plan import Plan, Planned
from engine.words.of_journal import plain_blockers
from engine.words.short_reasons import say_shortly

if TYPE_CHECKING:
    from engine.runtime import Runtime


def plan_step(
    runtime: Runtime, plan: Plan, question: Question, step: Step, *, fires: str = "", follows: bool = False
) -> None:
    """Add a step to the plan, and everything that follows from it."""
    children: list[tuple[Question, Step]] = []
    for order in step.opens:
        if not plan.has_open_child(step.after.id, order.workflow):
            try:
                child = _decide_child(runtime, plan, question, step.after, order)
            except DefinitionError as error:
                step = _tell_owner(step, question, {"workflow": order.workflow, "error": error.text()})
                continue
            if isinstance(child, Refusal):
                refused = plain_blockers(child.blockers)
                step = _tell_owner(step, question, {"workflow": order.workflow, "blockers": refused})
            else:
                children.append(child)
    alarm = None
    if runtime.second_evaluator() is not None:
        from engine.line.second_look import look_again  # most commands have no second evaluator at hand

        alarm = look_again(runtime, question.about(step.after))
    plan.add(Planned(question=question, step=step, follows=follows, fires=fires, alarm=alarm))
    for asked, opened in children:
        plan_step(runtime, plan, asked, opened, follows=True)
    if step.told_parent and step.after.parent:
        _tell_parent(runtime, plan, question, step)


def _decide_child(
    runtime: Runtime, plan: Plan, question: Question, parent: Case, order: CaseToOpen
) -> tuple[Question, Step] | Refusal:
    content = runtime.content(order.workflow, local_day(question.moment))
    opening = Opening(entry=order.entry, facts=order.facts, parent=parent.id)
    asked = ask_to_open(plan, content, opening, ENGINE, question.moment)
    outcome = open_case(asked, opening)
    return outcome if isinstance(outcome, Refusal) else (asked, outcome)


def _tell_owner(step: Step, question: Question, why: Mapping[str, object]) -> Step:
    """The step with a message for the body that now has to open the case by hand."""
    owner = question.content.workflow.state(step.after.state).owner
    notice = Notice(to=owner, kind="case_not_opened", parameters=why)
    entry = Entry(kind=EntryKind.NOTICE, at=question.moment, actor=ENGINE, details=noted(notice))
    return replace(step, notices=(*step.notices, notice), entries=(*step.entries, entry))


def _tell_parent(runtime: Runtime, plan: Plan, question: Question, step: Step) -> None:
    parent = plan.load_case(step.after.parent)
    if parent.is_closed:
        return
    asked = ask_about(runtime, plan, parent, ENGINE, question.moment)
    outcome = tell(asked, Report(from_case=step.after.id, facts=step.told_parent))
    if isinstance(outcome, Refusal):
        raise CaseError(
            f"De bovenliggende zaak kan niet overnemen wat {step.after.id} meldt.",
            where=parent.id,
            why=f"Redenen: {say_shortly(outcome.blockers)}.",
            next_step=f"Bekijk eerst `trede case why {parent.id}`.",
        )
    plan_step(runtime, plan, asked, outcome, follows=True)
