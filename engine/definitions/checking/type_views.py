"""Views: do they look at records or cases that exist, by fields that exist, and read only what is there already?"""

from __future__ import annotations

from engine.core.content.records import RecordKind, View
from engine.core.content.ruleset import RuleSet
from engine.core.language.conditions import facts_in, facts_in_expression
from engine.core.language.facts import FactType
from engine.core.legal_clock.period import Unit
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_conditions import check_condition
from engine.definitions.checking.type_expressions import shape_of


def check_views(rules: RuleSet, scope: Scope) -> None:
    """Report views of kinds or fields that do not exist, and views that read what is not there yet."""
    for kind in rules.records.values():
        if kind.cases_of:
            _check_cases(kind, scope)
    for view in rules.views.values():
        scope.know_record(view.of, view.where)
        check_condition(view.when, scope)
        if view.of in rules.records:
            kind = rules.records[view.of]
            _check_reads(view, rules, scope)
            _check_full(view, kind, scope)
            for name in view.alike:
                if name not in kind.fields:
                    scope.report("alike_no_field", view.where, name=name, of=view.of, known=kind.fields)


def is_single(rules: RuleSet, kind: str) -> bool:
    """Whether of this kind of record one counts at a time."""
    return rules.records[kind].is_single


def _check_cases(kind: RecordKind, scope: Scope) -> None:
    """What a field of another case is, its own rule set says: here stands only which fact it is."""
    for name in kind.fields.keys() ^ kind.reads.keys():
        scope.report("reads_unlike_fields", kind.where, name=name, of=kind.id)


def _check_full(view: View, kind: RecordKind, scope: Scope) -> None:
    """What is added up is surely there and never below zero, or a stretch that was full would be so no more."""
    full = view.full
    if full is None:
        return
    added, day = kind.fields.get(full.added), kind.fields.get(full.by)
    is_number = added is not None and added.type is FactType.NUMBER and (added.at_least or 0) >= 0
    if not is_number or added is None or added.at_least is None or full.added not in kind.needs:
        scope.report("full_adds_no_number", view.where, name=full.added, of=kind.id)
    if day is None or day.type is not FactType.DATE or full.by not in kind.needs:
        scope.report("full_by_no_day", view.where, name=full.by, of=kind.id)
    if full.within.unit is Unit.HOURS or not full.within.amount:
        scope.report("full_within_hours", view.where, given=full.within)
    if full.school is not None and getattr(shape_of(full.school, scope, view.where), "kind", "text") != "text":
        scope.report("full_of_no_school", view.where, view=view.id)


def _check_reads(view: View, rules: RuleSet, scope: Scope) -> None:
    """A view is worked out before the rules: it may read the record, what that belongs to, and what was given."""
    own = (view.of, rules.records[view.of].belongs_to)
    school = view.full.school if view.full else None
    for fact in sorted(facts_in(view.when) | (facts_in_expression(school) if school is not None else set())):
        rule = rules.facts.get(fact)
        if fact in scope.derived or (rule is not None and rule.viewed):
            scope.report("view_reads_later", view.where, view=view.id, fact=fact)
        elif rule is not None and rule.record and rule.record not in own and not is_single(rules, rule.record):
            scope.report("view_reads_other", view.where, view=view.id, fact=fact, of=view.of)
