"""Types of expressions, and whether a value fits a fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.core.evaluation.expressions import FUNCTIONS
from engine.core.language.conditions import Compute, Expression, FactRef, Literal
from engine.core.language.facts import Value
from engine.definitions.checking.scope import Scope, Shape
from engine.definitions.files.spelling import suggest

KIND_WORDS = {
    "yes_no": "ja of nee",
    "number": "een getal",
    "date": "een dag",
    "moment": "een tijdstip",
    "text": "tekst",
    "list": "een lijst",
}


def shape_of(expression: Expression, scope: Scope, where: str) -> Shape | None:
    """The shape an expression has; None, with a problem, when it cannot be said."""
    if isinstance(expression, FactRef):
        return scope.shape_of(expression.fact, where)
    if isinstance(expression, Compute):
        return _shape_of_call(expression, scope, where)
    return Shape(kind_of(expression.value), _written_choices(expression.value))


def _written_choices(value: Value) -> frozenset[str] | None:
    if isinstance(value, tuple):
        return frozenset(value)
    return frozenset({value}) if isinstance(value, str) else None


def kind_of(value: Value) -> str:
    """The kind of a written value."""
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, datetime):
        return "moment"
    if isinstance(value, date):
        return "date"
    return "list" if isinstance(value, tuple) else "text"


def check_fits(target: Shape, name: str, value: Expression, scope: Scope, where: str) -> None:
    """Report a value that the fact `name`, of shape `target`, cannot have."""
    given = shape_of(value, scope, where)
    if given is None:
        return
    if given.kind != target.kind:
        scope.report(
            where,
            f'"{name}" is {KIND_WORDS[target.kind]}, en krijgt hier {KIND_WORDS[given.kind]}{write_literal(value)}.',
            next_step=next_step_for(target.kind, given.kind),
        )
    elif isinstance(value, Literal):
        check_choices(target, name, value.value, scope, where)
    elif target.choices is not None and (given.choices is None or not given.choices <= target.choices):
        scope.report(
            where,
            f'"{name}" kent een vaste keuze, en deze waarde kan iets anders zijn.',
            why=_differing(target.choices, given.choices),
            next_step="Maak de keuzes gelijk, of kies de waarde in een tabel.",
        )


def check_choices(shape: Shape, name: str, value: Value, scope: Scope, where: str) -> None:
    """Report each part of the value that is not among the choices of `name`."""
    if shape.choices is None:
        return
    for item in value if isinstance(value, tuple) else (str(value),):
        if item not in shape.choices:
            scope.report(
                where, f'"{item}" is geen keuze van "{name}".', next_step=suggest(item, shape.choices, kind="Keuzes")
            )


def _shape_of_call(call: Compute, scope: Scope, where: str) -> Shape | None:
    signature = FUNCTIONS[call.function]
    shapes = {name: _check_argument(call, name, part, scope, where) for name, part in call.arguments}
    if call.function in {"minus", "union"}:
        return Shape("list", _choices_together(call.function, shapes))
    of = shapes.get("of")
    if call.function in {"labels", "name_of"} and of is not None:
        return Shape(of.kind)
    return Shape(signature.result)


def _choices_together(function: str, shapes: Mapping[str, Shape | None]) -> frozenset[str] | None:
    first, second = shapes.get("list"), shapes.get("with")
    if function == "minus":
        return first.choices if first else None
    if first is None or second is None or first.choices is None or second.choices is None:
        return None
    return first.choices | second.choices


def _check_argument(call: Compute, name: str, part: Expression, scope: Scope, where: str) -> Shape | None:
    wanted = FUNCTIONS[call.function].arguments[name]
    if wanted == "term" and isinstance(part, Literal):
        _check_term_length(str(part.value), scope, where)
        return None
    if wanted in {"period", "term", "rates"}:
        return None
    given = shape_of(part, scope, where)
    if given is None:
        return None
    if wanted == "fact":
        _check_named(call, part, scope, where)
    elif given.kind != wanted:
        scope.report(
            where,
            f'De berekening {call.function} wil bij "{name}" {KIND_WORDS[wanted]}, geen {KIND_WORDS[given.kind]}.',
            next_step=next_step_for(wanted, given.kind),
        )
    return given


def _check_term_length(term: str, scope: Scope, where: str) -> None:
    scope.know_term(term, where)
    rule = scope.terms.get(term)
    if rule is not None and rule.period is None:
        scope.report(where, f'De termijn "{term}" heeft geen lengte.', next_step="Kies een termijn met length.")


def _check_named(call: Compute, part: Expression, scope: Scope, where: str) -> None:
    rule = scope.facts.get(part.fact) if isinstance(part, FactRef) else None
    has_words = rule is not None and (rule.choices_from or (rule.choices and call.function == "labels"))
    if not has_words:
        scope.report(
            where,
            f"De berekening {call.function} vraagt een gegeven met keuzes.",
            next_step="Kies een gegeven met choices of choices_from; voor name_of met choices_from.",
        )


def next_step_for(wanted: str, given: str) -> str:
    """What to write when a value of another kind was given."""
    if (wanted, given) in _STEPS:
        return _STEPS[wanted, given]
    return f"Schrijf {KIND_WORDS[wanted]}."


_STEPS = {
    ("text", "number"): "Zet de waarde tussen aanhalingstekens.",
    ("text", "date"): "Zet de waarde tussen aanhalingstekens.",
    ("text", "yes_no"): "Zet de waarde tussen aanhalingstekens, of kies een gegeven van de soort yes_no.",
    ("number", "text"): "Schrijf het getal zonder aanhalingstekens.",
    ("date", "text"): "Schrijf de dag als 2026-08-01, zonder aanhalingstekens.",
    ("date", "moment"): "Gebruik de dag, bijvoorbeeld {fact: today} in plaats van now.",
    ("moment", "date"): "Schrijf een tijdstip als 2026-08-01 10:00.",
    ("yes_no", "text"): "Schrijf true of false, zonder aanhalingstekens.",
    ("list", "text"): "Schrijf [a, b], of gebruik contains.",
    ("text", "list"): "Gebruik in, met een lijst.",
}


def write_literal(value: Expression) -> str:
    """A plain value between brackets, as it stands in the file; empty for anything else."""
    if not isinstance(value, Literal) or isinstance(value.value, tuple):
        return ""
    plain = value.value
    return f" ({str(plain).lower() if isinstance(plain, bool) else plain})"


def _differing(wanted: frozenset[str], given: frozenset[str] | None) -> str:
    if given is None:
        return "De waarde is vrije tekst."
    return f"Geen keuze: {', '.join(sorted(given - wanted)[:5])}."
