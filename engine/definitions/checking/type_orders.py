"""What content orders: facts that are concluded or set, letters, cases; names and types."""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.content.ruleset import RuleSet
from engine.core.language.orders import CaseOrder, Conclusion, LetterOrder
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_conditions import check_condition
from engine.definitions.checking.type_expressions import check_fits, shape_of


def check_conclusions(conclusions: Iterable[Conclusion], scope: Scope) -> None:
    """Report conclusions about facts that are not declared, or with a value that does not fit."""
    for conclusion in conclusions:
        if scope.know_fact(conclusion.fact, conclusion.where) is not None:
            shape = scope.shape_of(conclusion.fact, conclusion.where)
            assert shape is not None
            check_fits(shape, conclusion.fact, conclusion.value, scope, conclusion.where)


def check_settings(conclusions: Iterable[Conclusion], scope: Scope) -> None:
    """Like conclusions, but a derived fact cannot be set."""
    settings = tuple(conclusions)
    check_conclusions(settings, scope)
    for one in settings:
        refuse_derived(one.fact, scope, one.where, "derived_set")


def refuse_derived(fact: str, scope: Scope, where: str, kind: str) -> None:
    """Report (as this kind) a derived fact at a place where only a fact given from outside can stand."""
    if fact in scope.derived:
        scope.report(kind, where, fact=fact)


def check_letters(orders: Iterable[LetterOrder], rules: RuleSet, scope: Scope) -> None:
    """Report letters to addressees that do not exist, and their wrong conditions."""
    for order in orders:
        check_condition(order.when, scope)
        for reader in order.to:
            if reader not in rules.addressees:
                scope.report("unknown_addressee", order.where, addressee=reader, known=rules.addressees)  # fmt: skip


def check_cases(orders: Iterable[CaseOrder], scope: Scope) -> None:
    """Report what is wrong on this side of an order to open a case; the other side needs its own rules."""
    for order in orders:
        check_condition(order.when, scope)
        for one in order.facts:
            shape_of(one.value, scope, one.where)
