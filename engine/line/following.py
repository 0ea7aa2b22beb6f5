"""What follows from a step: cases to open, a parent to tell. Decided with the step, and written with it.

A child that cannot be opened never undoes the step of its parent: the owner of the parent is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.core.deciding.advance import Report, tell
from engine.core.deciding.case import ENGINE, Case
from engine.core.deciding.opening import Opening, open_case
from engine.core.deciding.question import Question
from engine.core.deciding.step import CaseToOpen, Entry, EntryKind, Notice, Refusal, Step
from engine.core.errors import CaseError, DefinitionError
from engine.core.moment import local_day
from engine.line.asking import ask_about, ask_to_open
from engine.line.plan import Plan, Planned
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
                children.append(_decide_child(runtime, plan, question, step.after, order))
            except (DefinitionError, _NotOpened) as error:
                step = _tell_owner(step, question, order.workflow, error)
    alarm = None
    if runtime.second_evaluator() is not None:
        from engine.line.second_look import look_again  # most commands have no second evaluator at hand

        alarm = look_again(runtime, question.about(step.after))
    plan.add(Planned(question=question, step=step, follows=follows, fires=fires, alarm=alarm))
    for asked, child in children:
        plan_step(runtime, plan, asked, child, follows=True)
    if step.told_parent and step.after.parent:
        _tell_parent(runtime, plan, question, step)


class _NotOpened(Exception):
    """A child case was refused, for these reasons."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{say_shortly(refusal.blockers)}.")
        self.kinds = [blocker.kind.value for blocker in refusal.blockers]


def _decide_child(
    runtime: Runtime, plan: Plan, question: Question, parent: Case, order: CaseToOpen
) -> tuple[Question, Step]:
    content = runtime.content(order.workflow, local_day(question.moment))
    opening = Opening(entry=order.entry, facts=order.facts, parent=parent.id)
    asked = ask_to_open(plan, content, opening, ENGINE, question.moment)
    outcome = open_case(asked, opening)
    if isinstance(outcome, Refusal):
        raise _NotOpened(outcome)
    return asked, outcome


def _tell_owner(step: Step, question: Question, workflow: str, error: DefinitionError | _NotOpened) -> Step:
    """The step with a message for the body that now has to open the case by hand."""
    owner = question.content.workflow.state(step.after.state).owner
    text = f"Een zaak '{workflow}' is niet geopend: {error} Open haar met de hand."
    notice = Notice(to=owner, kind="case_not_opened", text=text)
    kinds = error.kinds if isinstance(error, _NotOpened) else []
    details = {"to": owner, "about": notice.kind, "text": text, "term": "", "workflow": workflow, "reasons": kinds}
    entry = Entry(kind=EntryKind.NOTICE, at=question.moment, actor=ENGINE, details=details)
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
