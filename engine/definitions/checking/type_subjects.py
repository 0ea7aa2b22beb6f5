"""Subjects and who reads letters for each of a list: every name in them exists."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.content.letter_readers import FIRST_NAME_MARK, NAME_MARK, EachReader
from engine.core.content.organisation import Organisation
from engine.core.content.subjects import SubjectKind
from engine.core.deciding.readers import kinds_for
from engine.core.language.conditions import Literal
from engine.core.language.signs import hidden_sign, name_of_sign, unprintable_sign
from engine.core.quick_class import replace
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_conditions import check_condition
from engine.definitions.checking.type_expressions import check_fits


def check_subject_kind(kind: SubjectKind, scope: Scope) -> None:
    """Report fields, records and bodies that a kind of subject names and that do not exist."""
    where = kind.where or scope.organisation.where
    fields = {fact.partition(".")[2]: rule for fact, rule in kind.facts.items()}
    for name in filter(None, (kind.key, kind.name, kind.birth_day)):
        _know(name, fields, kind.label, scope, where)
    own = replace(scope, facts=kind.facts)
    for name, value in kind.only.items():
        _know(name, fields, kind.label, scope, where)
        if (fact := kind.fact(name)) in kind.facts and (shape := own.shape_of(fact, where)) is not None:
            check_fits(shape, fact, Literal(value=value), own, where)
    if kind.only and kind.key not in kind.only:
        scope.report("only_without_number", where, of=kind.id, key=kind.key)
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
    for name in filter(None, (each.name, each.address, each.called)):
        if of is not None:
            _know(name, of.fields, of.label, scope, where)


def check_salutations(organisation: Organisation, scope: Scope) -> None:
    """Report a salutation with a mark that means nothing, and a kind of reader that reads for one that is not there.

    And a form of a name, or a word around a letter, that no letter can print: it would be found by every act later.
    """
    for kind in organisation.letter_readers.values():
        rest = kind.salutation.replace(NAME_MARK, "").replace(FIRST_NAME_MARK, "")
        if "{" in rest or "}" in rest:
            scope.report("wrong_salutation", kind.where, reader=kind.id, marks=(NAME_MARK, FIRST_NAME_MARK))
        if kind.instead_of:
            check_letter_reader(kind.instead_of, scope, kind.where)
    around = (organisation.letterhead, organisation.letter_labels, organisation.spoken_names)
    for name, text in (line for words in around for line in words.items()):
        if sign := unprintable_sign(text) or hidden_sign(text):
            scope.report("unprintable_word", organisation.where, name=name, sign=name_of_sign(sign))


def check_letter_reader(name: str, scope: Scope, where: str) -> None:
    """Report a kind of reader that does not exist, and facts that tell who reads and that do not exist."""
    kinds = scope.organisation.letter_readers
    if name not in kinds:
        scope.report("unknown_kind_of_reader", where, name=name, known=kinds)
    if scope.facts:  # an organisation on its own has none
        for kind in kinds_for(kinds, name):
            check_condition(kind.when, scope)
            for fact in filter(None, (kind.first_name, kind.full_name)):
                scope.know_fact(fact, kind.where)


def _know(name: str, known: Mapping[str, object], of: str, scope: Scope, where: str) -> None:
    if name not in known:
        scope.report("unknown_subject_field", where, name=name, of=of, known=known)
