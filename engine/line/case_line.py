"""The straight line of a command on a case, read from top to bottom:

    with open_line(runtime) as line:
        return line.keep(act(line.about(case_id, actor), command))

The moment is read once and the case is loaded once. Asking and deciding hold up nobody; `keep` takes the right to
write, writes what was decided with all that follows from it, and gives it back: wholly, or not at all.

What follows is cases to open, a parent to tell, and other cases of the subject that look at this one. A child that
cannot be opened never undoes the step of its parent: the owner of the parent is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from engine.core.deciding.advance import Report, tell
from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.lateness import open_deadline_keys
from engine.core.deciding.opening import Opening
from engine.core.deciding.question import Question
from engine.core.deciding.step import Refusal, Step
from engine.core.errors import CaseError, DefinitionError, OvertakenError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.plan import Plan, Planned, ask_about, ask_to_open
from engine.words.of_errors import say_whole
from engine.words.of_journal import plain_blockers
from engine.words.short_reasons import say_shortly

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.planned import TurnRow
    from engine.store.work import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives with an act, and the question it answers."""

    question: Question
    facts: Mapping[str, Value]


class Line:
    """One command, or a handful of rows of a sweep, at one `moment` (UTC)."""

    def __init__(self, runtime: Runtime, work: Work, moment: datetime) -> None:
        self.runtime, self.work, self.moment = runtime, work, moment
        self.plan = Plan(work)
        self._asked: dict[str, Question] = {}
        self.names: dict[str, str] = {}
        """The names of the people who are meant in the cases that were asked about, by number."""

    def content(self, workflow: str) -> Content:
        """The content in force now, to open a case with. Raises DefinitionError when there is none."""
        return self.runtime.content_to_open(workflow, local_day(self.moment))

    def way_to_open(self, content: Content, opening: Opening) -> tuple[Content, Opening]:
        """The same, or the older version that the sector of these facts stays on, with an opening that says so."""
        from engine.line.opening_cases import way_to_open  # most commands open nothing

        return way_to_open(self.runtime, content, opening, local_day(self.moment))

    def about(self, case_id: str, actor: Actor = ENGINE) -> Question:
        """The question about a case as it will stand after what is planned; it is loaded once.

        Raises CaseError when the case is not there, DefinitionError when its content is gone.
        """
        if (asked := self._asked.get(case_id)) is None:
            case = self.plan.load_case(case_id)
            asked = self._asked[case_id] = ask_about(self.runtime, self.plan, case, ENGINE, self.moment)
            self.names |= asked.people.names
        return asked.by(actor)

    def forget(self, case_id: str) -> None:
        """Ask anew about a case: who changed the register in this transaction made the answer old."""
        self._asked.pop(case_id, None)

    def about_new(self, content: Content, opening: Opening, actor: Actor, *, takes_number: bool = True) -> Question:
        """The question whether a case may be opened, under the number that comes next (a dry run takes none)."""
        asked = ask_to_open(self.plan, content, opening, actor, self.moment, takes_number=takes_number)
        self._asked[asked.case.id] = asked
        return asked

    def naming(self, given: Given) -> Given:
        """The same with the numbers of the people who are named; the question says of whom it is not sure.

        Every fact that a person gives passes here before it is decided on.
        """
        question = given.question
        if question.content.person_facts.isdisjoint(given.facts):
            return given
        from engine.line.people import with_people  # most acts name nobody

        asked, facts = with_people(self.work, question, given.facts)
        self.names |= asked.people.names
        if question.case.id in self._asked:
            self._asked[question.case.id] = asked
        return Given(asked, facts)

    def keep(self, outcome: Step | Refusal, *, dry_run: bool = False) -> Step | Refusal:
        """Write a step and all that follows from it; a refusal and a dry run write nothing.

        Raises OvertakenError when the case, or another it was decided on, was changed meanwhile.
        """
        if isinstance(outcome, Step) and outcome.subject is not None and outcome.subject.is_numbered:
            from engine.line.free_numbers import with_free_numbers  # few acts give a number

            outcome = with_free_numbers(self.work, self._asked[outcome.after.id].content, outcome)
        if isinstance(outcome, Step) and not dry_run:
            outcome = _with_moved_dates(self.plan, self._asked[outcome.after.id], outcome)
            self.add(outcome)
            self.write()
        return outcome

    def add(
        self, outcome: Step | Refusal, *, fires: str = "", occasion: TurnRow | None = None, alone: bool = False
    ) -> bool:
        """Plan a step on a case that was asked about, with all that follows; False for a refusal.

        `alone`: it says nothing new, so no other case follows. When something that follows cannot be decided, it
        raises, and nothing of this step is planned.
        """
        if isinstance(outcome, Step):
            self._add(self._asked[outcome.after.id], outcome, alone=alone, fires=fires, occasion=occasion)
        return isinstance(outcome, Step)

    def add_answer(self, question: Question, step: Step) -> None:
        """The same for a step that answers a question asked before this line began."""
        self._add(question, step)
        self.plan.is_asked_before = True

    def _add(self, question: Question, step: Step, *, alone: bool = False, **along: Any) -> None:
        plan, begin = self.plan.branch(), len(self.plan.steps)
        _plan_step(self.runtime, plan, question, step, **along)
        if not alone and any(plan.open_beside(planned.step) for planned in plan.steps[begin:]):
            from engine.line.beside import bring_along  # few subjects have another case

            plan = bring_along(self.runtime, plan, begin, _plan_step)
        self.plan = plan
        self._asked.clear()  # what was asked may stand otherwise now

    def write(self) -> None:
        """Write what is planned, and begin anew. Raises OvertakenError when somebody else wrote first."""
        plan, self.plan = self.plan, Plan(self.work)
        self._asked.clear()
        if plan.steps or plan.restated:
            from engine.line.plan_writing import write_plan  # who only looks writes nothing

            with self.work.writing() as tx:
                write_plan(tx, plan, self.moment)

    def settle(self, plan: Callable[[], T]) -> T:
        """Plan and write; when somebody else wrote first, once more while nobody can: everybody waits meanwhile."""
        found = plan()
        try:
            self.write()
        except OvertakenError:
            with self.work.writing():
                found = plan()
                self.write()
        return found


@contextmanager
def open_line(runtime: Runtime) -> Iterator[Line]:
    """A line for one command, at the moment it begins, on what is published then."""
    if runtime.hold_against_folder():
        from engine.line.publishing import keep_up  # most commands find the folder as it was published

        keep_up(runtime)
    with runtime.store.work() as work:
        yield Line(runtime, work, runtime.enter(work))


def _plan_step(
    runtime: Runtime, plan: Plan, question: Question, step: Step, *, follows: bool = False, **along: Any
) -> None:
    """Add a step to the plan with what is written `along`, and everything that follows from it."""
    if step.opens:
        from engine.line.opening_cases import decide_child, tell_owner  # most acts open nothing
    children: list[tuple[Question, Step]] = []
    ahead = plan.looking_past(step) if step.opens else plan
    for order in step.opens:
        if order.several or not plan.has_open_child(step.after.id, order.workflow):
            try:
                child = decide_child(runtime, ahead, question, step.after, order)
            except DefinitionError as error:
                step = tell_owner(step, question, {"workflow": order.workflow, "error": say_whole(error)})
                continue
            if isinstance(child, Refusal):
                refused = plain_blockers(child.blockers)
                step = tell_owner(step, question, {"workflow": order.workflow, "blockers": refused})
            else:
                children.append(child)
                ahead = ahead.looking_past(child[1])
    alarm = None
    if runtime.second_evaluator() is not None:
        from engine.line.second_look import look_again  # most commands have no second evaluator at hand

        alarm = look_again(runtime, question.about(step.after, step.subject.after if step.subject else None))
    plan.add(Planned(question=question, step=step, follows=follows, alarm=alarm, **along))
    for asked, opened in children:
        _plan_step(runtime, plan, asked, opened, follows=True)
    if step.told_parent and step.after.parent:
        _tell_parent(runtime, plan, question, step)


def _with_moved_dates(plan: Plan, question: Question, step: Step) -> Step:
    """The step with a line for each date that moved before it, because the calendar or the law under it did.

    The sweep does so for the cases it meets first; who acts before it comes by must not move a date in silence.
    """
    case_id, known = step.after.id, (one.step.after.id for one in plan.steps)
    if step.before is None or case_id in known:  # looked at with its first step
        return step
    there = plan.deadline_rows[case_id] = plan.readings.deadline_rows(case_id)
    are_open = {key for key, row in there.items() if row["status"] == "open"}
    if are_open == open_deadline_keys(question.content, question.case):
        return step
    from engine.core.deciding.moved_dates import reproject  # hardly ever

    moved = reproject(question.by(ENGINE), plan.open_deadlines(case_id))
    if isinstance(moved, Refusal):
        return step
    lines = (one for one in moved.entries if one.details.get("clock") != "")  # not that reminders alone moved
    return replace(step, entries=(*step.entries, *lines), notices=(*step.notices, *moved.notices))


def _tell_parent(runtime: Runtime, plan: Plan, question: Question, step: Step) -> None:
    if (parent := plan.load_case(step.after.parent)).is_closed:
        return
    asked = ask_about(runtime, plan, parent, ENGINE, question.moment)
    if isinstance(outcome := tell(asked, Report(from_case=step.after.id, facts=step.told_parent)), Refusal):
        raise CaseError(
            f"De bovenliggende zaak kan niet overnemen wat {step.after.id} meldt.",
            where=parent.id,
            why=f"Redenen: {say_shortly(outcome.blockers)}.",
            next_step=f"Bekijk eerst `trede case why {parent.id}`.",
        )
    _plan_step(runtime, plan, asked, _with_moved_dates(plan, asked, outcome), follows=True)
