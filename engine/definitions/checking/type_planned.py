"""Work by the calendar: for somebody that is there, so often that it comes round, and what it hands over exists."""

from __future__ import annotations

from dataclasses import replace

from engine.core.content.planned import ORGANISATION, REGISTERS, PlannedWork, planned_facts
from engine.core.content.ruleset import RuleSet
from engine.core.language.conditions import Literal
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_conditions import check_condition
from engine.definitions.checking.type_expressions import shape_of


def check_planned(rules: RuleSet, scope: Scope) -> None:
    """Report what is wrong with planned work on this side; the workflow it opens is looked at across files."""
    for work in rules.planned.values():
        _check_work(work, scope)


def _check_work(work: PlannedWork, scope: Scope) -> None:
    known = {*REGISTERS, *scope.organisation.subjects}
    if work.who not in known:
        scope.report("planned_for_nobody", work.where, name=work.who, known=known)
        return
    check_condition(work.when, scope)
    if work.every_of is not None:
        _check_amount(work, scope)
    if work.draw is not None and work.who == ORGANISATION:
        scope.report("draw_of_one", work.where, work=work.id)
    if work.draw is not None and work.draw.per:
        scope.know_fact(work.draw.per, work.draw.where or work.where)
    more = with_planned_facts(scope, work)
    for one in work.opens.facts:
        shape_of(one.value, more, one.where or work.where)


def with_planned_facts(scope: Scope, work: PlannedWork) -> Scope:
    """The scope in which work says what it hands over: what is known of whom it is for, and when it came up."""
    return replace(scope, facts={**scope.facts, **planned_facts(work.who)})


def _check_amount(work: PlannedWork, scope: Scope) -> None:
    """A parameter says how often: a whole number, 0 where the work rests."""
    assert work.every_of is not None  # asked only then
    amount = work.every_of.amount
    value = amount.value if isinstance(amount, Literal) else None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        scope.report("planned_amount", work.where, work=work.id)
