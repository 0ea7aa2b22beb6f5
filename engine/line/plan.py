"""What a line will write, and how the cases then stand: worked out before anything is locked.

A plan is asked like the store. What was decided and is not written yet lies over what is stored, so that a second
decision (the next deadline of the same case, a child that tells its parent) builds on the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.opening import Opening, new_case
from engine.core.deciding.question import Question, ask, gathers
from engine.core.deciding.step import Deadline, RunningTerm, Step
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.store.numbering import Series, next_numbers
from engine.store.readings import Readings
from engine.store.records import Alarm

if TYPE_CHECKING:
    from engine.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A step, the question it answers, and what is written along with it.

    `follows` when another step of the plan brought it about; `fires` is the deadline it deals with.
    """

    question: Question
    step: Step
    follows: bool = False
    fires: str = ""
    alarm: Alarm | None = None


class Plan:
    """The steps to be written, in this order."""

    def __init__(self, readings: Readings, steps: Iterable[Planned] = ()) -> None:
        self.readings, self.steps = readings, list(steps)
        self.restated: list[tuple[Case, Sequence[RunningTerm]]] = []
        self._latest = {planned.step.after.id: planned.step for planned in self.steps}

    def branch(self) -> Plan:
        """A plan that goes on from this one; leaving it alone undoes what was added to it."""
        branch = Plan(self.readings, self.steps)
        branch.restated = list(self.restated)
        return branch

    def add(self, planned: Planned) -> None:
        """Add a step behind the others."""
        self.steps.append(planned)
        self._latest[planned.step.after.id] = planned.step

    def restate(self, case: Case, running: Sequence[RunningTerm]) -> None:
        """The running terms of a case, worked out anew while nothing happens to the case itself."""
        self.restated.append((case, running))

    def load_case(self, case_id: str) -> Case:
        """The case as it will stand. Raises CaseError when it is not there."""
        known = self._latest.get(case_id)
        return known.after if known else self.readings.load_case(case_id)

    def cases_of_subject(self, organisation: str, subject: str, *, besides: str = "") -> tuple[Case, ...]:
        """All cases about one subject as they will stand, without the one named in `besides`."""
        stored = self.readings.cases_of_subject(organisation, subject, besides=besides)
        found = {case.id: case for case in stored}
        for case in (step.after for step in self._latest.values()):
            if (case.organisation, case.subject) == (organisation, subject) and case.id != besides:
                found[case.id] = case
        return tuple(found.values())

    def has_open_child(self, parent: str, workflow: str) -> bool:
        """Whether a case of this workflow, opened from `parent`, will still be open."""
        planned = {id: step.after for id, step in self._latest.items() if step.after.parent == parent}
        if any(case.workflow == workflow and not case.is_closed for case in planned.values()):
            return True
        stored = self.readings.children(parent)
        return any(row.workflow == workflow and not row.is_closed for row in stored if row.case_id not in planned)

    def open_deadlines(self, case_id: str) -> tuple[Deadline, ...]:
        """The deadlines that will be open."""
        known = self._latest.get(case_id)
        if known is not None:
            return known.deadlines
        return tuple(row.deadline for row in self.readings.deadlines(case_id) if row.status == "open")

    def next_number(self, question: Question) -> str:
        """The number that a case to be opened will get, unless somebody else is first."""
        numbers = next_numbers(self.readings, series_of(question.content, question.moment))
        return next(number for number in numbers if number not in self._latest)


def series_of(content: Content, moment: datetime) -> Series:
    """The series that numbers a case opened at this moment: it begins anew every local year."""
    return content.organisation.id, content.workflow.prefix, local_day(moment).year


def ask_about(runtime: Runtime, readings: Readings | Plan, case: Case, actor: Actor, moment: datetime) -> Question:
    """The question about a case as it stands. Raises DefinitionError when its content is gone or cannot be read."""
    content = runtime.content_of(case, local_day(moment))
    return ask(content, case, actor, moment, cases_beside(readings, content, case))


def ask_to_open(
    plan: Plan, content: Content, opening: Opening, actor: Actor, moment: datetime, *, takes_number: bool = True
) -> Question:
    """The question whether a case may be opened, under the number it will get (a dry run takes none)."""
    case = new_case(content, opening, moment)
    question = ask(content, case, actor, moment, cases_beside(plan, content, case))
    return question.about(replace(case, id=plan.next_number(question))) if takes_number else question


def cases_beside(readings: Readings | Plan, content: Content, case: Case) -> tuple[Case, ...]:
    """The other cases of the subject of this one, when its content asks about them."""
    # Reading the others costs a query, and most content declares no fact that lies in them.
    if not case.subject or not gathers(content):
        return ()
    return readings.cases_of_subject(case.organisation, case.subject, besides=case.id)
