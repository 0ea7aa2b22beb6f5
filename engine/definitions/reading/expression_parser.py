"""Values of the content language to core expressions, by the table in `grammar`."""

from __future__ import annotations

from datetime import date, datetime

from engine.core.errors import DefinitionError
from engine.core.language.conditions import Compute, Expression, FactRef, Literal
from engine.core.language.facts import Value
from engine.core.legal_clock.period import Period, parse_period
from engine.definitions.files.places import Place
from engine.definitions.reading.grammar import FUNCTIONS, REFERENCES, Function, LanguagePart
from engine.definitions.reading.model_check import bare

NOTHING = Literal(value="")
"""Stands in for an expression that could not be read, so that reading can go on."""


def read_expression(raw: object, at: Place) -> Expression:
    """The expression at this place; what is wrong with it is reported there."""
    if isinstance(raw, dict):
        return _read_computed(raw, at)
    if isinstance(raw, list):
        return Literal(value=read_texts(raw, at))
    return Literal(value=_scalar(raw))


def read_texts(raw: list[object], at: Place) -> tuple[str, ...]:
    """A list of texts; anything else in it is reported."""
    for number, item in enumerate(raw):
        if not isinstance(item, str):
            (at / number).report("texts_only", given=bare(item))
    return tuple(str(item) for item in raw)


def read_length(raw: object, at: Place) -> Period | None:
    """The length at this place, such as "8 weeks"; None, with a problem, when it is none."""
    if isinstance(raw, list | dict):
        at.report("one_expected", name=str(at.path[-1]), given=bare(raw))
        return None
    try:
        return parse_period(raw, at.where)
    except DefinitionError as error:
        at.refused(error)
        return None


def _read_computed(raw: dict[str, object], at: Place) -> Expression:
    if len(raw) != 1:
        at.report("one_value", count=len(raw), keys=tuple(raw), known=(*REFERENCES, *FUNCTIONS))
        return NOTHING
    (word, value) = next(iter(raw.items()))
    if word in REFERENCES:
        return _read_reference(word, value, at / word)
    if word in FUNCTIONS:
        return _read_call(word, FUNCTIONS[word], value, at / word)
    (at / word).report("no_such_value", word=word, known={*REFERENCES, *FUNCTIONS}, at_key=True)
    return NOTHING


def _read_reference(word: str, value: object, at: Place) -> Expression:
    if not isinstance(value, str):
        at.report("name_expected", word=word)
        return NOTHING
    if word == "fact":
        return FactRef(fact=value)
    if word == "term":
        return FactRef(fact=f"term.{value}.last_day")
    if word == "term_days":
        return FactRef(fact=f"term.{value}.days")
    parameters = at.document.parameters
    if value not in parameters:
        at.report("unknown_parameter", parameter=value, known=parameters)
        return NOTHING
    return Literal(value=parameters[value])


def _read_call(name: str, function: Function, value: object, at: Place) -> Expression:
    if function.direct:
        return Compute(function=name, arguments=((function.direct, read_expression(value, at)),))
    if function.each:
        return _read_list_call(name, value, at)
    if not isinstance(value, dict):
        at.report("arguments_by_name", function=name, arguments=tuple(function.arguments))
        return NOTHING
    _check_arguments(name, function, value, at)
    arguments = tuple(
        (key, _read_argument(function.arguments[key].part, part, at / key))
        for key, part in value.items()
        if key in function.arguments
    )
    return Compute(function=name, arguments=arguments)


def _read_list_call(name: str, value: object, at: Place) -> Expression:
    if not isinstance(value, list) or len(value) < 2:
        at.report("numbers_expected", function=name)
        return NOTHING
    parts = ((str(number), read_expression(part, at / (number - 1))) for number, part in enumerate(value, 1))
    return Compute(function=name, arguments=tuple(parts))


def _check_arguments(name: str, function: Function, value: dict[str, object], at: Place) -> None:
    for key in value:
        if key not in function.arguments:
            (at / key).report("unknown_argument", function=name, argument=key, known=function.arguments, at_key=True)
    if function.one_of and len(function.one_of & value.keys()) != 1:
        at.report("one_argument_of", function=name, arguments=function.one_of)
    for key in function.arguments.keys() - function.optional - function.one_of - value.keys():
        at.report("argument_missing", function=name, argument=key, about=function.text)
    for key in function.needs.keys() & value.keys():
        for other in (one for one in function.needs[key] if one not in value):
            (at / key).report("argument_needs", function=name, argument=key, other=other, about=function.text)


def _read_argument(part: LanguagePart, raw: object, at: Place) -> Expression:
    if part is LanguagePart.LENGTH:
        return Literal(value=str(read_length(raw, at)))
    if part is LanguagePart.YES_NO:
        return read_yes_no(raw, at)
    if part is LanguagePart.TERM:
        return _read_term(raw, at)
    if part is LanguagePart.FACT_REF:
        return _read_fact(raw, at)
    if part is LanguagePart.DECIMALS:
        return _read_one_of(raw, tuple(range(7)), at)
    if part is LanguagePart.ROUNDING:
        return _read_one_of(raw, ("half_up", "up", "down"), at)
    return read_expression(raw, at)


def _read_one_of(raw: object, known: tuple[int | str, ...], at: Place) -> Literal:
    if isinstance(raw, int | str) and not isinstance(raw, bool) and raw in known:
        return Literal(value=raw)
    at.report("none_of_these", given=bare(raw), known=tuple(map(str, known)))
    return NOTHING


def _read_term(raw: object, at: Place) -> Literal:
    if isinstance(raw, str):
        return Literal(value=raw)
    at.report("term_name_expected")
    return NOTHING


def _read_fact(raw: object, at: Place) -> Expression:
    if isinstance(raw, dict) and list(raw) == ["fact"] and isinstance(raw["fact"], str):
        return FactRef(fact=raw["fact"])
    at.report("fact_expected")
    return NOTHING


def read_yes_no(raw: object, at: Place) -> Literal:
    """A yes/no literal; anything else is reported."""
    if isinstance(raw, bool):
        return Literal(value=raw)
    at.report("yes_no_expected", given=bare(raw))
    return Literal(value=False)


def _scalar(raw: object) -> Value:
    assert isinstance(raw, bool | int | float | str | date | datetime)
    return raw
