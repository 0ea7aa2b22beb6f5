"""Types of expressions, and whether a value fits a fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.core.content.term_rules import TermRule
from engine.core.evaluation.expressions import FUNCTIONS
from engine.core.language.conditions import Compute, Expression, FactRef, Literal
from engine.core.language.facts import Value
from engine.core.language.limits import broken_limit
from engine.core.legal_clock.period import Unit
from engine.definitions.checking.scope import Scope, Shape
from engine.words.of_errors import say_refused


def shape_of(expression: Expression, scope: Scope, where: str) -> Shape | None:
    """The shape an expression has; None, with a finding, when it cannot be said."""
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
            "value_of_other_kind", where, fact=name, wanted=target.kind, given=given.kind, literal=write_literal(value)
        )
    elif isinstance(value, Literal):
        check_choices(target, name, value.value, scope, where)
        _check_limits(name, value.value, scope, where)
    elif target.choices is not None and (given.choices is None or not given.choices <= target.choices):
        scope.report("value_may_be_else", where, fact=name, differing=_differing(target.choices, given.choices))


def _check_limits(name: str, value: Value, scope: Scope, where: str) -> None:
    """Report a written value that nobody could give by hand either."""
    rule = scope.facts.get(name)
    said = broken_limit(rule, value) if rule is not None and value != "" else None
    if said is not None:
        scope.report("value_beyond_limit", where, fact=name, reason=say_refused(said))


def check_choices(shape: Shape, name: str, value: Value, scope: Scope, where: str) -> None:
    """Report each part of the value that is not among the choices of `name`."""
    if shape.choices is None:
        return
    for item in value if isinstance(value, tuple) else (str(value),):
        if item not in shape.choices:
            scope.report("no_such_choice", where, choice=item, fact=name, known=shape.choices)


def _shape_of_call(call: Compute, scope: Scope, where: str) -> Shape | None:
    signature = FUNCTIONS[call.function]
    shapes = {name: _check_argument(call, name, part, scope, where) for name, part in call.arguments}
    if call.function in {"minus", "union"}:
        return Shape("list", _choices_together(call.function, shapes))
    of = shapes.get("of")
    if call.function in {"labels", "name_of"} and of is not None:
        return Shape(of.kind)
    if call.function == "types_of":
        return Shape("list", frozenset(kind for school in scope.organisation.schools.values() for kind in school.types))
    return Shape(signature.result)


def _choices_together(function: str, shapes: Mapping[str, Shape | None]) -> frozenset[str] | None:
    first, second = shapes.get("list"), shapes.get("with")
    if function == "minus":
        return first.choices if first else None
    if first is None or second is None or first.choices is None or second.choices is None:
        return None
    return first.choices | second.choices


def _check_argument(call: Compute, name: str, part: Expression, scope: Scope, where: str) -> Shape | None:
    wanted = FUNCTIONS[call.function].kind_of(name)
    if wanted == "term" and isinstance(part, Literal):
        _check_term_length(str(part.value), scope, where)
        return None
    if wanted in {"period", "term", "whole", "rounding"}:
        return None
    given = shape_of(part, scope, where)
    if given is None:
        return None
    if call.function == "school_year_end" and name == "years":
        _check_whole(part, scope, where)
    if wanted == "fact":
        _check_named(call, part, scope, where)
    elif given.kind != wanted:
        scope.report(
            "argument_of_other_kind", where, function=call.function, argument=name, wanted=wanted, given=given.kind
        )
    return given


def _check_term_length(term: str, scope: Scope, where: str) -> None:
    scope.know_term(term, where)
    rule = scope.terms.get(term)
    if rule is not None and rule.period is None:
        scope.report("term_without_length", where, term=term)


def _check_whole(part: Expression, scope: Scope, where: str) -> None:
    """School years are whole; a fact that counts them says so, or a part of a year stops the case."""
    rule = scope.facts.get(part.fact) if isinstance(part, FactRef) else None
    if rule is not None and not rule.whole and rule.id not in scope.derived:
        scope.report("years_not_whole", where, fact=rule.id)


def _check_named(call: Compute, part: Expression, scope: Scope, where: str) -> None:
    rule = scope.facts.get(part.fact) if isinstance(part, FactRef) else None
    if call.function == "types_of":
        is_fit = rule is not None and rule.choices_from == "schools"
    else:
        is_fit = rule is not None and bool(rule.choices_from or (rule.choices and call.function == "labels"))
    if not is_fit:
        scope.report("fact_without_choices", where, function=call.function)


def write_literal(value: Expression) -> tuple[str, ...]:
    """A plain value as it stands in the file; nothing for a list or a computation."""
    if not isinstance(value, Literal) or isinstance(value.value, tuple):
        return ()
    plain = value.value
    return (str(plain).lower() if isinstance(plain, bool) else str(plain),)


def _differing(wanted: frozenset[str], given: frozenset[str] | None) -> tuple[str, ...]:
    """A few of the values that are no choice; nothing when any text can be given."""
    return tuple(sorted((given or frozenset()) - wanted)[:5])


def check_measure(term: TermRule, scope: Scope) -> None:
    """A length that the case says is a whole number between bounds; a school is one of the register."""
    if term.length_of is not None:
        amount = term.length_of.amount
        shape = shape_of(amount, scope, term.where)
        rule = scope.facts.get(amount.fact) if isinstance(amount, FactRef) else None
        if isinstance(amount, Literal):
            if not isinstance(amount.value, int) or isinstance(amount.value, bool) or amount.value < 0:
                scope.report("length_is_no_number", term.where, term=term.id)
        elif rule is None or (shape is not None and shape.kind != "number"):
            scope.report("length_is_no_number", term.where, term=term.id)
        elif not rule.whole or rule.at_least is None or rule.at_least < 0 or rule.at_most is None:
            # Without bounds nothing can be proven of the term, and a slip of the hand would last a lifetime.
            scope.report("length_without_bounds", term.where, term=term.id, fact=rule.id)
    if term.school_of is not None:
        school = scope.facts.get(term.school_of.fact) if isinstance(term.school_of, FactRef) else None
        if school is None or school.choices_from != "schools":
            scope.report("school_of_no_school", term.where, term=term.id)
        elif term.unit not in (Unit.SCHOOL_DAYS, Unit.SCHOOL_WEEKS):
            scope.report("school_without_school_days", term.where, term=term.id)
