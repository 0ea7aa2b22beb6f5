"""The dossier of a rehearsal: what stood there before anybody opened the case, left by a register or a year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.core.deciding.amending import Amendment, RecordAmendment
from engine.core.deciding.case import ENGINE_ROLE, Actor
from engine.core.deciding.step import Refusal
from engine.core.deciding.subject import Subject, number_in
from engine.core.errors import EngineError
from engine.core.finding import fault
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.definitions.files.places import as_error
from engine.definitions.script import ScriptedAct
from engine.line.case_line import Line
from engine.rehearsal.course import PlayedCourse
from engine.rehearsal.given_facts import facts_of
from engine.usecases.correct_dossier import correct_dossier
from engine.words.short_reasons import say_shortly

_REASON = "stond al in het dossier"


def declare_dossier(line: Line, course: PlayedCourse, act: ScriptedAct, facts: Mapping[str, Value]) -> None:
    """Put the records of the plan in the dossier of whom the case is about, each as who may write such a one.

    The door is that of a correction, so what no dossier can hold is refused. Raises DefinitionError with the reasons.
    """
    content = line.content(act.name)
    kind, number = content.subject_kind, number_in(content, facts)
    if kind is None or not number:
        raise as_error(fault("dossier_not_made", act.where, reasons="de zaak gaat over niemand met een dossier"))
    for name, records in course.plan.records.items():
        known = kind.records.get(name)
        writer = Actor(role=next(iter(known.written_by), ENGINE_ROLE) if known else ENGINE_ROLE)
        for place, fields in enumerate(records, 1):
            said = replace(act, facts=fields)
            given = facts_of(said, f"{course.key}/{name}.{place}", course.number, _known(line).get, content.around)
            one = RecordAmendment(kind=name, number=0, fields=given)
            _put(line, content_of=act, number=number, command=Amendment(records=(one,), reason=_REASON), actor=writer)


def _known(line: Line) -> Mapping[str, Value]:
    return {"today": local_day(line.moment), "now": line.moment}


def _put(line: Line, *, content_of: ScriptedAct, number: str, command: Amendment, actor: Actor) -> None:
    content = line.content(content_of.name)
    kind = content.subject_kind
    assert kind is not None  # asked before
    organisation = content.organisation.id
    found = line.work.load_subject(organisation, kind.id, number)
    subject = found or Subject(organisation=organisation, kind=kind.id, number=number)
    try:
        outcome = correct_dossier(line, content, subject, command, actor)
    except EngineError as error:
        raise as_error(fault("dossier_not_made", content_of.where, reasons=str(error))) from error
    if isinstance(outcome, Refusal):
        raise as_error(fault("dossier_not_made", content_of.where, reasons=say_shortly(outcome.blockers)))
