"""What the keys of one block may not say together; each is a function of the block and its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from engine.core.content.records import LIFE, NUMBER, WRITTEN_ON
from engine.core.language.facts import FactType
from engine.definitions.files.places import Place
from engine.definitions.models.ladders import LadderPart
from engine.definitions.models.organisation import MandatePart
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
    if part.supplied_by and not part.question:
        at.report("no_question", fact=fact_id, at_key=True)
    if part.gathered and not FactType(part.type).is_list:
        (at / "gathered").report("only_lists_gather")


def _check_record(part: RecordPart, at: Place) -> None:
    for number, name in enumerate(part.needs):
        if name not in part.fields:
            (at / "needs" / number).report("needs_no_field", name=name, known=tuple(part.fields))
    for name in {NUMBER, LIFE, WRITTEN_ON, part.belongs_to} & part.fields.keys():
        (at / "fields" / name).report("reserved_field", name=name, at_key=True)
    if part.ends and not part.life:
        (at / "ends").report("ends_without_life", at_key=True)
    for name in part.life.keys() & part.ends.keys():
        (at / "ends" / name).report("life_named_twice", name=name, at_key=True)


def _check_form(part: TermPart, at: Place) -> None:
    if (part.period is None) == (part.until is None):
        at.report("length_or_until", at_key=True)
    if part.before is not None and part.period is None:
        (at / "before").report("before_without_length")
    if part.before is not None and part.anchor is not None:
        (at / "anchor").report("before_with_anchor")
    if (part.starts_in or part.starts_on) and part.sending_of:
        (at / "sending_of").report("two_beginnings")


def _check_kind(part: TermPart, at: Place) -> None:
    if part.kind == "statutory" and not part.basis:
        at.report("statutory_without_basis", at_key=True)
    if part.termijnenwet and part.kind != "statutory":
        (at / "termijnenwet").report("act_on_terms_not_statutory")


def _check_decree(part: TermPart, at: Place) -> None:
    if part.in_decree and not part.termijnenwet:
        (at / "in_decree").report("decree_without_act", at_key=True)


def _check_standstill(part: TermPart, at: Place) -> None:
    where = at / ("suspended_in" if part.suspended_in else "suspends_on")
    if (part.suspended_in or part.suspends_on) and part.kind == "statutory" and not part.ground:
        where.report("standstill_without_ground", at_key=True)
    if bool(part.suspends_on) is not bool(part.resumes_on):
        at.report("suspends_without_resumes", at_key=True)
    if part.suspends_on and (part.suspended_in or part.follows):
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
    FactPart: (_check_fact,),
    LadderPart: (_check_ladder,),
    MandatePart: (_check_mandate,),
    RecordPart: (_check_record,),
    ReminderPart: (_check_reminder,),
    RuleSetFile: (_check_rule_set,),
    StatePart: (_check_state,),
    TermPart: (_check_form, _check_kind, _check_decree, _check_standstill),
}
