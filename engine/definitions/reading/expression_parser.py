"""Values of the content language to core expressions, by the table in `grammar`."""

from __future__ import annotations

from datetime import date, datetime

from engine.core.errors import DefinitionError
from engine.core.evaluation.expressions import write_rate
from engine.core.language.conditions import Compute, Expression, FactRef, Literal
from engine.core.language.facts import Value
from engine.core.legal_clock.penalty import PenaltyRate
from engine.core.legal_clock.period import Period, parse_period
from engine.definitions.files.places import Place
from engine.definitions.files.spelling import suggest
from engine.definitions.reading.grammar import FUNCTIONS, REFERENCES, Function, Part

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
            (at / number).report(
                f"Een lijst bevat alleen teksten, geen {_shown(item)}.",
                next_step="Zet de waarde tussen aanhalingstekens.",
            )
    return tuple(str(item) for item in raw)


def read_length(raw: object, at: Place) -> Period | None:
    """The length at this place, such as "8 weeks"; None, with a problem, when it is none."""
    try:
        return parse_period(raw, at.where)
    except DefinitionError as error:
        at.report(error.what, why=error.why, next_step=error.next_step)
        return None


def _read_computed(raw: dict[str, object], at: Place) -> Expression:
    if len(raw) != 1:
        at.report(
            "Een waarde is één verwijzing of één berekening.",
            why=f"Hier staan {len(raw)} sleutels: {', '.join(raw) or 'geen'}.",
            next_step=f"Kies er een van: {', '.join((*REFERENCES, *FUNCTIONS))}.",
        )
        return NOTHING
    (word, value) = next(iter(raw.items()))
    if word in REFERENCES:
        return _read_reference(word, value, at / word)
    if word in FUNCTIONS:
        return _read_call(word, FUNCTIONS[word], value, at / word)
    (at / word).report(
        f'"{word}" is geen verwijzing of berekening.',
        next_step=suggest(word, (*REFERENCES, *FUNCTIONS)),
        at_key=True,
    )
    return NOTHING


def _read_reference(word: str, value: object, at: Place) -> Expression:
    if not isinstance(value, str):
        at.report(f"Achter {word} hoort een naam.", next_step="Schrijf de naam zonder haakjes.")
        return NOTHING
    if word == "fact":
        return FactRef(fact=value)
    if word == "term":
        return FactRef(fact=f"term.{value}.last_day")
    if word == "term_days":
        return FactRef(fact=f"term.{value}.days")
    parameters = at.document.parameters
    if value not in parameters:
        at.report(
            f'De parameter "{value}" staat niet in organisation.yaml.',
            next_step=suggest(value, parameters, kind="Bekende parameters"),
        )
        return NOTHING
    return Literal(value=parameters[value])


def _read_call(name: str, function: Function, value: object, at: Place) -> Expression:
    if function.direct:
        return Compute(function=name, arguments=((function.direct, read_expression(value, at)),))
    if not isinstance(value, dict):
        at.report(
            f"De berekening {name} krijgt haar gegevens bij naam.",
            next_step=f"Schrijf {name}: {{{', '.join(f'{key}: ...' for key in function.arguments)}}}.",
        )
        return NOTHING
    _check_arguments(name, function, value, at)
    arguments = tuple(
        (key, _read_argument(function.arguments[key].part, part, at / key))
        for key, part in value.items()
        if key in function.arguments
    )
    return Compute(function=name, arguments=arguments)


def _check_arguments(name: str, function: Function, value: dict[str, object], at: Place) -> None:
    for key in value:
        if key not in function.arguments:
            (at / key).report(
                f'De berekening {name} kent "{key}" niet.', next_step=suggest(key, function.arguments), at_key=True
            )
    if function.one_of and len(function.one_of & value.keys()) != 1:
        at.report(
            f"De berekening {name} heeft precies een van {' en '.join(sorted(function.one_of))} nodig.",
            next_step="Schrijf er een op.",
        )
    for key in function.arguments.keys() - function.optional - function.one_of - value.keys():
        at.report(f'De berekening {name} mist "{key}".', why=function.text, next_step=f"Vul {key} aan.")
    for key in function.needs.keys() & value.keys():
        for other in (one for one in function.needs[key] if one not in value):
            (at / key).report(
                f'In de berekening {name} hoort bij "{key}" ook "{other}".',
                why=function.text,
                next_step=f"Vul {other} aan, of haal {key} weg.",
            )


def _read_argument(part: Part, raw: object, at: Place) -> Expression:
    if part is Part.LENGTH:
        return Literal(value=str(read_length(raw, at)))
    if part is Part.YES_NO:
        return read_yes_no(raw, at)
    if part is Part.TERM:
        return _read_name(raw, at, "de naam van een termijn")
    if part is Part.FACT_REF:
        return _read_fact(raw, at)
    if part is Part.RATES:
        return _read_rates(raw, at)
    return read_expression(raw, at)


def _read_rates(raw: object, at: Place) -> Literal:
    """Amounts a day, one after the other, as whole cents."""
    if not isinstance(raw, list) or not raw:
        at.report("Hier horen de bedragen per dag, na elkaar.", next_step="Schrijf [{days: 14, euros: 23}].")
        return NOTHING
    rates = (_read_rate(one, at / number) for number, one in enumerate(raw))
    return Literal(value=tuple(write_rate(rate) for rate in rates if rate is not None))


def _read_rate(raw: object, at: Place) -> PenaltyRate | None:
    days, euros = (raw.get("days"), raw.get("euros")) if isinstance(raw, dict) and len(raw) == 2 else (None, None)
    cents = euros * 100 if isinstance(euros, int | float) and not isinstance(euros, bool) else None
    if isinstance(days, bool) or not isinstance(days, int) or cents is None or abs(cents - round(cents)) > 1e-6:
        at.report(
            "Een bedrag is een aantal dagen (days) met een bedrag per dag (euros).",
            why="Dagen zijn heel, en een bedrag heeft ten hoogste twee cijfers achter de komma.",
            next_step="Schrijf bijvoorbeeld {days: 14, euros: 23}.",
        )
        return None
    try:
        return PenaltyRate(days=days, cents_per_day=round(cents))
    except DefinitionError as error:
        at.report(error.what, why=error.why, next_step=error.next_step)
        return None


def _read_name(raw: object, at: Place, what: str) -> Literal:
    if isinstance(raw, str):
        return Literal(value=raw)
    at.report(f"Hier hoort {what}.", next_step="Schrijf de naam zonder haakjes.")
    return NOTHING


def _read_fact(raw: object, at: Place) -> Expression:
    if isinstance(raw, dict) and list(raw) == ["fact"] and isinstance(raw["fact"], str):
        return FactRef(fact=raw["fact"])
    at.report("Hier hoort een gegeven.", next_step="Schrijf {fact: naam}.")
    return NOTHING


def read_yes_no(raw: object, at: Place) -> Literal:
    """A yes/no literal; anything else is reported."""
    if isinstance(raw, bool):
        return Literal(value=raw)
    at.report(f"Hier hoort true of false, geen {_shown(raw)}.", next_step="Schrijf true of false.")
    return Literal(value=False)


def _scalar(raw: object) -> Value:
    assert isinstance(raw, bool | int | float | str | date | datetime)
    return raw


def _shown(raw: object) -> str:
    if isinstance(raw, dict | list):
        return "lijst of blok"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw)
