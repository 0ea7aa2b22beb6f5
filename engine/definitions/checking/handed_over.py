"""What one workflow hands over to a case of another that it opens, and what the calendar does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from engine.core.content.planned import REGISTERS, PlannedWork
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.language.orders import CaseOrder
from engine.definitions.checking.scope import Scope, scope_of
from engine.definitions.checking.type_expressions import check_fits
from engine.definitions.checking.type_planned import with_planned_facts


def check_planned_order(
    work: PlannedWork, content: Content, names: Set[str], contents: Mapping[str, Content]
) -> Iterator[Finding]:
    """It opens a case of a workflow on these same rules, in whose facts its condition is written."""
    order = work.opens
    if order.workflow not in names:
        yield fault("unknown_workflow", order.where, workflow=order.workflow, known=names)
    other = contents.get(order.workflow)
    if other is None or work.who not in (*REGISTERS, *content.organisation.subjects):
        return
    if other.rules.id != content.rules.id:
        yield fault("planned_on_other_rules", order.where, workflow=order.workflow, rules=other.rules.id)
        return
    if other.workflow.entry(order.entry) is None:
        known = {entry.id for entry in other.workflow.entries}
        yield fault("unknown_entry", order.where, workflow=order.workflow, entry=order.entry, known=known)
    scope = scope_of(content.rules, content.organisation, content.workflow, own_states=False)
    yield from check_handed_over(order, content, other, with_planned_facts(scope, work))


def check_handed_over(
    order: CaseOrder, content: Content, other: Content, here: Scope | None = None
) -> Iterator[Finding]:
    """The facts exist over there, are not derived there, and take the values they get."""
    there = scope_of(other.rules, other.organisation, other.workflow, own_states=False)
    here = here or scope_of(content.rules, content.organisation, content.workflow, own_states=False)
    for one in order.facts:
        where = one.where or order.where
        if one.fact not in there.facts:
            yield fault("handed_unknown_fact", where, workflow=order.workflow, fact=one.fact, known=there.facts)
            continue
        if one.fact in there.derived:
            yield fault("handed_derived_fact", where, workflow=order.workflow, fact=one.fact)
        shape = there.shape_of(one.fact, where)
        if shape is not None:
            check_fits(shape, one.fact, one.value, here, where)
    yield from here.findings
