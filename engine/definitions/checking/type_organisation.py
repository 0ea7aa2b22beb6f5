"""An organisation and the vocabulary it shares: do all names exist and do all types fit?"""

from __future__ import annotations

from engine.core.content.organisation import Organisation
from engine.core.content.records import facts_of_records
from engine.core.finding import Finding
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_checks import (
    check_addressee,
    check_double_conclusions,
    check_fact,
    check_table,
)
from engine.definitions.checking.type_subjects import check_salutations, check_subject_kind
from engine.definitions.models.letter_frame import LetterLabelsPart


def check_organisation(organisation: Organisation) -> list[Finding]:
    """Mandates, sectors and schools name bodies and boards that exist, and no letter lacks a word of its frame."""
    scope = Scope(facts={}, terms={}, derived=frozenset(), organisation=organisation)
    for mandate in organisation.mandates:
        scope.know_body(mandate.holder, mandate.where)
        scope.know_body(mandate.giver, mandate.where)
    for body in (*organisation.people.kept_by, *organisation.people.assigned_by):
        scope.know_body(body, organisation.people.where or organisation.where)
    for body in organisation.published_by:
        scope.know_body(body, organisation.where)
    for sector in organisation.sectors.values():
        scope.know_body(sector.consent_of, organisation.where)
    for school in organisation.schools.values():
        if school.board and school.board not in organisation.boards:
            scope.report(
                "unknown_board", organisation.where, school=school.number, board=school.board, known=organisation.boards
            )
    # An organisation is what a letter is made with: what is missing here is seen before an act orders a letter.
    if missing := LetterLabelsPart.model_fields.keys() - organisation.letter_labels.keys():
        scope.report("letter_labels_missing", organisation.where, labels=missing)
    for kind in organisation.subjects.values():
        check_subject_kind(kind, scope)
    check_salutations(organisation, scope)
    return [*scope.findings, *_check_vocabulary(organisation)]


def _check_vocabulary(organisation: Organisation) -> list[Finding]:
    """What rule sets take over is looked at where it stands, and told once; it reads what every rule set knows."""
    records = {**organisation.subject_records, **organisation.shared_records}
    scope = Scope(
        facts={**organisation.subject_facts, **facts_of_records(records, {}), **organisation.shared_facts},
        terms={},
        derived=frozenset(table.output for table in organisation.shared_tables.values()),
        organisation=organisation,
        records=records,
    )
    for fact in organisation.shared_facts.values():
        check_fact(fact, scope)
        if fact.id in organisation.subject_facts:
            place = organisation.subject_facts[fact.id].where
            scope.report("subject_fact_declared_again", fact.where, fact=fact.id, place=place)
        if fact.id in organisation.shared_addressees:
            scope.report("shared_twice", fact.where, name=fact.id)
    check_double_conclusions(organisation.shared_tables.values(), set(), scope)
    for table in organisation.shared_tables.values():
        check_table(table, scope)
    for addressee in organisation.shared_addressees.values():
        check_addressee(addressee, scope)
    return scope.findings
