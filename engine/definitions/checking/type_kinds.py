"""Kinds of record: do the bodies, kinds and fields that they name exist?"""

from __future__ import annotations

from engine.core.content.records import RecordKind
from engine.core.content.ruleset import RuleSet
from engine.definitions.checking.scope import Scope


def check_records(rules: RuleSet, scope: Scope) -> None:
    """Report kinds, bodies and fields that do not exist."""
    for kind in rules.records.values():
        for body in kind.written_by:
            scope.know_body(body, kind.where)
        if kind.belongs_to:
            scope.know_record(kind.belongs_to, kind.where)
        if kind.unique and not kind.subject:
            scope.report("unique_in_case", kind.where, of=kind.id)
        _check_names(kind, rules, scope)


def _check_names(kind: RecordKind, rules: RuleSet, scope: Scope) -> None:
    if kind.id in rules.views:
        scope.report("view_named_as_kind", rules.views[kind.id].where, name=kind.id)
    for name in kind.needs:
        if name not in kind.fields:
            scope.report("needs_no_field", kind.where, name=name, of=kind.id, known=kind.fields)
    if not kind.needs and not kind.cases_of:
        scope.report("needs_nothing", kind.where, of=kind.id)
    if kind.told_apart_by and kind.told_apart_by not in kind.needs:
        scope.report("told_apart_by_unsure", kind.where, name=kind.told_apart_by, of=kind.id, known=kind.needs)
    if kind.binds:
        _check_binding(kind, scope)
    for pair in kind.replaced_with.items():
        types = [kind.fields[name].type if name in kind.fields else None for name in pair]
        if None in types or types[0] is not types[1] or not kind.replaced_as:
            scope.report("replaced_with_unlike", kind.where, names=pair, of=kind.id)
    for fact in kind.facts():
        if fact in scope.derived:
            scope.report("field_concluded", kind.where, fact=fact)


def _check_binding(kind: RecordKind, scope: Scope) -> None:
    """Who publishes is told of what is open in a case: a record that never ends would be told for ever."""
    field = kind.fields.get(kind.binds)
    if field is None or not field.choices:
        scope.report("binds_no_choice", kind.where, name=kind.binds, of=kind.id)
    if kind.subject or not (kind.life and kind.ends):
        scope.report("binds_without_end", kind.where, of=kind.id)
