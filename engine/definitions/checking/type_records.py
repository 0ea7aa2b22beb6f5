"""Records and views: do the kinds, fields and conditions they name exist, and are they theirs to name?"""

from __future__ import annotations

from engine.core.content.records import RecordKind, View
from engine.core.content.ruleset import RuleSet
from engine.core.language.conditions import facts_in
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_conditions import check_condition


def check_records(rules: RuleSet, scope: Scope) -> None:
    """Report kinds, bodies and fields that do not exist, and views that read what is not there yet."""
    for kind in rules.records.values():
        for body in kind.written_by:
            scope.know_body(body, kind.where)
        if kind.belongs_to:
            scope.know_record(kind.belongs_to, kind.where)
        _check_names(kind, rules, scope)
    for view in rules.views.values():
        scope.know_record(view.of, view.where)
        check_condition(view.when, scope)
        if view.of in rules.records:
            _check_reads(view, rules, scope)


def _check_names(kind: RecordKind, rules: RuleSet, scope: Scope) -> None:
    if kind.id in rules.views:
        scope.report("view_named_as_kind", rules.views[kind.id].where, name=kind.id)
    for fact in kind.facts():
        if fact in scope.derived:
            scope.report("field_concluded", kind.where, fact=fact)


def _check_reads(view: View, rules: RuleSet, scope: Scope) -> None:
    """A view is worked out before the rules: it may read the record, what that belongs to, and what was given."""
    own = (view.of, rules.records[view.of].belongs_to)
    for fact in sorted(facts_in(view.when)):
        rule = rules.facts.get(fact)
        if fact in scope.derived or (rule is not None and rule.viewed):
            scope.report("view_reads_later", view.where, view=view.id, fact=fact)
        elif rule is not None and rule.record and rule.record not in own:
            scope.report("view_reads_other", view.where, view=view.id, fact=fact, of=view.of)
