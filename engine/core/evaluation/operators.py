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
from engine.core.language.conditions import Operator
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

    `of` are the kinds of fact it may be asked of (empty: any). `text` is the hover text, `asked` the words in a reason.
    `relation` binds the operand and gives the question to the value of the fact; `code` is the same in Python.
    `signs` tells of an order which of less (-1), equal (0) and more (1) make it true. `denies` is the operator of
    which it is the opposite. With `sees_unknown` the answer never is unknown: the relation gets None as well.
    """

    of: frozenset[str]
    operand: Operand
    text: str
    asked: str
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


def _order(of: frozenset[str], chosen: tuple[int, ...], text: str, asked: str) -> Operation:
    signs = frozenset(chosen)
    relation, code = relations.order(signs), relations.order_form(signs)
    return Operation(of, Operand.SAME_KIND, text, asked, relation, Second.COMPARED, code, signs=signs)


def _same(chosen: tuple[int, ...], text: str, asked: str, denies: Operator | None = None) -> Operation:
    signs = frozenset(chosen)
    relation, code = (relations.unequal, relations.other_form) if denies else (relations.equal, relations.same_form)
    return Operation(
        _ANY, Operand.SAME_CHOICE, text, asked, relation, Second.COMPARED, code, signs=signs, denies=denies
    )


def _among(text: str, asked: str, denies: Operator | None = None) -> Operation:
    relation = relations.not_among if denies else relations.among
    code = partial(relations.among_form, sign="not in" if denies else "in")
    return Operation(_TEXT, Operand.ITEMS, text, asked, relation, Second.AMONG, code, denies=denies)


def _items(operand: Operand, relation: Relation, method: str, second: Second, text: str, asked: str) -> Operation:
    return Operation(_LIST, operand, text, asked, relation, second, relations.item_form(method))


OPERATIONS: Mapping[Operator, Operation] = {
    Operator.IS: _same((0,), "Het gegeven heeft deze waarde.", "{0}"),
    Operator.IS_NOT: _same((-1, 1), "Het gegeven heeft een andere waarde.", "niet {0}", denies=Operator.IS),
    Operator.IN: _among("Het gegeven is een van deze waarden.", "{0}"),
    Operator.NOT_IN: _among("Het gegeven is geen van deze waarden.", "geen van {0}", denies=Operator.IN),
    Operator.LESS: _order(_NUMBER, (-1,), "Minder dan dit getal.", "minder dan {0}"),
    Operator.AT_MOST: _order(_NUMBER, (-1, 0), "Hoogstens dit getal.", "hoogstens {0}"),
    Operator.MORE: _order(_NUMBER, (1,), "Meer dan dit getal.", "meer dan {0}"),
    Operator.AT_LEAST: _order(_NUMBER, (0, 1), "Minstens dit getal.", "minstens {0}"),
    Operator.BEFORE: _order(_TIME, (-1,), "Voor deze dag of dit tijdstip.", "voor {0}"),
    Operator.ON_OR_BEFORE: _order(_TIME, (-1, 0), "Op of voor deze dag of dit tijdstip.", "op of voor {0}"),
    Operator.AFTER: _order(_TIME, (1,), "Na deze dag of dit tijdstip.", "na {0}"),
    Operator.ON_OR_AFTER: _order(_TIME, (0, 1), "Op of na deze dag of dit tijdstip.", "op of na {0}"),
    Operator.CONTAINS: _items(
        Operand.ITEM, relations.has_all, "issubset", Second.EVERY_ITEM,
        "De lijst bevat deze waarde.", "met {0} erin",
    ),
    Operator.CONTAINS_ALL: _items(
        Operand.ITEMS, relations.has_all, "issubset", Second.EVERY_ITEM,
        "De lijst bevat al deze waarden.", "met alle van {0}",
    ),
    Operator.CONTAINS_ANY: _items(
        Operand.ITEMS, relations.has_any, "isdisjoint", Second.SOME_ITEM,
        "De lijst bevat minstens een van deze waarden.", "met een van {0}",
    ),
    Operator.SUBSET_OF: _items(
        Operand.ITEMS, relations.has_no_other, "issuperset", Second.NO_OTHER_ITEM,
        "De lijst bevat niets anders dan deze waarden.", "niets buiten {0}",
    ),
    Operator.KNOWN: Operation(
        of=_ANY, operand=Operand.YES_NO, sees_unknown=True,
        text="Of het gegeven bekend is; het antwoord is altijd ja of nee.", asked="bekend",
        relation=relations.known, code=relations.known_form, second=Second.KNOWN, trial=Trial.KNOWN,
    ),
    Operator.EMPTY: Operation(
        of=_LIST | _TEXT, operand=Operand.YES_NO,
        text="Of de lijst of de tekst leeg is.", asked="leeg",
        relation=relations.empty, code=relations.empty_form, second=Second.EMPTY, trial=Trial.EMPTINESS,
    ),
    Operator.IN_LAST_SCHOOL_YEAR_OF: Operation(
        of=_DATE, operand=Operand.DAY,
        text="De dag valt in het laatste schooljaar voor deze einddatum.", asked="in het laatste schooljaar voor {0}",
        relation=relations.in_last_school_year, second=Second.WITHIN_SCHOOL_YEAR,
        trial=Trial.OUTCOMES,
    ),
}  # fmt: skip


def holds(operator: Operator, actual: Value, expected: Value) -> bool:
    """Whether two known values stand in this relation. The checker has seen to it that their types fit."""
    return OPERATIONS[operator].relation(expected)(actual)
