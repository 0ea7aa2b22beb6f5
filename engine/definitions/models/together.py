"""What the keys of one block say together: one table, read by the parser and written into the schemas for editors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cache
from typing import Any

from engine.core.language.facts import FactType
from engine.core.quick_class import dataclass
from engine.definitions.models.acts import TransitionPart
from engine.definitions.models.parts import ContentBlock
from engine.definitions.models.planned import PlannedPart
from engine.definitions.models.rule_set import FactPart, GatheredPart, RecordPart
from engine.definitions.models.scripts import PlanPart, ScriptActPart
from engine.definitions.models.terms import ReminderPart, TermPart
from engine.definitions.models.views import ViewPart
from engine.definitions.models.workflow import StatePart

Told = Callable[[Any, str], Mapping[str, object]]
"""What a message tells of a block, besides its place: of the block and the key under which it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDemand:
    """A demand on the keys of a block, told by `code` at the first of the keys `at` that is said, else at the block.

    It is made when a key of `of` has one of these values and, where `given` names keys, one of those is said. Then of
    the keys `one` exactly one, of `some` at least one and of `none` not one is said. A key is said when something
    stands behind it: `false`, an empty text and an empty list say nothing.
    """

    code: str
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    one: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    at_key: bool = True
    told: Told = lambda _, __: {}

    def is_met(self, part: ContentBlock) -> bool:
        """Whether the block says what is demanded, or nothing is demanded of it."""
        is_asked = all(_value(part, key) in values for key, values in self.of.items()) and (
            not self.given or any(is_said(part, key) for key in self.given)
        )
        return not is_asked or (
            (not self.one or sum(is_said(part, key) for key in self.one) == 1)
            and (not self.some or any(is_said(part, key) for key in self.some))
            and not any(is_said(part, key) for key in self.none)
        )

    def schema(self) -> dict[str, Any]:
        """The same demand as JSON Schema."""
        then: dict[str, Any] = {}
        if self.one:
            then["oneOf"] = [_said(key) for key in self.one]
        if self.some:
            then["anyOf"] = [_said(key) for key in self.some]
        if self.none:
            then["not"] = {"anyOf": [_said(key) for key in self.none]}
        asked: list[dict[str, Any]] = [
            {"required": [key], "properties": {key: {"enum": list(values)}}} for key, values in self.of.items()
        ]
        asked += [{"anyOf": [_said(key) for key in self.given]}] if self.given else []
        return {"if": {"allOf": asked}, "then": then} if asked else then


def is_said(part: ContentBlock, key: str) -> bool:
    """Whether something stands behind this key of the file."""
    name = _fields_by_key(type(part))[key]
    value = getattr(part, name)
    return name in part.model_fields_set and value is not None and value is not False and value not in ("", [], {})


def _said(key: str) -> dict[str, Any]:
    return {"required": [key], "properties": {key: {"not": {"enum": [False, "", [], {}]}}}}


def _value(part: ContentBlock, key: str) -> object:
    return getattr(part, _fields_by_key(type(part))[key])


@cache
def _fields_by_key(model: type[ContentBlock]) -> Mapping[str, str]:
    return {one.alias or name: name for name, one in model.model_fields.items()}


LENGTHS = ("length", "length_of")
_STANDS = ("suspended_in", "suspended_while")
_STANDSTILL = (*_STANDS, "suspends_on")
_STATUTORY = {"kind": ("statutory",)}
_TYPES = tuple(one.value for one in FactType)
_WITH_CHOICES = ("choice", "choices", "documents")
_LISTS = tuple(one.value for one in FactType if one.is_list)
_LISTED = ("choices", "choices_from")
LIMITS: Mapping[str, tuple[str, ...]] = {
    "number": ("at_least", "at_most", "whole", "unit"),
    "date": ("not_before", "not_after"),
    "moment": ("not_before", "not_after"),
    **dict.fromkeys(("text", "texts", "person", "persons"), ("pattern", "max_length", "lines", "prints")),
}
"""Which limits a fact of a type can have."""


def _limits() -> Iterator[KeyDemand]:
    # `prints: false` is no key that says nothing: that one the parser sees, and an editor does not.
    for name in dict.fromkeys(name for names in LIMITS.values() for name in names if name != "prints"):
        others = tuple(kind for kind in _TYPES if name not in LIMITS.get(kind, ()))
        yield KeyDemand(
            code="limit_of_other_type", of={"type": others}, none=(name,), at=(name,), told=_told_limit(name)
        )


def _told_limit(name: str) -> Told:
    return lambda part, _: {"name": name, "of": part.type, "fitting": LIMITS.get(part.type, ())}


def _fact(_: Any, name: str) -> Mapping[str, object]:
    return {"fact": name}


_OF_FACTS = (
    KeyDemand(code="choice_without_list", of={"type": _WITH_CHOICES}, one=_LISTED, told=_fact),
    KeyDemand(
        code="list_without_choice",
        of={"type": tuple(one for one in _TYPES if one not in _WITH_CHOICES)},
        none=_LISTED,
        told=lambda part, _: {"of": part.type},
    ),
    KeyDemand(code="fingerprint_of_no_form", given=("fingerprint",), some=("pattern",), told=_fact),
    KeyDemand(
        code="fingerprint_of_no_form",
        of={"type": tuple(one for one in _TYPES if one != "text")},
        given=("pattern",),  # without one the demand above tells it
        none=("fingerprint",),
        told=_fact,
    ),
    KeyDemand(code="no_question", given=("supplied_by",), some=("question",), told=_fact),
    KeyDemand(
        code="only_lists_gather",
        of={"type": tuple(one for one in _TYPES if one not in _LISTS)},
        none=("gathered",),
        at=("gathered",),
        at_key=False,
    ),
    *_limits(),
)
_OF_TERMS = (
    KeyDemand(code="length_or_until", one=(*LENGTHS, "until", "on_day")),
    KeyDemand(code="before_without_length", given=("before",), some=LENGTHS, at=("before",), at_key=False),
    KeyDemand(
        code="repeats_without_length",
        given=("repeats",),
        some=LENGTHS,
        none=("before", "anchor", "for_each"),
        at=("repeats",),
        at_key=False,
    ),
    KeyDemand(code="before_with_anchor", given=("before",), none=("anchor",), at=("anchor",), at_key=False),
    KeyDemand(
        code="two_beginnings", given=("starts_in", "starts_on"), none=("sending_of",), at=("sending_of",), at_key=False
    ),
    KeyDemand(code="statutory_without_basis", of=_STATUTORY, some=("basis",)),
    KeyDemand(
        code="act_on_terms_not_statutory",
        of={"kind": ("agreed", "target")},
        none=("termijnenwet",),
        at=("termijnenwet",),
        at_key=False,
    ),
    KeyDemand(code="decree_without_act", given=("in_decree",), some=("termijnenwet",), at=("in_decree",)),
    KeyDemand(code="standstill_without_ground", of=_STATUTORY, given=_STANDSTILL, some=("ground",), at=_STANDSTILL),
    KeyDemand(code="suspends_without_resumes", given=("suspends_on",), some=("resumes_on",)),
    KeyDemand(code="suspends_without_resumes", given=("resumes_on",), some=("suspends_on",)),
    KeyDemand(code="two_standstills", given=("suspends_on",), none=(*_STANDS, "follows"), at=_STANDSTILL),
)


def _transition(part: Any, _: str) -> Mapping[str, object]:
    return {"transition": part.id}


_BY_ITSELF = ("automatic", "on_term")
_OF_TRANSITIONS = (
    KeyDemand(code="who_or_what_takes", one=("by", *_BY_ITSELF), at_key=False, told=_transition),
    KeyDemand(code="automatic_without_when", given=("automatic",), some=("when",), at_key=False, told=_transition),
    KeyDemand(
        code="automatic_asks", given=_BY_ITSELF, none=("asks", "reason", "happened_on"), at_key=False, told=_transition
    ),
)
TOGETHER: Mapping[type[ContentBlock], tuple[KeyDemand, ...]] = {
    FactPart: _OF_FACTS,
    GatheredPart: (KeyDemand(code="gathers_nothing", some=("facts", "people"), at_key=False),),
    ViewPart: (KeyDemand(code="full_and_alike", given=("full",), none=("alike",), at=("alike",), at_key=False),),
    RecordPart: (KeyDemand(code="ends_without_life", given=("ends",), some=("life",), at=("ends",)),),
    TermPart: _OF_TERMS,
    ReminderPart: (
        KeyDemand(
            code="reminder_when",
            one=("after", "share", "before_end"),
            at_key=False,
            told=lambda part, _: {"given": [one for one in ("after", "share", "before_end") if is_said(part, one)]},
        ),
    ),
    StatePart: (
        KeyDemand(
            code="state_without_owner", some=("end", "owner"), at_key=False, told=lambda part, _: {"state": part.id}
        ),
    ),
    TransitionPart: _OF_TRANSITIONS,
    PlannedPart: (
        KeyDemand(code="planned_when", one=("on", "every", "every_of"), at_key=False),
        KeyDemand(code="planned_starts_twice", given=("on",), none=("since",), at=("since",), at_key=False),
    ),
    PlanPart: (
        KeyDemand(code="plan_open_or_for", one=("open", "for"), at_key=False),
        KeyDemand(code="plan_acts_or_ways", given=("acts",), none=("ways",), at_key=False),
        KeyDemand(code="records_without_opening", given=("records",), some=("open",), at=("records",), at_key=False),
    ),
    ScriptActPart: (
        KeyDemand(code="act_without_time", some=("on", "after"), at_key=False),
        KeyDemand(code="act_with_two_times", given=("on",), none=("after",), at=("after",), at_key=False),
        KeyDemand(
            code="wait_refused", given=("wait",), none=("refused", "about"), at=("refused", "about"), at_key=False
        ),
        KeyDemand(code="act_by_nobody", given=("do", "record", "correct", "open"), some=("as",), at_key=False),
    ),
}
"""The demands on each kind of block; a block that is a kind of another has those of that one too."""


def demands_on(model: type[ContentBlock]) -> tuple[KeyDemand, ...]:
    """The demands on a block, and on the blocks it is a kind of."""
    return tuple(one for kind in reversed(model.__mro__) for one in TOGETHER.get(kind, ()))
