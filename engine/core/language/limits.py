"""What a value may be, whoever gives it: the bounds of its fact, and what any store, calendar and letter can hold.

A bound that follows from another fact (a day after the request) needs a case, and is checked where one is decided
(`engine.core.deciding.checks`); all others here, by the value alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from engine.core.language.conditions import Compute, Expression, FactRef, Literal
from engine.core.language.facts import TODAY, DayLimit, FactRule, Limited, Value
from engine.core.language.signs import SHEET_ERRORS, hidden_sign, is_blank, name_of_sign, unprintable_sign
from engine.core.message import Message
from engine.core.moment import local_day

# Far enough for anybody's birth and any term, and near enough that no computation leaves the calendar.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
# What a number keeps exactly in JSON, in every database and in a spreadsheet.
_LARGEST = 10**12
_MOST_ITEMS = 100

_PYTHON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "yes_no": bool, "number": (int, float), "date": date, "moment": datetime, "text": str, "list": tuple,
}  # fmt: skip


_LIMITS = ("at_least", "at_most", "not_before", "not_after", "pattern", "max_length")


def over(below: FactRule, above: FactRule) -> FactRule:
    """A fact as a higher layer says it, with the limits of the layer below that it is silent about.

    Who words a question anew loosens nothing by that. Whether a limit it does say is wider, is found when it is read.
    """
    kept = {name: getattr(below, name) for name in _LIMITS if getattr(above, name) is None}
    both = {name: getattr(above, name) or getattr(below, name) for name in ("whole", "special_category", "own_word")}
    return replace(above, unit=above.unit or below.unit, **kept, **both)


def all_over(*layers: Mapping[str, FactRule]) -> dict[str, FactRule]:
    """The facts of these layers by name, lowest first."""
    found: dict[str, FactRule] = {}
    for layer in layers:
        found |= {name: over(found[name], rule) if name in found else rule for name, rule in layer.items()}
    return found


def is_of_kind(value: Value, kind: str) -> bool:
    """Whether the value is of this kind. Not as in Python: a yes/no is never a number, and a moment never a date."""
    if isinstance(value, bool) is not (kind == "yes_no") or isinstance(value, datetime) is not (kind == "moment"):
        return False
    return isinstance(value, _PYTHON_TYPES[kind])


def broken_limit(rule: FactRule, value: Value) -> Message | None:
    """Why the fact cannot have this value, of the right kind already; None when it can."""
    if isinstance(value, str):
        return _text_fault(rule, value)
    if isinstance(value, tuple):
        return _items_fault(rule, value)
    if isinstance(value, bool):
        return None
    if isinstance(value, date):
        return _day_fault(rule, day_of(value))
    return _number_fault(rule, value)


def day_of(value: date) -> date:
    """The day of a value; of a moment its local day."""
    return local_day(value) if isinstance(value, datetime) else value


def reach_fault(day: date) -> Message | None:
    """Why no value may be this day; None when it lies within what the program reckons with."""
    if FIRST_DAY <= day <= LAST_DAY:
        return None
    return Message("day_out_of_reach", {"day": day.isoformat(), "first": FIRST_DAY, "last": LAST_DAY})


def limit_fault(value: date, which: str, limit: date, bound: DayLimit) -> Message | None:
    """Why the day lies beyond this limit (`not_before` or `not_after`, the day itself allowed); None: it does not."""
    if value >= limit if which == "not_before" else value <= limit:
        return None
    basis = (bound.fact, bound.plus, bound.minus)
    return Message(
        "day_too_early" if which == "not_before" else "day_too_late", {"day": value, "limit": limit, "basis": basis}
    )


def _day_fault(rule: FactRule, day: date) -> Message | None:
    found = reach_fault(day)
    for which, bound in (("not_before", rule.not_before), ("not_after", rule.not_after)):
        if found is None and bound is not None and bound.day is not None:
            found = limit_fault(day, which, bound.day, bound)
    return found


def _relative_limits(rule: FactRule) -> Iterator[tuple[DayLimit, str, Expression]]:
    """The first and last day that follow from another fact: which, and how it is found."""
    for which, limit in (("not_before", rule.not_before), ("not_after", rule.not_after)):
        if limit is not None and limit.fact:
            yield limit, which, _day_of_limit(limit)


def _day_of_limit(limit: DayLimit) -> Expression:
    of = FactRef(fact=limit.fact)
    away = {name: text for name, text in (("plus", limit.plus), ("minus", limit.minus)) if text}
    if not away:
        return of
    lengths = ((name, Literal(value=text)) for name, text in away.items())
    return Compute(function="shift", arguments=(("date", of), *lengths))


class LimitedDays:
    """The facts with a first or last day that follows from another fact.

    `limits`: of each which, and how it is found. `standing`: those that do not follow from today alone.
    `touched_by`: by fact those to be looked at when it changes, for limits look both ways.
    """

    def __init__(self, facts: Mapping[str, FactRule]) -> None:
        found = {fact: tuple(_relative_limits(rule)) for fact, rule in facts.items()}
        self.limits = {fact: limits for fact, limits in found.items() if limits}
        self.standing = frozenset(
            fact for fact, limits in self.limits.items() if any(one.fact != TODAY for one, *_ in limits)
        )
        touched: dict[str, set[str]] = {}
        for fact, bounds in self.limits.items():
            for touching in (fact, *(bound.fact for bound, *_ in bounds)):
                touched.setdefault(touching, set()).add(fact)
        self.touched_by = {fact: frozenset(some) for fact, some in touched.items()}


def _number_fault(rule: FactRule, value: int | float) -> Message | None:
    if not -_LARGEST <= value <= _LARGEST:  # written so that it is true of what is no number (NaN)
        return Message("number_out_of_reach", {"limit": _LARGEST})
    if rule.whole and value != int(value):
        return Message("number_not_whole", {"given": value, "range": _range(rule)})
    too_low = rule.at_least is not None and value < rule.at_least
    if too_low or (rule.at_most is not None and value > rule.at_most):
        return Message("number_too_low" if too_low else "number_too_high", {"given": value, "range": _range(rule)})
    return None


def _range(rule: FactRule) -> tuple[object, ...]:
    return rule.at_least, rule.at_most, rule.unit


def _items_fault(rule: FactRule, items: tuple[str, ...]) -> Message | None:
    if len(items) > _MOST_ITEMS:
        return Message("too_many_items", {"given": len(items), "most": _MOST_ITEMS})
    return next(filter(None, (_text_fault(rule, item) for item in items)), None)


def _text_fault(rule: FactRule, text: str) -> Message | None:
    if is_blank(text):
        return Message("value_is_blank", {"is_list": rule.type.is_list})
    return text_fault(rule, text) or _pattern_fault(rule, text)


def text_fault(rule: Limited, text: str) -> Message | None:
    """Why this cannot be kept as a text: signs, lines, length; None when it can."""
    lines = text.count("\n") + 1
    if text.upper() in SHEET_ERRORS:
        return Message("value_of_a_sheet", {"text": text})
    if sign := hidden_sign(text):
        return Message("sign_is_hidden", {"sign": name_of_sign(sign)})
    if lines > rule.lines:
        return Message("too_many_lines", {"given": lines, "most": rule.lines})
    if len(text) > rule.longest:
        return Message("text_too_long", {"given": len(text), "most": rule.longest})
    if rule.prints and (sign := unprintable_sign(text)):
        return Message("sign_not_printed", {"sign": name_of_sign(sign)})
    return None


def _pattern_fault(rule: FactRule, text: str) -> Message | None:
    pattern = rule.pattern
    if pattern is None or _compiled(pattern.form).fullmatch(text):
        return None
    told = {"text": text, "label": pattern.label, "words": pattern.words, "example": pattern.example}
    return Message("pattern_not_met", told)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form)
