"""A script of acts for a rehearsal, from YAML to core values; every mistake with its file, line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from engine.core.deciding.step import BlockerKind
from engine.core.language.conditions import ALWAYS, Expression
from engine.core.legal_clock.period import Period, Unit
from engine.core.moment import start_of_day
from engine.definitions.files.places import Document, Place
from engine.definitions.files.spelling import suggest
from engine.definitions.models.scripts import ActPart, PlanPart, ScriptFile, WayPart
from engine.definitions.reading.condition_parser import read_condition
from engine.definitions.reading.expression_parser import read_expression, read_length
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.yaml_reader import read_yaml
from engine.definitions.script import ActKind, Draw, Plan, RegisterOrder, Script, ScriptedAct, Way

Groups = Mapping[str, Mapping[str, Expression | Draw]]
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_ALL = 1.0001
_IN_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_COUNTED = (Unit.HOURS, Unit.WORKING_DAYS, *_IN_DAYS)


def read_script(path: Path) -> Script:
    """The script in this file. Raises DefinitionError with all its problems."""
    document = read_yaml(path.read_text(encoding="utf-8"), str(path))
    part = fit(document, ScriptFile)
    at = document.top
    groups = {name: _read_values(raw, at / "groups" / name) for name, raw in part.groups.items()}
    script = Script(
        title=part.title,
        starts_at=_read_moment(part.starts, at / "starts"),
        ends_at=_read_moment(part.ends, at / "ends"),
        register=_read_register(part),
        plans=tuple(_read_plan(one, groups, at / "plans" / n) for n, one in enumerate(part.plans)),
        path=str(path),
    )
    _check_whole(script, document)
    document.refuse_if_wrong()
    return script


def _read_register(part: ScriptFile) -> RegisterOrder | None:
    found = part.register_from
    if found is None:
        return None
    return RegisterOrder(file=found.file, workflow=found.workflow, entry=found.entry, role=found.role)


def _check_whole(script: Script, document: Document) -> None:
    if script.ends_at <= script.starts_at:
        (document.top / "ends").report("Het einde ligt niet na het begin.", next_step="Kies een later tijdstip.")
    names = [plan.name for plan in script.plans]
    for number, name in enumerate(names):
        if name in names[:number]:
            (document.top / "plans" / number / "name").report(
                f'De naam "{name}" komt twee keer voor.', next_step="Geef een van beide een andere naam."
            )


def _read_plan(part: PlanPart, groups: Groups, at: Place) -> Plan:
    if (part.open is None) == (part.cases is None):
        at.report("Een plan heeft precies een van open en for.", next_step="Kies er een.")
    if bool(part.acts) == bool(part.ways):
        at.report("Een plan heeft precies een van acts en ways.", next_step="Kies er een.")
    ways = part.ways or [WayPart(name=part.name, share=1.0, acts=part.acts)]
    place = at / "ways" if part.ways else at
    found = tuple(_read_way(way, groups, place / n if part.ways else at) for n, way in enumerate(ways))
    if sum(way.share for way in found) > _ALL:
        (at / "ways").report("De delen zijn samen meer dan 1.", next_step="Verklein een van de delen.")
    plan = Plan(name=part.name, workflow="", ways=found, count=part.count, where=at.where)
    if part.open is not None:
        opening = _read_act(part.open, groups, at / "open")
        return replace(plan, workflow=opening.name, opening=opening)
    if part.cases is None:
        return plan
    cases, there = part.cases, at / "for"
    condition = ALWAYS if cases.where is None else read_condition(cases.where, there / "where")
    return replace(plan, workflow=cases.workflow, subject=cases.subject, condition=condition, every=cases.every)


def _read_way(part: WayPart, groups: Groups, at: Place) -> Way:
    acts = tuple(_read_act(one, groups, at / "acts" / n) for n, one in enumerate(part.acts))
    return Way(name=part.name, share=part.share, acts=acts)


def _read_act(part: ActPart, groups: Groups, at: Place) -> ScriptedAct:
    kind, name = _what(part, at)
    if part.on is None and part.after is None:
        at.report("Er staat niet wanneer dit gebeurt.", next_step="Vul on of after in.")
    if part.on is not None and part.after is not None:
        (at / "after").report("Er staan twee tijden.", next_step="Kies een van on en after.")
    facts: dict[str, Expression | Draw] = {}
    for number, group in enumerate(part.groups):
        if group not in groups:
            (at / "with" / number).report(f'De groep "{group}" bestaat niet.', next_step=suggest(group, groups))
        facts |= groups.get(group, {})
    kinds = [kind.value for kind in BlockerKind]
    for number, reason in enumerate(part.refused):
        if reason not in kinds:
            step = suggest(reason, kinds)
            (at / "refused" / number).report(f'"{reason}" is geen reden van weigering.', next_step=step)
    return ScriptedAct(
        kind=kind,
        name=name,
        role=part.role,
        entry=part.entry,
        facts={
            **facts,
            **_read_values(part.facts, at / "set"),
            **_read_values(part.record, at / "record"),
        },
        at=None if part.on is None else _read_day_or_moment(part.on, at / "on"),
        after=None if part.after is None else _length(part.after, at / "after"),
        spread=0 if part.spread is None else _days(part.spread, at / "spread"),
        reason=part.reason,
        refused=tuple(part.refused),
        states=tuple(part.states),
        only=ALWAYS if part.only is None else read_condition(part.only, at / "only"),
        where=at.where,
    )


def _what(part: ActPart, at: Place) -> tuple[ActKind, str]:
    found = [
        (kind, name)
        for kind, name in (
            (ActKind.TAKE, part.transition),
            (ActKind.RECORD, "record" if part.record else ""),
            (ActKind.OPEN, part.opens),
        )
        if name
    ]
    if len(found) != 1:
        at.report("Een handeling heeft precies een van do, record en open.", next_step="Kies er een.")
        return ActKind.RECORD, "record"
    return found[0]


def _read_values(raw: Mapping[str, object], at: Place) -> dict[str, Expression | Draw]:
    return {fact: _read_value(value, at / fact) for fact, value in raw.items()}


def _read_value(raw: object, at: Place) -> Expression | Draw:
    if isinstance(raw, dict) and list(raw) == ["one_of"]:
        choices, place = raw["one_of"], at / "one_of"
        if not isinstance(choices, list) or not choices:
            place.report("Achter one_of hoort een lijst met waarden.", next_step="Schrijf {one_of: [a, b]}.")
            return Draw(choices=())
        return Draw(choices=tuple(read_expression(one, place / n) for n, one in enumerate(choices)))
    return read_expression(raw, at)


def _length(raw: object, at: Place) -> Period:
    length = read_length(raw, at) or Period(1, Unit.DAYS)
    if length.unit not in _COUNTED:
        at.report(f'"{raw}" kan hier niet.', next_step="Tel in uren, dagen, werkdagen of weken.")
    return length


def _days(raw: object, at: Place) -> int:
    length = read_length(raw, at)
    if length is None:
        return 0
    if length.unit not in _IN_DAYS:
        at.report(f'"{raw}" is geen aantal dagen of weken.', next_step='Schrijf bijvoorbeeld "10 days".')
    return length.amount * _IN_DAYS.get(length.unit, 1)


def _read_day_or_moment(raw: object, at: Place) -> datetime | date:
    if isinstance(raw, date):
        return raw
    at.report(f'"{raw}" is geen dag of tijdstip.', next_step="Schrijf 2026-08-01 of 2026-08-01 10:00.")
    return _LONG_AGO


def _read_moment(raw: object, at: Place) -> datetime:
    found = _read_day_or_moment(raw, at)
    return found if isinstance(found, datetime) else start_of_day(found)
