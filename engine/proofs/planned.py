"""Work by the calendar: it comes up some day, there is somebody it is for, and the case that it opens can open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from engine.core.content.planned import BOARDS, ORGANISATION, REGISTERS, SCHOOLS, PlannedWork, planned_facts
from engine.core.deciding.planned_work import registered, rounds_of
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.legal_clock.schoolyear import school_year_of
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.openings import check_opening
from engine.proofs.proven import Proven
from engine.proofs.world import Name, World, name_of

_LOOKED_AHEAD = timedelta(days=731)
"""Two school years: what does not come up in so long never will."""


def prove_planned(world: World, flows: Mapping[Name, Dataflow], on: date | None) -> Proven:
    """Every piece of planned work comes up, is for somebody, and opens a case that can open.

    `on` is the day of inspection. Vacations are asked for from then on: without a day nobody is to plan by them, and
    those of the year a version began in may have been gone before there was a calendar.
    """
    findings, works = list[Finding](), 0
    for content in world.contents:
        flow = flows.get(name_of(content))
        for work in content.rules.planned.values():
            if flow is None or work.opens.workflow != content.workflow.id:
                continue
            works += 1
            findings += [*_check_days(content, work, on), *_check_whom(content, work)]
            findings += check_opening(world, content, work.opens, _known(content, work, flow), flows)
    line = f"{works} keer gepland werk: het komt aan de beurt, en de zaak kan open." if works else ""
    return Proven(findings=tuple(dict.fromkeys(findings)), line=line)


def _check_days(content: Content, work: PlannedWork, on: date | None) -> Iterator[Finding]:
    if work.is_resting:
        return
    first = max(content.rules.valid_from, on or content.rules.valid_from)
    last = min(content.rules.valid_through or date.max, first + _LOOKED_AHEAD)
    schedule = rounds_of(work, content.organisation.region)
    lacking = schedule.lacks(school_year_of(first), content.calendar)
    if lacking:
        if on is not None:
            year = lacking[0].parameters["school_year"]
            yield doubt("planned_without_vacations", work.where, work=work.id, year=year)
    elif not schedule.between(first, last, content.calendar):
        yield fault("planned_never_comes", work.where, work=work.id, first=first, last=last)


def _check_whom(content: Content, work: PlannedWork) -> Iterator[Finding]:
    if work.who in REGISTERS and not work.is_resting and not registered(content.organisation, work):
        yield doubt("planned_for_empty_register", work.where, work=work.id, name=work.who)


def _known(content: Content, work: PlannedWork, flow: Dataflow) -> Knowledge:
    """What is surely known when it comes up: of whom it is for, and what its condition says."""
    facts = frozenset(planned_facts(work.who))
    if work.who in (SCHOOLS, BOARDS):
        every = {fact for one in registered(content.organisation, work) for fact, _ in one.facts}
        lacking = {fact for one in registered(content.organisation, work) for fact in every - dict(one.facts).keys()}
        facts -= lacking
    elif work.who != ORGANISATION:
        facts |= {content.organisation.subjects[work.who].key_fact}
    return flow.deduction.told_when(work.when, Knowledge().knowing(facts))
