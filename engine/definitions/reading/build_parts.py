"""Builders for the parts that rules, terms, ladders and workflows share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.language.conditions import Expression
from engine.core.language.orders import CaseOrder, Conclusion, LetterOrder
from engine.definitions.files.places import Place
from engine.definitions.models.parts import CaseOrderPart, LetterOrderPart
from engine.definitions.reading.condition_parser import read_condition
from engine.definitions.reading.expression_parser import read_expression


def build_conclusions(settings: Mapping[str, object], at: Place) -> tuple[Conclusion, ...]:
    """Facts with the value they get."""
    return tuple(
        Conclusion(fact=fact, value=read_expression(raw, at / fact), where=(at / fact).key_where)
        for fact, raw in settings.items()
    )


def build_letters(orders: Iterable[LetterOrderPart], at: Place) -> tuple[LetterOrder, ...]:
    """Letters to be made."""
    return tuple(_build_letter(order, at / number) for number, order in enumerate(orders))


def _build_letter(order: LetterOrderPart, at: Place) -> LetterOrder:
    when = read_condition(order.when, at / "when")
    return LetterOrder(letter=order.letter, to=tuple(order.to), when=when, where=at.where)


def build_cases(orders: Iterable[CaseOrderPart], at: Place) -> tuple[CaseOrder, ...]:
    """Cases to be opened."""
    return tuple(_build_case(order, at / number) for number, order in enumerate(orders))


def _build_case(order: CaseOrderPart, at: Place) -> CaseOrder:
    return CaseOrder(
        workflow=order.workflow,
        entry=order.entry,
        when=read_condition(order.when, at / "when"),
        facts=build_conclusions(order.facts, at / "with"),
        where=at.where,
    )


def build_optional(raw: object, at: Place) -> Expression | None:
    """The expression at this place; None when the key was not written."""
    return None if raw is None else read_expression(raw, at)
