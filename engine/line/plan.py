"""What a line will write, and how the cases then stand.

A plan is worked out before anything is locked (`plan_writing.py` writes it). It is asked like the store. What was
decided and is not written yet lies over what is stored, so that a second decision (the next deadline of the same case,
a child that tells its parent) builds on the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.question import Question, ask, gathers, is_seen_beside
from engine.core.deciding.step import Deadline, RunningTerm, Step
from engine.core.deciding.subject import Subject
from engine.core.deciding.subject_lists import not_registered
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.store.numbering import Series, next_numbers
from engine.store.readings import Readings
from engine.store.records import Alarm
from engine.store.snapshot import Row

if TYPE_CHECKING:
    from engine.core.content.subjects import SubjectKind
    from engine.core.deciding.opening import Opening
    from engine.runtime import Runtime
    from engine.store.planned import TurnRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A step, the question it answers, and what is written along with it.

    `follows` when another step of the plan brought it about; `fires` is the deadline it deals with, `occasion` the time
    that planned work came up and this case is opened for.
    """

    question: Question
    step: Step
    follows: bool = False
    fires: str = ""
    occasion: TurnRow | None = None
    alarm: Alarm | None = None


class Plan:
    """The steps to be written, in this order."""

    def __init__(self, readings: Readings, steps: Iterable[Planned] = ()) -> None:
        self.readings, self.steps = readings, list(steps)
        self.restated: list[tuple[Case, Sequence[RunningTerm]]] = []
        self.is_asked_before = False
        """Whether a step answers a question that was asked before the line began that writes it."""
        self.deadline_rows: dict[str, Mapping[str, Row]] = {}
        """The deadlines by key of cases of which a step stands here, as they were before the first."""
        self._latest: dict[str, Step] = {}
        self._subjects: dict[tuple[str, str], Subject] = {}
        for planned in self.steps:
            self._note(planned.step)

    def branch(self) -> Plan:
        """A plan that goes on from this one; leaving it alone undoes what was added to it."""
        branch = Plan(self.readings, self.steps)
        branch.restated, branch.deadline_rows = list(self.restated), self.deadline_rows
        branch.is_asked_before = self.is_asked_before
        return branch

    def looking_past(self, step: Step) -> Plan:
        """The plan as it will be when this step is in it: what follows from the step is decided on that."""
        ahead = self.branch()
        ahead._note(step)
        return ahead

    def add(self, planned: Planned) -> None:
        """Add a step behind the others."""
        self.steps.append(planned)
        self._note(planned.step)

    def _note(self, step: Step) -> None:
        self._latest[step.after.id] = step
        if step.subject is not None:
            self._subjects[step.after.organisation, step.subject.after.key] = step.subject.after

    def restate(self, case: Case, running: Sequence[RunningTerm]) -> None:
        """The running terms of a case, worked out anew while nothing happens to the case itself."""
        self.restated.append((case, running))

    def load_case(self, case_id: str) -> Case:
        """The case as it will stand. Raises CaseError when it is not there."""
        known = self._latest.get(case_id)
        return known.after if known else self.readings.load_case(case_id)

    def moves(self, case_id: str) -> bool:
        """Whether a step of this case stands here."""
        return case_id in self._latest

    def dossier(
        self, kind: SubjectKind | None, case: Case, *, with_cases: bool
    ) -> tuple[Subject | None, tuple[Case, ...]]:
        """Whom a case is about as the register will hold it, and the other cases about it as they will stand."""
        subject, stored = self.readings.dossier(kind, case, with_cases=with_cases)
        found = {one.id: one for one in stored}
        for other in (step.after for step in self._latest.values()) if with_cases else ():
            if (other.organisation, other.subject) == (case.organisation, case.subject) and other.id != case.id:
                found[other.id] = other
        planned = kind and self._subjects.get((case.organisation, f"{kind.id}/{case.subject}"))
        return planned or subject, tuple(found.values())

    def has_open_child(self, parent: str, workflow: str) -> bool:
        """Whether a case of this workflow, opened from `parent`, will still be open."""
        planned = {id: step.after for id, step in self._latest.items() if step.after.parent == parent}
        if any(case.workflow == workflow and not case.is_closed for case in planned.values()):
            return True
        stored = self.readings.children(parent)
        return any(row.workflow == workflow and not row.is_closed for row in stored if row.case_id not in planned)

    def open_beside(self, step: Step) -> tuple[str, ...]:
        """The other cases about the same subject that will be open, when the step changes what they can see of it."""
        after = step.after
        if not (after.subject and is_seen_beside(step)):
            return ()
        planned = {id: one.after for id, one in self._latest.items() if one.after.subject == after.subject}
        stored = self.readings.open_beside(after.organisation, after.subject)
        there = (*(id for id in stored if id not in planned), *(id for id, one in planned.items() if not one.is_closed))
        return tuple(id for id in there if id != after.id)

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
    return _ask(readings, runtime.content_of(case, local_day(moment)), case, actor, moment)


def ask_to_open(
    plan: Plan, content: Content, opening: Opening, actor: Actor, moment: datetime, *, takes_number: bool = True
) -> Question:
    """The question whether a case may be opened, under the number it will get (a dry run takes none)."""
    from engine.core.deciding.opening import new_case  # who looks at a case opens none

    case = new_case(content, opening, moment)
    question = _ask(plan, content, case, actor, moment)
    return question.about(replace(case, id=plan.next_number(question))) if takes_number else question


def ask_again(readings: Readings, question: Question) -> Question:
    """The same question on the dossier as it stands now."""
    return _ask(readings, question.content, question.case, question.actor, question.moment)


def _ask(readings: Readings | Plan, content: Content, case: Case, actor: Actor, moment: datetime) -> Question:
    subject, beside = dossier_of(readings, content, case)
    if not content.person_facts:
        return ask(content, case, actor, moment, beside, subject)
    from engine.store.people import people_in  # only who keeps a register of people needs it

    source = readings.readings if isinstance(readings, Plan) else readings
    return ask(content, case, actor, moment, beside, subject, people_in(source, content, (case, *beside), subject))


def dossier_of(readings: Readings | Plan, content: Content, case: Case) -> tuple[Subject, tuple[Case, ...]]:
    """Whom the case is about, as the register holds it, else as the case says itself; with the other cases about it.

    Those only when the content asks about them: to read them costs more, and most content declares no fact that lies
    there.
    """
    kind = content.subject_kind
    if not case.subject:
        return not_registered(kind, case), ()
    found, others = readings.dossier(kind, case, with_cases=gathers(content))
    return found or not_registered(kind, case), others
