"""The operators, one row each: what may be asked of which fact, and what the answer means, wherever it is judged.

A row is the only home of an operator. The reader of content, the check of types, the explaining evaluator, the
compiled form, durable-rules, the proofs and the pages ask the table; none has a list of operators of its own. Where a
form is not worth having there is a safe one: `Second.WHOLE` has the truth judge the test for durable-rules,
`Trial.OUTCOMES` has the proofs try each outcome, and code without a short form calls `holds`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial

from engine.core.evaluation import relations
from engine.core.evaluation.relations import LONG, Form, Relation
from engine.core.language.conditions import Literal, Operator, Test
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass

Code = Callable[[Value], Form]


class Operand(Enum):
    """What may stand behind an operator."""

    SAME_KIND = auto()
    SAME_CHOICE = auto()
    """The same kind and, where both have fixed choices, some choice in common."""
    ITEM = auto()
    ITEMS = auto()
    DAY = auto()
    YES_NO = auto()


class Second(Enum):
    """How durable-rules is asked. WHOLE: not at all, the truth judges the test and only its place is compared."""

    COMPARED = auto()
    AMONG = auto()
    EVERY_ITEM = auto()
    SOME_ITEM = auto()
    NO_OTHER_ITEM = auto()
    EMPTY = auto()
    KNOWN = auto()
    WITHIN_SCHOOL_YEAR = auto()
    WHOLE = auto()


class Trial(Enum):
    """How a solver tries it: with the values it names, with an empty value, or with each outcome of the comparison."""

    VALUES = auto()
    EMPTINESS = auto()
    OUTCOMES = auto()
    KNOWN = auto()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operator.

    `of` are the kinds of fact it may be asked of (empty: any).
    `relation` binds the operand and gives the question to the value of the fact; `code` is the same in Python.
    `signs` tells of an order which of less (-1), equal (0) and more (1) make it true. `denies` is the operator of
    which it is the opposite. With `sees_unknown` the answer never is unknown: the relation gets None as well.
    """

    of: frozenset[str]
    operand: Operand
    relation: Relation
    second: Second
    code: Code = lambda _: LONG
    trial: Trial = Trial.VALUES
    signs: frozenset[int] = frozenset()
    denies: Operator | None = None
    sees_unknown: bool = False


_ANY: frozenset[str] = frozenset()
_NUMBER, _TEXT, _LIST, _DATE = (frozenset({kind}) for kind in ("number", "text", "list", "date"))
_TIME = frozenset({"date", "moment"})


def _order(of: frozenset[str], chosen: tuple[int, ...]) -> Operation:
    signs = frozenset(chosen)
    relation, code = relations.order(signs), relations.order_form(signs)
    return Operation(of, Operand.SAME_KIND, relation, Second.COMPARED, code, signs=signs)


def _same(chosen: tuple[int, ...], denies: Operator | None = None) -> Operation:
    signs = frozenset(chosen)
    relation, code = (relations.unequal, relations.other_form) if denies else (relations.equal, relations.same_form)
    return Operation(_ANY, Operand.SAME_CHOICE, relation, Second.COMPARED, code, signs=signs, denies=denies)


def _among(denies: Operator | None = None) -> Operation:
    relation = relations.not_among if denies else relations.among
    code = partial(relations.among_form, sign="not in" if denies else "in")
    return Operation(_TEXT, Operand.ITEMS, relation, Second.AMONG, code, denies=denies)


def _items(operand: Operand, relation: Relation, method: str, second: Second) -> Operation:
    return Operation(_LIST, operand, relation, second, relations.item_form(method))


OPERATIONS: Mapping[Operator, Operation] = {
    Operator.IS: _same((0,)),
    Operator.IS_NOT: _same((-1, 1), denies=Operator.IS),
    Operator.IN: _among(),
    Operator.NOT_IN: _among(denies=Operator.IN),
    Operator.LESS: _order(_NUMBER, (-1,)),
    Operator.AT_MOST: _order(_NUMBER, (-1, 0)),
    Operator.MORE: _order(_NUMBER, (1,)),
    Operator.AT_LEAST: _order(_NUMBER, (0, 1)),
    Operator.BEFORE: _order(_TIME, (-1,)),
    Operator.ON_OR_BEFORE: _order(_TIME, (-1, 0)),
    Operator.AFTER: _order(_TIME, (1,)),
    Operator.ON_OR_AFTER: _order(_TIME, (0, 1)),
    Operator.CONTAINS: _items(Operand.ITEM, relations.has_all, "issubset", Second.EVERY_ITEM),
    Operator.CONTAINS_ALL: _items(Operand.ITEMS, relations.has_all, "issubset", Second.EVERY_ITEM),
    Operator.CONTAINS_ANY: _items(Operand.ITEMS, relations.has_any, "isdisjoint", Second.SOME_ITEM),
    Operator.SUBSET_OF: _items(Operand.ITEMS, relations.has_no_other, "issuperset", Second.NO_OTHER_ITEM),
    Operator.KNOWN: Operation(
        of=_ANY, operand=Operand.YES_NO, sees_unknown=True,
        relation=relations.known, code=relations.known_form, second=Second.KNOWN, trial=Trial.KNOWN,
    ),
    Operator.EMPTY: Operation(
        of=_LIST | _TEXT, operand=Operand.YES_NO,
        relation=relations.empty, code=relations.empty_form, second=Second.EMPTY, trial=Trial.EMPTINESS,
    ),
    Operator.IN_LAST_SCHOOL_YEAR_OF: Operation(
        of=_DATE, operand=Operand.DAY,
        relation=relations.in_last_school_year, second=Second.WITHIN_SCHOOL_YEAR,
        trial=Trial.OUTCOMES,
    ),
}  # fmt: skip


def holds(operator: Operator, actual: Value, expected: Value) -> bool:
    """Whether two known values stand in this relation. The checker has seen to it that their types fit."""
    return OPERATIONS[operator].relation(expected)(actual)


def says(fact: str, value: Value) -> Test:
    """The test that a fact has this value, or one of these."""
    operator = Operator.IN if isinstance(value, tuple) else Operator.IS
    return Test(fact=fact, operator=operator, operand=Literal(value=value))


def unsaid_of(fact: str) -> Test:
    """The test that nothing is known of a fact."""
    return Test(fact=fact, operator=Operator.KNOWN, operand=Literal(value=False))
