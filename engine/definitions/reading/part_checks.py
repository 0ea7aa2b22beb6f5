"""What the keys of one block may not say together; each is a function of the block and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from engine.core.content.records import NUMBER
from engine.core.content.ruleset import SUSPENDED_WHILE
from engine.core.errors import UsageError
from engine.core.language.facts import LIFE, OF_CASE, WRITTEN_ON, FactType
from engine.core.legal_clock.period import Unit, parse_period
from engine.definitions.files.places import Place
from engine.definitions.models.ladders import LadderPart
from engine.definitions.models.office import InboxPart
from engine.definitions.models.organisation import MandatePart, PatternPart
from engine.definitions.models.parts import ContentBlock
from engine.definitions.models.rule_set import FactPart, RecordPart, RuleSetFile
from engine.definitions.models.terms import ReminderPart, TermPart
from engine.definitions.models.workflow import StatePart

Check = Callable[[Any, Place], None]


@cache
def checks_of(model: type[ContentBlock]) -> tuple[Check, ...]:
    """The checks of a block, and of the blocks it is a kind of."""
    return tuple(check for kind in reversed(model.__mro__) for check in _CHECKS.get(kind, ()))


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


_WITH_CHOICES = frozenset({"choice", "choices", "documents"})
_RESERVED = frozenset({"all", "any", "not", "today", "now", "term", "case", "actor", "letters"})


def _check_fact(part: FactPart, at: Place) -> None:
    fact_id = str(at.path[-1])
    if fact_id.split(".")[0] in _RESERVED:
        at.report("reserved_name", name=fact_id, at_key=True)
    given = bool(part.choices) + bool(part.choices_from)
    if part.type in _WITH_CHOICES and given != 1:
        at.report("choice_without_list", fact=fact_id, at_key=True)
    if part.type not in _WITH_CHOICES and given:
        at.report("list_without_choice", of=part.type, at_key=True)
    if part.fingerprint and (part.type != "text" or part.pattern is None):
        at.report("fingerprint_of_no_form", fact=fact_id, at_key=True)
    if part.supplied_by and not part.question:
        at.report("no_question", fact=fact_id, at_key=True)
    if part.gathered and not FactType(part.type).is_list:
        (at / "gathered").report("only_lists_gather")
    if part.gathered and not (part.gathered.facts or part.gathered.people):
        (at / "gathered").report("gathers_nothing")
    if part.gathered and part.gathered.people and part.type != FactType.PERSONS.value:
        (at / "gathered" / "people").report("only_persons_gather_people")


def _check_record(part: RecordPart, at: Place) -> None:
    for name in {NUMBER, LIFE, WRITTEN_ON, OF_CASE, part.belongs_to} & part.fields.keys():
        (at / "fields" / name).report("reserved_field", name=name, at_key=True)
    if part.replaced_as and part.replaced_as not in part.ends:
        (at / "replaced_as").report("replaced_as_no_end", name=part.replaced_as, known=tuple(part.ends))
    if part.ends and not part.life:
        (at / "ends").report("ends_without_life", at_key=True)
    for name in part.life.keys() & part.ends.keys():
        (at / "ends" / name).report("life_named_twice", name=name, at_key=True)


_LIMITS_BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "number": ("at_least", "at_most", "whole", "unit"),
    "date": ("not_before", "not_after"),
    "moment": ("not_before", "not_after"),
    **dict.fromkeys(("text", "texts", "person", "persons"), ("pattern", "max_length", "lines", "prints")),
}
_LIMITS = tuple(dict.fromkeys(name for names in _LIMITS_BY_TYPE.values() for name in names))


def _check_limits(part: FactPart, at: Place) -> None:
    fitting = _LIMITS_BY_TYPE.get(part.type, ())
    for name in sorted(part.model_fields_set.intersection(_LIMITS)):
        if name not in fitting:
            (at / name).report("limit_of_other_type", name=name, of=part.type, fitting=fitting, at_key=True)
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


def _check_pattern(part: PatternPart, at: Place) -> None:
    try:
        form = re.compile(part.form)
    except (re.error, OverflowError, RecursionError) as error:
        (at / "form").report("bad_form", written=part.form, error=str(error))
        return
    if not form.fullmatch(part.example):
        (at / "example").report("example_does_not_fit", given=part.example, written=part.form)


def _check_form(part: TermPart, at: Place) -> None:
    has_length = part.period is not None or part.length_of is not None
    if sum(one is not None for one in (part.period, part.length_of, part.until, part.on_day)) != 1:
        at.report("length_or_until", at_key=True)
    if part.before is not None and not has_length:
        (at / "before").report("before_without_length")
    if part.repeats and (not has_length or part.before is not None or part.anchor is not None or part.for_each):
        (at / "repeats").report("repeats_without_length")
    if part.before is not None and part.anchor is not None:
        (at / "anchor").report("before_with_anchor")
    if (part.starts_in or part.starts_on) and part.sending_of:
        (at / "sending_of").report("two_beginnings")


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


def _check_kind(part: TermPart, at: Place) -> None:
    if part.kind == "statutory" and not part.basis:
        at.report("statutory_without_basis", at_key=True)
    if part.termijnenwet and part.kind != "statutory":
        (at / "termijnenwet").report("act_on_terms_not_statutory")


def _check_decree(part: TermPart, at: Place) -> None:
    if part.in_decree and not part.termijnenwet:
        (at / "in_decree").report("decree_without_act", at_key=True)


def _check_standstill(part: TermPart, at: Place) -> None:
    stands = bool(part.suspended_in or part.suspended_while is not None)
    where = at / ("suspended_in" if part.suspended_in else "suspended_while" if stands else "suspends_on")
    if (stands or part.suspends_on) and part.kind == "statutory" and not part.ground:
        where.report("standstill_without_ground", at_key=True)
    if bool(part.suspends_on) is not bool(part.resumes_on):
        at.report("suspends_without_resumes", at_key=True)
    if part.suspends_on and (stands or part.follows):
        where.report("two_standstills", at_key=True)


def _check_reminder(part: ReminderPart, at: Place) -> None:
    given = [key for key in ("after", "share", "before_end") if getattr(part, key) is not None]
    if len(given) != 1:
        at.report("reminder_when", given=given)


def _check_mandate(part: MandatePart, at: Place) -> None:
    if part.valid_through and part.valid_through < part.valid_from:
        at.report("mandate_ends_first", mandate=part.id)


def _check_state(part: StatePart, at: Place) -> None:
    if not part.outcome and not part.owner:
        at.report("state_without_owner", state=part.id)


_CHECKS: Mapping[type, tuple[Check, ...]] = {
    InboxPart: (_check_inbox,),
    FactPart: (_check_fact, _check_limits),
    LadderPart: (_check_ladder,),
    MandatePart: (_check_mandate,),
    RecordPart: (_check_record,),
    PatternPart: (_check_pattern,),
    ReminderPart: (_check_reminder,),
    RuleSetFile: (_check_rule_set,),
    StatePart: (_check_state,),
    TermPart: (_check_form, _check_hours, _check_sendings, _check_kind, _check_decree, _check_standstill),
}
