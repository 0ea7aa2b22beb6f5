"""Types of expressions and conditions: what may be compared with what."""

from __future__ import annotations

from datetime import date, datetime

from engine.core.conditions import Compute, Condition, Expression, FactRef, Literal, Operator, Test, tests_in
from engine.core.expressions import FUNCTIONS
from engine.core.facts import Value
from engine.definitions.scope import Scope, Shape
from engine.definitions.spelling import suggest

KIND_WORDS = {
    "yes_no": "ja of nee",
    "number": "een getal",
    "date": "een dag",
    "moment": "een tijdstip",
    "text": "tekst",
    "list": "een lijst",
}
_NUMBERS = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})
_TIMES = frozenset({Operator.BEFORE, Operator.ON_OR_BEFORE, Operator.AFTER, Operator.ON_OR_AFTER})
_LISTS = frozenset({Operator.CONTAINS_ALL, Operator.CONTAINS_ANY, Operator.SUBSET_OF})
_FREE = frozenset({Operator.KNOWN, Operator.IS, Operator.IS_NOT})


def check_condition(condition: Condition, scope: Scope) -> None:
    """Report every test that cannot be asked of its fact."""
    for test in tests_in(condition):
        _check_test(test, scope)


def shape_of(expression: Expression, scope: Scope, where: str) -> Shape | None:
    """The shape an expression has; None, with a problem, when it cannot be said."""
    if isinstance(expression, FactRef):
        return scope.shape_of(expression.fact, where)
    if isinstance(expression, Compute):
        return _shape_of_call(expression, scope, where)
    return Shape(kind_of(expression.value))


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
            f'"{name}" is {KIND_WORDS[target.kind]}, en krijgt hier {KIND_WORDS[given.kind]}{_written(value)}.',
            next_step=_step(target.kind, given.kind),
        )
    elif isinstance(value, Literal):
        _check_choices(target, name, value.value, scope, where)
    elif target.choices is not None and (given.choices is None or not given.choices <= target.choices):
        scope.report(
            where,
            f'"{name}" kent een vaste keuze, en deze waarde kan iets anders zijn.',
            why=_differing(target.choices, given.choices),
            next_step="Maak de keuzes gelijk, of kies de waarde in een tabel.",
        )


def _check_test(test: Test, scope: Scope) -> None:
    shape = scope.shape_of(test.fact, test.where)
    if shape is None or not _is_askable(test, shape, scope):
        return
    operator, operand = test.operator, test.operand
    if operator is Operator.KNOWN or operator is Operator.EMPTY:
        return
    if operator is Operator.CONTAINS:
        _compare(Shape("text", shape.choices), test, scope)
    elif operator in _LISTS or operator in {Operator.IN, Operator.NOT_IN}:
        _compare(Shape("list", shape.choices), test, scope)
    elif operator is Operator.IN_LAST_SCHOOL_YEAR_OF:
        _compare(Shape("date"), test, scope)
    elif isinstance(operand, Literal) or operator in _NUMBERS | _TIMES:
        _compare(shape, test, scope)
    else:
        _compare_facts(shape, test, scope)


def _is_askable(test: Test, shape: Shape, scope: Scope) -> bool:
    operator = test.operator
    if operator in _FREE:
        return True
    if operator in _NUMBERS:
        allowed = {"number"}
    elif operator in _TIMES:
        allowed = {"date", "moment"}
    elif operator in _LISTS or operator is Operator.CONTAINS:
        allowed = {"list"}
    elif operator is Operator.EMPTY:
        allowed = {"list", "text"}
    elif operator is Operator.IN_LAST_SCHOOL_YEAR_OF:
        allowed = {"date"}
    else:
        allowed = {"text"}
    if shape.kind not in allowed:
        scope.report(
            test.where,
            f'"{operator.value}" past niet bij "{test.fact}": dat is {KIND_WORDS[shape.kind]}.',
            next_step=f"Hierbij past: {', '.join(_fitting(shape.kind))}.",
        )
        return False
    return True


def _fitting(kind: str) -> list[str]:
    by_kind = {
        "number": _NUMBERS,
        "date": _TIMES | {Operator.IN_LAST_SCHOOL_YEAR_OF},
        "moment": _TIMES,
        "list": _LISTS | {Operator.CONTAINS, Operator.EMPTY},
        "text": frozenset({Operator.IN, Operator.NOT_IN, Operator.EMPTY}),
    }
    return [one.value for one in Operator if one in _FREE | by_kind.get(kind, frozenset())]


def _compare(wanted: Shape, test: Test, scope: Scope) -> None:
    given = shape_of(test.operand, scope, test.where)
    if given is None:
        return
    if given.kind != wanted.kind:
        scope.report(
            test.where,
            f'"{test.fact}" ({test.operator.value}) wordt vergeleken met {KIND_WORDS[given.kind]}'
            f"{_written(test.operand)}; daar hoort {KIND_WORDS[wanted.kind]}.",
            next_step=_step(wanted.kind, given.kind),
        )
    elif isinstance(test.operand, Literal):
        _check_choices(wanted, test.fact, test.operand.value, scope, test.where)


def _compare_facts(shape: Shape, test: Test, scope: Scope) -> None:
    """Equality of two values that are not written out: the same kind, and some choice in common."""
    given = shape_of(test.operand, scope, test.where)
    if given is None:
        return
    if given.kind != shape.kind:
        scope.report(
            test.where,
            f'"{test.fact}" is {KIND_WORDS[shape.kind]} en wordt vergeleken met {KIND_WORDS[given.kind]}.',
            next_step="Vergelijk twee gegevens van dezelfde soort.",
        )
    elif shape.choices is not None and given.choices is not None and not shape.choices & given.choices:
        scope.report(
            test.where,
            f'"{test.fact}" kan nooit gelijk zijn aan deze waarde: zij hebben geen keuze gemeen.',
            next_step="Vergelijk met een ander gegeven, of maak de keuzes gelijk.",
        )


def _check_choices(shape: Shape, name: str, value: Value, scope: Scope, where: str) -> None:
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
        first = shapes.get("list")
        return Shape("list", first.choices if first and call.function == "minus" else None)
    of = shapes.get("of")
    if call.function in {"labels", "name_of"} and of is not None:
        return Shape(of.kind)
    return Shape(signature.result)


def _check_argument(call: Compute, name: str, part: Expression, scope: Scope, where: str) -> Shape | None:
    wanted = FUNCTIONS[call.function].arguments[name]
    if wanted == "term" and isinstance(part, Literal):
        _check_term_length(str(part.value), scope, where)
        return None
    if wanted in {"period", "term"}:
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
            next_step=_step(wanted, given.kind),
        )
    return given


def _check_term_length(term: str, scope: Scope, where: str) -> None:
    scope.know_term(term, where)
    rule = scope.terms.get(term)
    if rule is not None and rule.length is None:
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


def _step(wanted: str, given: str) -> str:
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


def _written(value: Expression) -> str:
    if not isinstance(value, Literal) or isinstance(value.value, tuple):
        return ""
    plain = value.value
    return f" ({str(plain).lower() if isinstance(plain, bool) else plain})"


def _differing(wanted: frozenset[str], given: frozenset[str] | None) -> str:
    if given is None:
        return "De waarde is vrije tekst."
    return f"Geen keuze: {', '.join(sorted(given - wanted)[:5])}."
