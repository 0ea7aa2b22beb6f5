"""What is planned in the content in force: which work, for whom, and which draws; read by the sweep and by the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.core.content.planned import REGISTERS, PlannedWork
from engine.core.deciding.case import ENGINE
from engine.core.deciding.opening import Opening
from engine.core.deciding.planned_work import (
    Entitled,
    Turn,
    handed_over,
    name_of_work,
    registered,
    rounds_of,
    situation_when_given,
)
from engine.core.deciding.question import Question
from engine.core.deciding.sampling import Candidate, Sampling, seed_of
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.files.content_files import Kind, version_on
from engine.line.opening_cases import way_to_open
from engine.line.plan import Plan, ask_to_open
from engine.store.planned import DrawRow
from engine.store.readings import Readings

if TYPE_CHECKING:
    from engine.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One piece of planned work, with the content of the workflow that it opens a case of."""

    content: Content
    work: PlannedWork

    @property
    def name(self) -> str:
        """What it is called: the rule set and its name there."""
        return name_of_work(self.content, self.work)


def planning_workflows(runtime: Runtime, day: date) -> tuple[str, ...]:
    """The workflows in force that may open cases by the calendar; for most organisations there are none.

    To read all content takes longer than a heartbeat may: so there may be some too many, and never one too few.
    """
    catalogue, organisation = runtime.catalogue, runtime.settings.organisation
    chain = catalogue.chain(organisation)
    return tuple(
        name
        for name in catalogue.workflows(organisation)
        if catalogue.may_plan(organisation, name)
        and any(version_on(catalogue.versions(Kind.WORKFLOWS, one, name), day) for one in chain)
    )


def next_version_day(runtime: Runtime, after: date) -> date | None:
    """The first day after this one on which a version of a rule set or workflow begins; None when none does."""
    catalogue = runtime.catalogue
    days = (
        day
        for kind in (Kind.RULES, Kind.WORKFLOWS)
        for owner in catalogue.chain(runtime.settings.organisation)
        for name in catalogue.files.names(kind, owner)
        for day in catalogue.versions(kind, owner, name)
    )
    return min((day for day in days if day > after), default=None)


def planned_in(runtime: Runtime, workflow: str, day: date) -> Iterator[Scheduled]:
    """The work that opens a case of this workflow, as it is in force on the day."""
    content = runtime.content_to_open(workflow, day)
    for work in content.rules.planned.values():
        found = Scheduled(content, work)
        if work.opens.workflow == workflow and (runtime.planned is None or found.name in runtime.planned):
            yield found


def entitled_between(readings: Readings, planned: Scheduled, first: date, last: date) -> tuple[Entitled, ...]:
    """Those this work is for on these days; no dossier is read when it comes up on none of them."""
    content, work = planned.content, planned.work
    schedule = rounds_of(work, content.organisation.region)
    if first > last or (work.who not in REGISTERS and not schedule.between(first, last, content.calendar)):
        return ()
    return entitled(readings, planned)


def entitled(readings: Readings, planned: Scheduled) -> tuple[Entitled, ...]:
    """Those this work is for, before its condition and its draw: one of each in a register, or the subjects there."""
    content, work = planned.content, planned.work
    if work.who in REGISTERS:
        return registered(content.organisation, work)
    organisation = content.organisation
    kind = organisation.subjects[work.who]
    named = kind.fact(kind.name)
    return tuple(
        Entitled(
            number=subject.number,
            name=str(subject.facts[named].value) if named in subject.facts else "",
            region=organisation.region,
        )
        for subject in readings.each_subject(organisation.id, work.who)
    )


def ask_for(
    runtime: Runtime, plan: Plan, planned: Scheduled, occasion: Turn, moment: datetime, *, takes_number: bool
) -> tuple[Question, Opening]:
    """The question whether a case may be opened for one of those it is for, and the opening."""
    content, work = planned.content, planned.work
    facts = dict(handed_over(content, work, occasion))
    if work.who not in REGISTERS:  # a dossier that was put in by hand need not say its own number
        facts.setdefault(content.organisation.subjects[work.who].key_fact, occasion.whom.number)
    opening = Opening(entry=work.opens.entry, facts=facts)
    chosen, opening = way_to_open(runtime, content, opening, local_day(moment))
    return ask_to_open(plan, chosen, opening, ENGINE, moment, takes_number=takes_number), opening


def draw(runtime: Runtime, plan: Plan, planned: Scheduled, found: tuple[Turn, ...], moment: datetime) -> DrawRow:
    """DrawRule from all of these, as the content says now: who belongs to the population, and who comes out."""
    content, work = planned.content, planned.work
    assert work.draw is not None  # asked only then
    members, unknown = list[Candidate](), list[str]()
    for occasion in found:
        question, opening = ask_for(runtime, plan, planned, occasion, moment, takes_number=False)
        situation = situation_when_given(question, opening.facts)
        truth = situation.explain(work.when).truth
        if truth is None:
            unknown.append(occasion.whom.number)
        elif truth:
            group = situation.lookup(work.draw.per) if work.draw.per else None
            members.append(Candidate(occasion.whom.number, "" if group is None else str(group)))
    at, sampling = found[0].round, Sampling.of(work.draw)
    seed = seed_of(content.organisation.id, planned.name, at.slot)
    population = tuple(sorted(members, key=lambda one: (one.group, one.number)))
    return DrawRow(
        work=planned.name,
        slot=at.slot,
        planned_for=at.day,
        at=moment,
        seed=seed,
        sampling=sampling,
        population=population,
        drawn=sampling.drawn(seed, population),
        unknown=tuple(sorted(unknown)),
    )
