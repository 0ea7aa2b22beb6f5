"""The closed list of functions an expression may call, with the types they take and give.

A value that is unknown makes the result unknown, save where a signature says otherwise. There is no other way to
compute in the content.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from engine.core.content.organisation import Organisation
from engine.core.evaluation.law_functions import is_in_time, penalty_in_euros
from engine.core.language.conditions import Compute, Expression, FactRef
from engine.core.language.facts import FactRule, FactType, Value
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import DayCounter
from engine.core.legal_clock.ledger import Started
from engine.core.legal_clock.period import Period, parse_period
from engine.core.legal_clock.schoolyear import end_of_school_year, last_safe_receipt_day, school_year_of
from engine.core.legal_clock.terms import TermSpec, project
from engine.core.moment import start_of_day
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Argument names with the kind of value they take, and the kind that comes out.

    Kinds: date, moment, number, list, text, yes_no, period (literal text), rates (literal texts), term (id of a
    term), fact (a reference). An argument in `may_be_unknown` is left out when its value is unknown.
    """

    arguments: Mapping[str, str]
    result: str
    optional: frozenset[str] = frozenset()
    may_be_unknown: frozenset[str] = frozenset()


FUNCTIONS: Mapping[str, Signature] = {
    "shift": Signature(
        arguments={"date": "date", "plus": "period", "minus": "period"},
        result="date",
        optional=frozenset({"plus", "minus"}),
    ),
    "school_year_end": Signature(
        arguments={"of": "date", "years": "number"}, result="date", optional=frozenset({"years"})
    ),
    "school_year_start": Signature(arguments={"of": "date"}, result="date"),
    "last_safe_day": Signature(arguments={"before": "date", "term": "term"}, result="date"),
    "last_day": Signature(
        arguments={"from": "date", "length": "period", "termijnenwet": "yes_no"},
        result="date",
        optional=frozenset({"termijnenwet"}),
    ),
    "in_time": Signature(
        arguments={
            "received": "date",
            "received_at": "moment",
            "last_day": "date",
            "posted": "date",
            "grace": "period",
        },
        result="yes_no",
        optional=frozenset({"received", "received_at", "posted", "grace"}),
        may_be_unknown=frozenset({"posted"}),
    ),
    "penalty": Signature(
        arguments={"default_ends": "date", "done": "date", "day": "date", "rates": "rates"},
        result="number",
        optional=frozenset({"done"}),
        may_be_unknown=frozenset({"done"}),
    ),
    "minus": Signature(arguments={"list": "list", "without": "list"}, result="list"),
    "union": Signature(arguments={"list": "list", "with": "list"}, result="list"),
    "count": Signature(arguments={"of": "list"}, result="number"),
    "labels": Signature(arguments={"of": "fact"}, result="text"),
    "name_of": Signature(arguments={"of": "fact"}, result="text"),
}


def evaluate_expression(expression: Expression, lookup: Lookup, around: Surroundings) -> Value | None:
    """The value of the expression; None when something it needs is unknown."""
    if isinstance(expression, FactRef):
        return lookup(expression.fact)
    if isinstance(expression, Compute):
        return _compute(expression, lookup, around)
    return expression.value


def _compute(call: Compute, lookup: Lookup, around: Surroundings) -> Value | None:
    values: dict[str, Value] = {}
    for name, argument in call.arguments:
        value = evaluate_expression(argument, lookup, around)
        if value is not None:
            values[name] = value
        elif name not in FUNCTIONS[call.function].may_be_unknown:
            return None
    if call.function in _REGISTER_FUNCTIONS:
        source = dict(call.arguments)["of"]
        assert isinstance(source, FactRef)
        return _REGISTER_FUNCTIONS[call.function](source.fact, values["of"], around)
    return _FUNCTIONS[call.function](values, around)


def _shift(values: Mapping[str, Value], around: Surroundings) -> Value:
    day, counter = _as_day(values["date"]), DayCounter(around.calendar, around.region)
    if "plus" in values:
        return counter.end_after(day, parse_period(str(values["plus"])))
    return counter.start_before(day, parse_period(str(values["minus"])))


def _school_year_end(values: Mapping[str, Value], _: Surroundings) -> Value:
    if "years" not in values:
        return school_year_of(_as_day(values["of"])).last_day
    return end_of_school_year(_as_day(values["of"]), int(str(values["years"])))


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


def _labels(fact: str, value: Value, around: Surroundings) -> Value:
    rule = around.fact_rules[fact]
    if rule.choices_from:
        register, organisation = rule.choices_from, around.organisation
        if isinstance(value, tuple):
            return tuple(name_in_register(register, item, organisation) for item in value)
        return name_in_register(register, str(value), organisation)
    if isinstance(value, tuple):
        return tuple(rule.label_of(item) for item in value)
    return rule.label_of(str(value))


def name_in_register(register: str, number: str, organisation: Organisation | None) -> str:
    """The name of a school, board or body by its id; the id itself when the register does not hold it."""
    if organisation is None:
        return number
    if register == "schools":
        school = organisation.schools.get(number)
        return school.name if school else number
    if register == "boards":
        board = organisation.boards.get(number)
        return board.name if board else number
    body = organisation.bodies.get(number)
    return body.label if body else number


def _as_day(value: Value) -> date:
    if isinstance(value, date):
        return value
    raise TypeError(f"a date is needed here, not {value!r}")  # the checker refuses such content


def _as_list(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


_FUNCTIONS: Mapping[str, Callable[[Mapping[str, Value], Surroundings], Value | None]] = {
    "shift": _shift,
    "school_year_end": _school_year_end,
    "school_year_start": lambda values, _: school_year_of(_as_day(values["of"])).first_day,
    "last_safe_day": _last_safe_day,
    "last_day": _last_day,
    "in_time": lambda values, around: is_in_time(values, around.calendar),
    "penalty": lambda values, _: penalty_in_euros(values),
    "minus": _minus,
    "union": _union,
    "count": lambda values, _: len(_as_list(values["of"])),
}
_REGISTER_FUNCTIONS: Mapping[str, Callable[[str, Value, Surroundings], Value]] = {
    "labels": _labels,
    "name_of": _labels,
}

KIND_BY_TYPE: Mapping[FactType, str] = {
    FactType.YES_NO: "yes_no",
    FactType.NUMBER: "number",
    FactType.DATE: "date",
    FactType.MOMENT: "moment",
    FactType.CHOICE: "text",
    FactType.TEXT: "text",
    FactType.PERSON: "text",
    FactType.CHOICES: "list",
    FactType.TEXTS: "list",
    FactType.PERSONS: "list",
    FactType.DOCUMENTS: "list",
}
"""The kind of value a fact of each type holds, in the words of `Signature`."""
