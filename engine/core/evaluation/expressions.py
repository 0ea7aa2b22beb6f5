"""The closed list of functions an expression may call, with the types they take and give.

A value that is unknown makes the result unknown, save where a signature says otherwise. There is no other way to
compute in the content.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from engine.core.content.organisation import Organisation
from engine.core.errors import UsageError
from engine.core.language.conditions import Compute, Expression, FactRef
from engine.core.language.facts import FactRule, FactType, Value
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import DayCounter
from engine.core.legal_clock.ledger import Started
from engine.core.legal_clock.period import Period, parse_period
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.receipt import judge_moment, judge_post
from engine.core.legal_clock.schoolyear import end_of_school_year, last_safe_receipt_day, school_year_of
from engine.core.legal_clock.terms import TermSpec, project
from engine.core.moment import end_of_day, start_of_day
from engine.core.quick_class import dataclass

Lookup = Callable[[str], Value | None]
"""Gives the value of a fact; None when it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a computation may use besides facts: the calendar, the registers, the declarations, term lengths."""

    calendar: Calendar
    organisation: Organisation | None = None
    region: str = ""
    fact_rules: Mapping[str, FactRule]
    term_lengths: Mapping[str, tuple[Period, bool]]


def evaluate_expression(expression: Expression, lookup: Lookup, around: Surroundings) -> Value | None:
    """The value of the expression; None when something it needs is unknown."""
    if isinstance(expression, FactRef):
        return lookup(expression.fact)
    if isinstance(expression, Compute):
        return _compute(expression, lookup, around)
    return expression.value


def is_sum(expression: Expression) -> bool:
    """Whether arithmetic gives this value."""
    return isinstance(expression, Compute) and FUNCTIONS[expression.function].run is None


def _compute(call: Compute, lookup: Lookup, around: Surroundings) -> Value | None:
    signature, values = FUNCTIONS[call.function], dict[str, Value]()
    if signature.run is None:
        from engine.core.evaluation.arithmetic import worth_of_sum  # exact numbers are slow to import, and rarely asked

        return worth_of_sum(call, lambda part: evaluate_expression(part, lookup, around))
    for name, argument in call.arguments:
        value = evaluate_expression(argument, lookup, around)
        if value is not None:
            values[name] = value
        elif name not in signature.may_be_unknown:
            return None
        if isinstance(argument, FactRef) and signature.kind_of(name) == "fact":
            values["fact"] = argument.fact
    try:
        return signature.run(values, around)
    except (OverflowError, ValueError):  # from `date`: there is no such year
        raise UsageError("computed_out_of_reach", of=_shown(values)) from None


def _shown(values: Mapping[str, Value]) -> list[str]:
    return [value.isoformat() if isinstance(value, date) else str(value) for value in values.values()]


def _shift(values: Mapping[str, Value], around: Surroundings) -> Value:
    day, counter = _as_day(values["date"]), school_counter(around, values.get("school"))
    if "plus" in values:
        return counter.end_after(day, parse_period(str(values["plus"])))
    return counter.start_before(day, parse_period(str(values["minus"])))


def school_counter(around: Surroundings, school: Value | None) -> DayCounter:
    """What counts days by the vacations of a school; where it is not known, by those of the region."""
    name = str(school or "")
    known = around.organisation.schools.get(name) if around.organisation else None
    return DayCounter(around.calendar, (known.region if known else "") or around.region, name)


def _school_year_end(values: Mapping[str, Value], _: Surroundings) -> Value:
    if "years" not in values:
        return school_year_of(_as_day(values["of"])).last_day
    return end_of_school_year(_as_day(values["of"]), _whole(values["years"]))


def _whole(value: Value) -> int:
    """A number of whole years. Raises UsageError for a part of one, which no school year has."""
    if not isinstance(value, int | float) or value != int(value):
        raise UsageError("part_of_a_year", given=value)
    return int(value)


def _last_safe_day(values: Mapping[str, Value], around: Surroundings) -> Value:
    length, termijnenwet = around.term_lengths[str(values["term"])]
    return last_safe_receipt_day(_as_day(values["before"]), length, around.calendar, termijnenwet)


def _last_day(values: Mapping[str, Value], around: Surroundings) -> Value:
    day = _as_day(values["from"])
    spec = TermSpec(
        period=parse_period(str(values["length"])),
        termijnenwet=bool(values.get("termijnenwet", False)),
        region=around.region,
    )
    start = Started(recorded_at=start_of_day(day), by="engine", day=day)
    last_day = project(spec, (start,), around.calendar).last_day
    assert last_day is not None  # a started clock that never stood still has a last day
    return last_day


def _minus(values: Mapping[str, Value], _: Surroundings) -> Value:
    without = set(_as_list(values["without"]))
    return tuple(item for item in _as_list(values["list"]) if item not in without)


def _union(values: Mapping[str, Value], _: Surroundings) -> Value:
    return tuple(dict.fromkeys((*_as_list(values["list"]), *_as_list(values["with"]))))


def _labels(values: Mapping[str, Value], around: Surroundings) -> Value:
    rule, value = around.fact_rules[str(values["fact"])], values["of"]

    def label(item: str) -> str:
        if not rule.choices_from:
            return rule.label_of(item)
        return around.organisation.name_in(rule.choices_from, item) if around.organisation else item

    return tuple(map(label, value)) if isinstance(value, tuple) else label(str(value))


def _types_of(values: Mapping[str, Value], around: Surroundings) -> Value:
    school = around.organisation.schools.get(str(values["of"])) if around.organisation else None
    return school.types if school else ()


def _in_time(values: Mapping[str, Value], around: Surroundings) -> bool | None:
    """Whether something came in before the end of `last_day`, or by post within `grace` after it (Awb 6:9).

    `received` is a day or `received_at` a moment. With `grace` the day of posting counts too: where that is not
    known and would make the difference, the answer is unknown (None). A day of posting after the receipt cannot
    be right, and then only the receipt counts.
    """
    last_day = _as_day(values["last_day"])
    projection = Projection(status="running", last_day=last_day, ends_at=end_of_day(last_day))
    if "received_at" in values:
        received_at = values["received_at"]
        assert isinstance(received_at, datetime)  # the checker refuses other content
        return judge_moment(projection, received_at).is_in_time
    received = _as_day(values["received"])
    if "grace" not in values:
        return received <= last_day
    possible: tuple[date | None, ...] = (None, min(received, last_day))
    if "posted" in values:
        posted = _as_day(values["posted"])
        possible = (posted if posted <= received else None,)
    grace, calendar = parse_period(str(values["grace"])), around.calendar
    answers = {
        judge_post(projection, received_on=received, posted_on=day, grace=grace, calendar=calendar).is_in_time
        for day in possible
    }
    return answers.pop() if len(answers) == 1 else None


def _as_day(value: Value) -> date:
    if isinstance(value, date):
        return value
    raise TypeError(f"a date is needed here, not {value!r}")  # the checker refuses such content


def _as_list(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


_Run = Callable[[Mapping[str, Value], Surroundings], Value | None]


@dataclass(frozen=True, slots=True)
class Signature:
    """What computes it, the kind that comes out, and the arguments with the kind of value they take.

    Arithmetic has no `run`: it is exact over all its parts together. `each` is the kind of every item of a list.

    Kinds: date, moment, number, list, text, yes_no, period (literal text), term (id of a term), fact (a reference),
    whole and rounding (literals). An argument in `may_be_unknown` is left out when its value is unknown.
    """

    run: _Run | None
    result: str
    arguments: Mapping[str, str]
    may_be_unknown: frozenset[str] = frozenset()
    each: str = ""

    def kind_of(self, argument: str) -> str:
        """The kind of value that this argument takes."""
        return self.each or self.arguments[argument]


FUNCTIONS: Mapping[str, Signature] = {
    "shift": Signature(
        _shift,
        "date",
        {"date": "date", "plus": "period", "minus": "period", "school": "text"},
        may_be_unknown=frozenset({"school"}),
    ),
    "school_year_end": Signature(_school_year_end, "date", {"of": "date", "years": "number"}),
    "school_year_start": Signature(
        lambda values, _: school_year_of(_as_day(values["of"])).first_day, "date", {"of": "date"}
    ),
    "last_safe_day": Signature(_last_safe_day, "date", {"before": "date", "term": "term"}),
    "last_day": Signature(_last_day, "date", {"from": "date", "length": "period", "termijnenwet": "yes_no"}),
    "in_time": Signature(
        _in_time,
        "yes_no",
        {"received": "date", "received_at": "moment", "last_day": "date", "posted": "date", "grace": "period"},
        may_be_unknown=frozenset({"posted"}),
    ),
    "minus": Signature(_minus, "list", {"list": "list", "without": "list"}),
    "union": Signature(_union, "list", {"list": "list", "with": "list"}),
    "count": Signature(lambda values, _: len(_as_list(values["of"])), "number", {"of": "list"}),
    **{name: Signature(None, "number", {}, each="number") for name in ("plus", "subtract", "times", "divide")},
    **{name: Signature(None, "number", {}, each="number") for name in ("min", "max")},
    "share": Signature(None, "number", {"part": "number", "of": "number"}),
    "days_between": Signature(None, "number", {"from": "date", "to": "date"}),
    "round": Signature(None, "number", {"value": "number", "decimals": "whole", "how": "rounding"}),
    **{name: Signature(_labels, "text", {"of": "fact"}) for name in ("labels", "name_of")},
    "types_of": Signature(_types_of, "list", {"of": "fact"}),
}

_TEXTS = frozenset({FactType.CHOICE, FactType.TEXT, FactType.PERSON})
KIND_BY_TYPE: Mapping[FactType, str] = {
    one: "list" if one.is_list else "text" if one in _TEXTS else one.value for one in FactType
}
"""The kind of value a fact of each type holds, in the words of `Signature`."""
