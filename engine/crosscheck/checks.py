"""Checks: one comparison of one field. A test of the content becomes a small form of checks.

A form of checks says when something is *definitely* so. That a test fails is another form, never the absence
of the first: this is how the three values stay three in an engine that knows two.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.errors import UsageError
from engine.core.evaluation.expressions import FUNCTIONS, KIND_BY_TYPE
from engine.core.evaluation.normal_form import Atom, Form
from engine.core.language.conditions import Compute, Expression, FactRef, Literal, Operator, Test
from engine.core.language.facts import BUILT_IN_FACTS, TERM_FACTS, FactRule, Value, term_fact
from engine.core.quick_class import dataclass
from engine.crosscheck.fence import Plain, encode_value
from engine.crosscheck.fields import Content, Field, Known, Member, Size, Whole, YearEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison: eq, ne, lt, le, gt or ge, with a value or with another field."""

    field: Field
    relation: str
    value: Plain = 0
    other: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """All parts."""

    parts: tuple[Checks, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """At least one part; without parts: never."""

    parts: tuple[Checks, ...]


Checks = Check | Every | Some

NEVER = Some(parts=())
_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}
_RELATIONS = {
    Operator.IS: "eq",
    Operator.IS_NOT: "ne",
    Operator.LESS: "lt",
    Operator.BEFORE: "lt",
    Operator.AT_MOST: "le",
    Operator.ON_OR_BEFORE: "le",
    Operator.MORE: "gt",
    Operator.AFTER: "gt",
    Operator.AT_LEAST: "ge",
    Operator.ON_OR_AFTER: "ge",
}
_COMPARED_KINDS = ("date", "number")


def kind_of_fact(fact: str, declared: Mapping[str, FactRule]) -> str:
    """The kind of value the fact holds. Raises UsageError for a fact nobody declares."""
    if fact in declared:
        return KIND_BY_TYPE[declared[fact].type]
    term = term_fact(fact)
    if term or fact in BUILT_IN_FACTS:
        return KIND_BY_TYPE[TERM_FACTS[term[1]] if term else BUILT_IN_FACTS[fact]]
    raise _untranslatable(f"het feit '{fact}' is nergens beschreven")


def translate(form: Form, declared: Mapping[str, FactRule]) -> Checks:
    """When the form is definitely true, as checks. Raises UsageError for what cannot be said in checks."""
    if isinstance(form, Atom):
        return _translate_test(form.test, form.holds, declared)
    parts = tuple(translate(part, declared) for part in form.parts)
    return Some(parts=parts) if form.decisive else Every(parts=parts)


def _translate_test(test: Test, wanted: bool, declared: Mapping[str, FactRule]) -> Checks:
    kind = kind_of_fact(test.fact, declared)
    reference = FactRef(fact=test.fact)
    if test.operator is Operator.KNOWN:
        return _is_set(Known(of=reference), bool(_literal(test)) is wanted)
    known: list[Checks] = [_is_set(Known(of=reference))]
    if not isinstance(test.operand, Literal):
        known.append(_is_set(Known(of=test.operand)))
    relation = _list_test(test, wanted) if kind == "list" else _single_test(test, wanted, kind, declared)
    return Every(parts=(*known, relation))


def _literal(test: Test) -> Value:
    if isinstance(test.operand, Literal):
        return test.operand.value
    raise _untranslatable(f"'{test.operator}' heeft hier een vaste waarde nodig")


def _is_set(field: Field, wanted: bool = True) -> Check:
    return Check(field=field, relation="eq", value=int(wanted))


def _join(parts: tuple[Checks, ...], every: bool) -> Checks:
    return Every(parts=parts) if every else Some(parts=parts)


def _list_test(test: Test, wanted: bool) -> Checks:
    if not isinstance(test.operand, Literal):
        return _is_set(Whole(test=test), wanted)
    value = test.operand.value
    items = tuple(dict.fromkeys(value if isinstance(value, tuple) else (str(value),)))
    members = tuple(_is_set(Member(fact=test.fact, item=item), wanted) for item in items)
    if test.operator in (Operator.CONTAINS, Operator.CONTAINS_ALL):
        return _join(members, wanted)
    if test.operator is Operator.CONTAINS_ANY:
        return _join(members, not wanted)
    if test.operator is Operator.SUBSET_OF:
        return Check(field=Size(fact=test.fact, without=items), relation="eq" if wanted else "ne")
    if test.operator is Operator.EMPTY:
        return Check(field=Size(fact=test.fact), relation="eq" if bool(value) is wanted else "ne")
    if test.operator in (Operator.IS, Operator.IS_NOT) and isinstance(value, tuple):
        is_same = (test.operator is Operator.IS) is wanted
        size = Check(field=Size(fact=test.fact), relation="eq" if is_same else "ne", value=len(items))
        return _join((size, *(_is_set(Member(fact=test.fact, item=item), is_same) for item in items)), is_same)
    return _is_set(Whole(test=test), wanted)


def _single_test(test: Test, wanted: bool, kind: str, declared: Mapping[str, FactRule]) -> Checks:
    field = Content(of=FactRef(fact=test.fact), kind=kind)
    if test.operator in _RELATIONS:
        relation = _RELATIONS[test.operator]
        relation = relation if wanted else _OPPOSITE[relation]
        return _compare(test, wanted, field, relation, declared)
    if test.operator in (Operator.IN, Operator.NOT_IN) and isinstance(test.operand, Literal):
        return _membership(test, (test.operator is Operator.IN) is wanted, field)
    if test.operator is Operator.EMPTY and kind == "text":
        return Check(field=field, relation="eq" if bool(_literal(test)) is wanted else "ne", value="")
    if test.operator is Operator.IN_LAST_SCHOOL_YEAR_OF and kind == "date":
        edges = [(True, "ge" if wanted else "lt"), (False, "le" if wanted else "gt")]
        limits = [(YearEdge(of=test.operand, is_first=is_first), relation) for is_first, relation in edges]
        return _join(tuple(Check(field=field, relation=found, other=edge) for edge, found in limits), wanted)
    return _is_set(Whole(test=test), wanted)


def _compare(test: Test, wanted: bool, field: Content, relation: str, declared: Mapping[str, FactRule]) -> Checks:
    operand = test.operand
    if isinstance(operand, Literal):
        return _compare_literal(test, operand.value, field, relation)
    if _kind_of_operand(operand, declared) == field.kind:
        return Check(field=field, relation=relation, other=Content(of=operand, kind=field.kind))
    return _is_set(Whole(test=test), wanted)


def _compare_literal(test: Test, value: Value, field: Content, relation: str) -> Checks:
    if not _fits(field.kind, value) and test.operator in (Operator.IS, Operator.IS_NOT):
        # Another kind of value is never the same.
        return Every(parts=()) if relation == "ne" else NEVER
    return Check(field=field, relation=relation, value=encode_value(field.kind, value, test.fact))


def _membership(test: Test, wanted: bool, field: Content) -> Checks:
    value = _literal(test)
    items = dict.fromkeys(item for item in (value if isinstance(value, tuple) else ()) if _fits(field.kind, item))
    relation = "eq" if wanted else "ne"
    checks = [Check(field=field, relation=relation, value=encode_value(field.kind, item, test.fact)) for item in items]
    return _join(tuple(checks), not wanted)


def _fits(kind: str, value: Value) -> bool:
    """Whether a literal is of the kind, whatever its size."""
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    try:
        encode_value(kind, value, "")
    except UsageError:
        return False
    return True


def _kind_of_operand(operand: Expression, declared: Mapping[str, FactRule]) -> str:
    if isinstance(operand, FactRef):
        return kind_of_fact(operand.fact, declared)
    result = FUNCTIONS[operand.function].result if isinstance(operand, Compute) else ""
    return result if result in _COMPARED_KINDS else ""


def _untranslatable(why: str) -> UsageError:
    return UsageError(
        "deze voorwaarde kan de tweede beoordelaar niet nagaan",
        why=f"Reden: {why}.",
        next_step="Draai `trede rules check`.",
    )
