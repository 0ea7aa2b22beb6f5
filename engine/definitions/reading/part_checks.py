"""What the keys of one block may not say together; each is a function of the block and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from engine.core.content.records import NUMBER
from engine.core.content.term_rules import SUSPENDED_WHILE
from engine.core.errors import DefinitionError, UsageError
from engine.core.language.facts import LIFE, OF_CASE, WRITTEN_ON, FactType
from engine.core.legal_clock.calendar import YearDay
from engine.core.legal_clock.period import Unit, parse_period
from engine.core.legal_clock.rounds import UNITS
from engine.definitions.files.places import Place
from engine.definitions.models.ladders import LadderPart
from engine.definitions.models.office import InboxPart
from engine.definitions.models.organisation import MandatePart, PatternPart
from engine.definitions.models.parts import ContentBlock
from engine.definitions.models.planned import PlannedPart
from engine.definitions.models.rule_set import FactPart, RecordPart, RuleSetFile
from engine.definitions.models.terms import TermPart
from engine.definitions.models.together import LIMITS, demands_on, is_said

Check = Callable[[Any, Place], None]


@cache
def checks_of(model: type[ContentBlock]) -> tuple[Check, ...]:
    """The checks of a block, and of the blocks it is a kind of."""
    own = tuple(check for kind in reversed(model.__mro__) for check in _CHECKS.get(kind, ()))
    return (_check_together, *own) if demands_on(model) else own


def _check_together(part: ContentBlock, at: Place) -> None:
    for demand in demands_on(type(part)):
        if not demand.is_met(part):
            key = next((key for key in demand.at if is_said(part, key)), "")
            place = at / key if key else at
            place.report(demand.code, at_key=demand.at_key, **demand.told(part, str(at.path[-1])))


def _check_rule_set(part: RuleSetFile, at: Place) -> None:
    refuse_doubles([rule.id for rule in part.rules], at / "rules")
    refuse_doubles([table.id for table in part.tables], at / "tables")


def _check_ladder(part: LadderPart, at: Place) -> None:
    refuse_doubles([rung.id for rung in part.rungs], at / "rungs")


def refuse_doubles(names: Sequence[str], at: Place, key: str = "") -> None:
    """Report every name that stood there before: where its key stands, or where the part begins when it is an id."""
    for number, name in enumerate(names):
        if name in names[:number]:
            place = at / number / key if key else at / number
            place.report("double_name" if key else "double_id", name=name)


_RESERVED = frozenset({"all", "any", "not", "today", "now", "term", "case", "actor", "letters", "planned"})


def _check_fact(part: FactPart, at: Place) -> None:
    fact_id = str(at.path[-1])
    if fact_id.split(".")[0] in _RESERVED:
        at.report("reserved_name", name=fact_id, at_key=True)
    if part.gathered and part.gathered.people and part.type != FactType.PERSONS.value:
        (at / "gathered" / "people").report("only_persons_gather_people")


def _check_record(part: RecordPart, at: Place) -> None:
    for name in {NUMBER, LIFE, WRITTEN_ON, OF_CASE, part.belongs_to} & part.fields.keys():
        (at / "fields" / name).report("reserved_field", name=name, at_key=True)
    if part.replaced_as and part.replaced_as not in part.ends:
        (at / "replaced_as").report("replaced_as_no_end", name=part.replaced_as, known=tuple(part.ends))
    for name in part.life.keys() & part.ends.keys():
        (at / "ends" / name).report("life_named_twice", name=name, at_key=True)


def _check_limits(part: FactPart, at: Place) -> None:
    fitting = LIMITS.get(part.type, ())
    if "prints" in part.model_fields_set and "prints" not in fitting:
        (at / "prints").report("limit_of_other_type", name="prints", of=part.type, fitting=fitting, at_key=True)
    if part.at_least is not None and part.at_most is not None and part.at_least > part.at_most:
        (at / "at_least").report("limits_cross", first="at_least", last="at_most")
    if isinstance(part.not_before, date) and isinstance(part.not_after, date) and part.not_before > part.not_after:
        (at / "not_before").report("limits_cross", first="not_before", last="not_after")


def _check_inbox(part: InboxPart, at: Place) -> None:
    for name in ("ahead", "read_within"):
        try:
            length = parse_period(said) if (said := getattr(part, name)) is not None else None
        except UsageError:
            continue  # the reader tells what is wrong with it
        if length is not None and length.unit not in (Unit.DAYS, Unit.WEEKS):
            (at / name).report("days_or_weeks", given=str(length))


def _check_planned(part: PlannedPart, at: Place) -> None:
    """Days that every year has, and a length that can come round; what starts it belongs to how it is counted."""
    refuse_doubles(part.on, at / "on")
    for key, days in (("on", part.on), ("since", [part.since] if part.since else [])):
        for number, day in enumerate(days):
            try:
                YearDay(month_day=day, label="")
            except DefinitionError as error:
                (at / key / number if key == "on" else at / key).refused(error)
    try:
        length = parse_period(part.every) if part.every is not None else None
    except UsageError:
        return  # the reader tells what is wrong with it
    unit = length.unit if length else Unit(part.every_of.unit.replace(" ", "_")) if part.every_of else None
    if unit is not None and unit not in UNITS:
        (at / ("every" if length else "every_of")).report("planned_unit", given=str(length or unit.value))
    elif length is not None and not length.amount:
        (at / "every").report("planned_every_nothing")
    if "first_week" in part.model_fields_set and unit is not Unit.SCHOOL_WEEKS:
        (at / "first_week").report("planned_start", name="first_week", at_key=True)
    if part.since and unit is Unit.SCHOOL_WEEKS:
        (at / "since").report("planned_start", name="since", at_key=True)


def _check_pattern(part: PatternPart, at: Place) -> None:
    try:
        form = re.compile(part.form)
    except (re.error, OverflowError, RecursionError) as error:
        (at / "form").report("bad_form", written=part.form, error=str(error))
        return
    if not form.fullmatch(part.example):
        (at / "example").report("example_does_not_fit", given=part.example, written=part.form)


def _check_hours(part: TermPart, at: Place) -> None:
    length = str(part.period) if part.period is not None else part.length_of.unit if part.length_of else ""
    in_hours = length.endswith("hours")
    if part.hours and (not in_hours or (part.hours == "office" and part.before is not None)):
        (at / "hours").report("hours_of_no_hours")


def _check_sendings(part: TermPart, at: Place) -> None:
    """What counts from a sending is something the term names; a day 0 of its own would say otherwise."""
    acts = [one.by for one in (part.extension, part.deferral) if one is not None]
    starts = {*part.starts_in, *part.starts_on}
    named = {*starts, *part.suspended_in, *part.suspends_on, *acts}
    if part.suspended_while is not None:
        named.add(SUSPENDED_WHILE)
    for name in part.from_sending:
        place = at / "from_sending" / name
        if name not in named:
            place.report("sending_of_nothing", name=name, known=named, at_key=True)
        elif (name in starts and (part.anchor is not None or part.before is not None)) or (
            # A clock of a record is begun, moved or held up by an act that has the record at hand, and by no state.
            part.for_each and name in {*part.starts_in, *part.suspended_in, SUSPENDED_WHILE}
        ):
            place.report("sending_with_day_zero", name=name, at_key=True)


def _check_mandate(part: MandatePart, at: Place) -> None:
    if part.valid_through and part.valid_through < part.valid_from:
        at.report("mandate_ends_first", mandate=part.id)


_CHECKS: Mapping[type, tuple[Check, ...]] = {
    InboxPart: (_check_inbox,),
    FactPart: (_check_fact, _check_limits),
    LadderPart: (_check_ladder,),
    MandatePart: (_check_mandate,),
    RecordPart: (_check_record,),
    PatternPart: (_check_pattern,),
    PlannedPart: (_check_planned,),
    RuleSetFile: (_check_rule_set,),
    TermPart: (_check_hours, _check_sendings),
}
