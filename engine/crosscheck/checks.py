"""Checks: one comparison of one field. A test of the content becomes a small form of checks.

A form of checks says when something is *definitely* so. That a test fails is another form, never the absence
of the first: this is how the three values stay three in an engine that knows two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.core.errors import UsageError
from engine.core.evaluation.expressions import FUNCTIONS, KIND_BY_TYPE
from engine.core.evaluation.operators import OPERATIONS, Second
from engine.core.language.conditions import (
    Compute,
    Condition,
    Expression,
    FactRef,
    Literal,
    SidedAlgebra,
    Test,
    fold_sided,
)
from engine.core.language.facts import FactRule, Value, type_of
from engine.core.language.limits import is_of_kind
from engine.core.quick_class import dataclass
from engine.crosscheck.fence import Plain, encode_value
from engine.crosscheck.fields import Field, Known, Member, Size, ValueField, Whole, YearEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCheck:
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


Checks = FieldCheck | Every | Some

NEVER = Some(parts=())
_ALL_SIGNS = frozenset({-1, 0, 1})
_RELATION_OF_SIGNS = {
    frozenset({0}): "eq",
    frozenset({-1, 1}): "ne",
    frozenset({-1}): "lt",
    frozenset({-1, 0}): "le",
    frozenset({1}): "gt",
    frozenset({0, 1}): "ge",
}
_COMPARED_KINDS = ("date", "number")


def kind_of_fact(fact: str, declared: Mapping[str, FactRule]) -> str:
    """The kind of value the fact holds. Raises UsageError for a fact nobody declares."""
    kind = type_of(fact, declared)
    if kind is None:
        raise _untranslatable("undeclared", fact)
    return KIND_BY_TYPE[kind]


def translate(condition: Condition, wanted: bool, declared: Mapping[str, FactRule]) -> Checks:
    """When the condition is definitely `wanted`, as checks. Raises UsageError for what cannot be said in checks."""
    return fold_sided(condition, _Translation(declared), wanted)


@dataclass(frozen=True, slots=True)
class _Translation(SidedAlgebra[Checks]):
    declared: Mapping[str, FactRule]

    def test(self, test: Test, wanted: bool) -> Checks:
        kind = kind_of_fact(test.fact, self.declared)
        reference, second = FactRef(fact=test.fact), OPERATIONS[test.operator].second
        if second is Second.KNOWN:
            return _is_set(Known(of=reference), bool(_literal(test)) is wanted)
        known: list[Checks] = [_is_set(Known(of=reference))]
        if not isinstance(test.operand, Literal):
            known.append(_is_set(Known(of=test.operand)))
        return Every(parts=(*known, self._relation(test, wanted, kind, second)))

    def join(self, parts: tuple[Checks, ...], decisive: bool) -> Checks:
        like, flat = (Some if decisive else Every), list[Checks]()
        for part in parts:
            flat.extend(part.parts if isinstance(part, like) else (part,))
        return flat[0] if len(flat) == 1 else like(parts=tuple(flat))

    def _relation(self, test: Test, wanted: bool, kind: str, second: Second) -> Checks:
        if OPERATIONS[test.operator].denies and second is not Second.COMPARED:
            wanted = not wanted
        if kind == "list":
            say = _OF_LIST.get(second)
            is_said = say is not None and isinstance(test.operand, Literal)
            return say(test, wanted) if say and is_said else _is_set(Whole(test=test), wanted)
        field = ValueField(of=FactRef(fact=test.fact), kind=kind)
        if second is Second.COMPARED:
            signs = OPERATIONS[test.operator].signs
            relation = _RELATION_OF_SIGNS[signs if wanted else _ALL_SIGNS - signs]
            return _compare(test, wanted, field, relation, self.declared)
        if second is Second.AMONG and isinstance(test.operand, Literal):
            return _membership(test, wanted, field)
        if second is Second.EMPTY and kind == "text":
            return FieldCheck(field=field, relation="eq" if bool(_literal(test)) is wanted else "ne", value="")
        if second is Second.WITHIN_SCHOOL_YEAR and kind == "date":
            return _within_year(test, wanted, field)
        return _is_set(Whole(test=test), wanted)


def _literal(test: Test) -> Value:
    if isinstance(test.operand, Literal):
        return test.operand.value
    raise _untranslatable("needs_literal", test.operator)


def _is_set(field: Field, wanted: bool = True) -> FieldCheck:
    return FieldCheck(field=field, relation="eq", value=int(wanted))


def _join(parts: tuple[Checks, ...], every: bool) -> Checks:
    return Every(parts=parts) if every else Some(parts=parts)


def _every_item(test: Test, wanted: bool) -> Checks:
    return _join(_members(test, wanted), wanted)


def _some_item(test: Test, wanted: bool) -> Checks:
    return _join(_members(test, wanted), not wanted)


def _no_other_item(test: Test, wanted: bool) -> Checks:
    return FieldCheck(field=Size(fact=test.fact, without=_items(test)), relation="eq" if wanted else "ne")


def _empty_list(test: Test, wanted: bool) -> Checks:
    return FieldCheck(field=Size(fact=test.fact), relation="eq" if bool(_literal(test)) is wanted else "ne")


def _same_list(test: Test, wanted: bool) -> Checks:
    if not isinstance(_literal(test), tuple):
        return _is_set(Whole(test=test), wanted)
    is_same = wanted if 0 in OPERATIONS[test.operator].signs else not wanted
    size = FieldCheck(field=Size(fact=test.fact), relation="eq" if is_same else "ne", value=len(_items(test)))
    return _join((size, *_members(test, is_same)), is_same)


def _items(test: Test) -> tuple[str, ...]:
    value = _literal(test)
    return tuple(dict.fromkeys(value if isinstance(value, tuple) else (str(value),)))


def _members(test: Test, wanted: bool) -> tuple[Checks, ...]:
    return tuple(_is_set(Member(fact=test.fact, item=item), wanted) for item in _items(test))


_OF_LIST: Mapping[Second, Callable[[Test, bool], Checks]] = {
    Second.EVERY_ITEM: _every_item,
    Second.SOME_ITEM: _some_item,
    Second.NO_OTHER_ITEM: _no_other_item,
    Second.EMPTY: _empty_list,
    Second.COMPARED: _same_list,
}


def _within_year(test: Test, wanted: bool, field: ValueField) -> Checks:
    edges = [(True, "ge" if wanted else "lt"), (False, "le" if wanted else "gt")]
    limits = [(YearEdge(of=test.operand, is_first=is_first), relation) for is_first, relation in edges]
    return _join(tuple(FieldCheck(field=field, relation=found, other=edge) for edge, found in limits), wanted)


def _compare(test: Test, wanted: bool, field: ValueField, relation: str, declared: Mapping[str, FactRule]) -> Checks:
    operand = test.operand
    if isinstance(operand, Literal):
        return _compare_literal(test, operand.value, field, relation)
    if _kind_of_operand(operand, declared) == field.kind:
        return FieldCheck(field=field, relation=relation, other=ValueField(of=operand, kind=field.kind))
    return _is_set(Whole(test=test), wanted)


def _compare_literal(test: Test, value: Value, field: ValueField, relation: str) -> Checks:
    if not is_of_kind(value, field.kind) and relation in ("eq", "ne"):
        # Another kind of value is never the same.
        return Every(parts=()) if relation == "ne" else NEVER
    return FieldCheck(field=field, relation=relation, value=encode_value(field.kind, value, test.fact))


def _membership(test: Test, wanted: bool, field: ValueField) -> Checks:
    value = _literal(test)
    items = dict.fromkeys(item for item in (value if isinstance(value, tuple) else ()) if is_of_kind(item, field.kind))
    relation = "eq" if wanted else "ne"
    checks = [
        FieldCheck(field=field, relation=relation, value=encode_value(field.kind, item, test.fact)) for item in items
    ]
    return _join(tuple(checks), not wanted)


def _kind_of_operand(operand: Expression, declared: Mapping[str, FactRule]) -> str:
    if isinstance(operand, FactRef):
        return kind_of_fact(operand.fact, declared)
    result = FUNCTIONS[operand.function].result if isinstance(operand, Compute) else ""
    return result if result in _COMPARED_KINDS else ""


def _untranslatable(*reason: str) -> UsageError:
    return UsageError("cannot_be_checked", reason=reason)
