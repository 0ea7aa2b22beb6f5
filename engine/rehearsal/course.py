"""The acts that one case still has before it, and how one of them is done: by a person, through the use cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum

from engine.core.deciding.advance import Act
from engine.core.deciding.case import Actor
from engine.core.deciding.mending import FactCorrection
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import Refusal, Step
from engine.core.finding import fault
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.files.places import as_error
from engine.definitions.script import ActKind, CasePlan, ScriptedAct
from engine.line.case_line import Line
from engine.rehearsal.given_facts import facts_of
from engine.store.people import read_people
from engine.store.readings import Readings
from engine.usecases.advance_case import advance_case, record_facts
from engine.usecases.correct_case import correct_case
from engine.usecases.open_case import open_case
from engine.usecases.who_acts import person_named

MAIN = ""
"""The name of the case that a plan is about."""


class Idle(Enum):
    """Why nobody did anything: time passed, or the act did not apply to the case as it stood."""

    WAITED = "waited"
    PASSED_OVER = "passed over"


@dataclass
class PlayedCourse:
    """`cases` are the numbers of the cases it is about, by name; `looked` is how far in the journal each was seen."""

    plan: CasePlan
    key: str
    number: int
    acts: tuple[ScriptedAct, ...]
    cases: dict[str, str] = field(default_factory=dict)
    looked: dict[str, int] = field(default_factory=dict)

    def find_case(self, readings: Readings, act: ScriptedAct) -> str:
        """The number of the case that an act is about: the first, one that got this name, or the last one of this
        workflow that opened along the way ("aanmelding_2": the second); for an act that opens, the case it opened.

        Raises DefinitionError when there is none.
        """
        opened = act.case or act.name
        name = act.case if act.kind is not ActKind.OPEN else opened if opened in self.cases else MAIN
        found = {**_opened_along(readings, tuple(dict.fromkeys(self.cases.values()))), **self.cases}
        if name not in found:
            kind = "no_such_case" if name else "no_case_yet"
            raise as_error(fault(kind, act.where, case=name, known=found.keys() - {MAIN}))
        return found[name]


def _opened_along(readings: Readings, parents: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for workflow, case_id in _children_of(readings, parents):
        seen[workflow] += 1
        found |= {workflow: case_id, f"{workflow}_{seen[workflow]}": case_id}
    return found


def _children_of(readings: Readings, parents: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for parent in parents:
        for child in readings.children(parent):
            yield child.workflow, child.case_id
            yield from _children_of(readings, (child.case_id,))


def perform(line: Line, course: PlayedCourse, act: ScriptedAct) -> Step | Refusal | Idle:
    """Do the act, by the person it names. Raises EngineError when it cannot even be tried."""
    if act.kind is ActKind.OPEN and not course.cases:
        return _open_first(line, course, act)
    case_id = course.find_case(line.work, act)
    if act.kind is ActKind.WAIT:
        return Idle.WAITED
    if act.expect is not None:
        # What happened on the way to an act is not its doing; what happened while waiting is.
        course.looked[case_id] = line.work.last_line(line.runtime.settings.organisation)
    situation, actor = look(line.about(case_id)), _actor(line, act)
    if not _applies(act, situation):
        return Idle.PASSED_OVER
    facts = facts_of(act, course.key, course.number, situation.lookup, situation.around)
    if act.kind is ActKind.TAKE:
        return advance_case(line, case_id, Act(transition=act.name, facts=facts, reason=act.reason), actor)
    if act.kind is ActKind.RECORD:
        return record_facts(line, case_id, facts, actor)
    if act.kind is ActKind.CORRECT:
        return correct_case(line, case_id, FactCorrection(facts=facts, reason=act.reason), actor)
    return _open(line, course, act, facts)


def _actor(line: Line, act: ScriptedAct) -> Actor:
    """Who acts: somebody in the role, or the person that is named. Raises DefinitionError for a name nobody has."""
    if not act.by:
        return Actor(role=act.role)
    organisation = line.runtime.catalogue.organisation(line.runtime.settings.organisation)
    person = person_named(organisation, read_people(line.work, organisation.id), act.by)
    if person is None:
        raise as_error(fault("nobody_of_that_name", act.where, name=act.by))
    return Actor(role=act.role, name=person.shown, person=person.number)


def _applies(act: ScriptedAct, situation: Situation) -> bool:
    """An act of which something is expected is done on a case that has ended too: it is refused, and is meant to be."""
    case = situation.case
    if (case.is_closed and act.expect is None) or (act.states and case.state not in act.states):
        return False
    return situation.holds(act.only)


def _open_first(line: Line, course: PlayedCourse, act: ScriptedAct) -> Step | Refusal:
    """Nothing is known yet but the moment."""
    known: Mapping[str, Value] = {"today": local_day(line.moment), "now": line.moment}
    around = line.content(act.name).around
    facts = facts_of(act, course.key, course.number, known.get, around)
    if course.plan.records:
        from engine.rehearsal.declared_dossier import declare_dossier  # it needs to know what a course is

        declare_dossier(line, course, act, facts)
    return _open(line, course, act, facts)


def _open(line: Line, course: PlayedCourse, act: ScriptedAct, facts: Mapping[str, Value]) -> Step | Refusal:
    outcome = open_case(line, act.name, facts, _actor(line, act), entry=act.entry)
    if isinstance(outcome, Step):
        for name in (act.case or act.name, *([] if course.cases else [MAIN])):
            course.cases[name] = outcome.after.id
    return outcome
