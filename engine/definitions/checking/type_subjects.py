"""Subjects and who reads letters for each of a list: every name in them exists."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.content.organisation import Organisation
from engine.core.content.ruleset import EachReader
from engine.core.content.subjects import SubjectKind
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_conditions import check_condition


def check_subject_kind(kind: SubjectKind, scope: Scope) -> None:
    """Report fields, records and bodies that a kind of subject names and that do not exist."""
    where = kind.where or scope.organisation.where
    fields = {fact.partition(".")[2]: rule for fact, rule in kind.facts.items()}
    for name in filter(None, (kind.key, kind.name, kind.birth_day)):
        _know(name, fields, kind.label, scope, where)
    for record in kind.records.values():
        for name in (*record.needs, *filter(None, (record.unique,))):
            _know(name, record.fields, record.label, scope, record.where)
        if record.unique and record.unique not in record.needs:
            scope.report("unique_not_needed", record.where, name=record.unique, of=record.id)
    for listed in kind.lists.values():
        of = kind.records.get(listed.of)
        if of is None:
            scope.report("unknown_subject_record", listed.where, name=listed.of, known=kind.records)
            continue
        for name in (*listed.where_fields, *(listed.field_of(fact) for fact in listed.facts), *listed.told_together):
            _know(name, of.fields, of.label, scope, listed.where)


def check_suppliers(organisation: Organisation, scope: Scope) -> None:
    """Report bodies that may supply a field and do not exist.

    Once all layers lie on each other: a lower layer may name a body of the organisation above it.
    """
    records = (of for kind in organisation.subjects.values() for of in kind.records.values())
    for rule in (one for of in records for one in of.fields.values()):
        for body in rule.supplied_by:
            scope.know_body(body, rule.where)


def check_each_reader(each: EachReader, scope: Scope, where: str) -> None:
    """Report a list or a field that no subject of the organisation has."""
    check_condition(each.when, scope)
    lists = {name: (kind, one) for kind in scope.organisation.subjects.values() for name, one in kind.lists.items()}
    if each.of not in lists:
        scope.report("unknown_subject_list", where, name=each.of, known=lists)
        return
    kind, listed = lists[each.of]
    of = kind.records.get(listed.of)
    for name in (each.name, each.address):
        if of is not None:
            _know(name, of.fields, of.label, scope, where)


def _know(name: str, known: Mapping[str, object], of: str, scope: Scope, where: str) -> None:
    if name not in known:
        scope.report("unknown_subject_field", where, name=name, of=of, known=known)
