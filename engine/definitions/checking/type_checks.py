"""A rule set, a workflow, a letter: do all names exist and do all types fit?

Each function gives what it finds, with their place; none raises.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.core.content.ladder import Ladder
from engine.core.content.letter_readers import Addressee
from engine.core.content.organisation import Organisation
from engine.core.content.ruleset import HitPolicy, RuleSet, Table
from engine.core.content.template import LetterTemplate
from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import EntryPoint, Transition, Workflow
from engine.core.finding import Finding
from engine.core.language.conditions import Expression, FactRef, Literal
from engine.core.language.facts import FactRule
from engine.definitions.checking.left_out import check_serves
from engine.definitions.checking.scope import Scope, Shape, scope_of
from engine.definitions.checking.type_conditions import check_condition
from engine.definitions.checking.type_days_asked import check_happened_on
from engine.definitions.checking.type_expressions import check_fits, check_measure, shape_of
from engine.definitions.checking.type_kinds import check_records
from engine.definitions.checking.type_obligations import check_obligations
from engine.definitions.checking.type_orders import (
    check_cases,
    check_conclusions,
    check_letters,
    check_settings,
    refuse_derived,
)
from engine.definitions.checking.type_planned import check_planned
from engine.definitions.checking.type_records import check_records_of_acts
from engine.definitions.checking.type_subjects import (
    check_each_reader,
    check_letter_reader,
    check_suppliers,
)
from engine.definitions.checking.type_views import check_views


def check_rule_set(rules: RuleSet, organisation: Organisation, workflow: Workflow | None = None) -> list[Finding]:
    """Facts, rules, tables, terms, addressees and ladders. `workflow` adds the terms of its ladder."""
    scope = scope_of(rules, organisation, workflow, own_states=False)
    for fact in rules.facts.values():
        for body in fact.supplied_by:
            scope.know_body(body, fact.where)
        check_fact(fact, scope)
    check_records(rules, scope)
    check_views(rules, scope)
    check_suppliers(organisation, scope)
    for rule in rules.rules:
        check_condition(rule.when, scope)
        check_conclusions((*rule.then, *rule.otherwise), scope)
        # It would say so when its condition holds as well: nothing else is said then.
        if lonely := {said.fact for said in rule.otherwise} - {said.fact for said in rule.then}:
            scope.report("otherwise_without_then", rule.where, rule=rule.id, facts=tuple(sorted(lonely)))
    said = {one.fact for rule in rules.rules for one in (*rule.then, *rule.otherwise)}
    check_double_conclusions(rules.tables, said, scope)
    for table in rules.tables:
        check_table(table, scope)
    for term in rules.terms.values():
        _check_term(term, rules, scope)
    for addressee in rules.addressees.values():
        check_addressee(addressee, scope)
    for name in rules.may_wait.keys() - rules.addressees.keys():
        scope.report("unknown_addressee", rules.where, addressee=name, known=rules.addressees)
    check_planned(rules, scope)
    check_obligations(rules, scope)
    for ladder in rules.ladders.values():
        _check_ladder(ladder, rules, scope)
    named = (*(("consent", one.sector) for one in rules.consents), *(("sectors", one) for one in rules.sectors))
    for key, sector in named:
        if sector not in organisation.known_sectors:
            scope.report("unknown_sector", rules.where, sector=sector, key=key, known=organisation.sectors)
    return [*scope.findings, *check_serves(rules, organisation)]


def check_workflow(workflow: Workflow, rules: RuleSet, organisation: Organisation) -> list[Finding]:
    """Entries, states and transitions: their facts, bodies, letters' addressees and terms exist and fit."""
    scope = scope_of(rules, organisation, workflow, own_states=True)
    for fact in filter(None, (workflow.subject_key, workflow.subject_name, workflow.sector_fact, *workflow.heart)):
        scope.know_fact(fact, workflow.where)
    for fact in workflow.shows:
        rule = rules.facts.get(fact)
        if rule is None or fact in scope.derived or rule.viewed or rule.gathered:
            scope.report("shows_unknown", workflow.where, fact=fact)
    for state in workflow.states:
        if state.owner:
            scope.know_body(state.owner, state.where)
        for body in state.reopens.by if state.reopens else ():
            scope.know_body(body, state.where)
    for body in (*workflow.mending.anchors, *workflow.mending.closed):
        scope.know_body(body, workflow.mending.where or workflow.where)
    for entry in workflow.entries:
        for fact in (*(column.fact for column in entry.columns), *entry.spellings, *entry.known_by):
            scope.know_fact(fact, entry.where)
        _check_act(entry, rules, scope)
    for transition in workflow.transitions:
        _check_transition(transition, rules, scope)
    check_happened_on(workflow, scope)
    check_records_of_acts(workflow, rules, scope)
    return list(dict.fromkeys(scope.findings))  # transitions made from one line report the same thing


def check_letter(
    letter: LetterTemplate, rules: RuleSet, workflow: Workflow, organisation: Organisation
) -> list[Finding]:
    """The fields of a letter read facts that exist; its signatory is a body."""
    scope = scope_of(rules, organisation, workflow, own_states=False)
    scope.know_body(letter.signature, letter.where)
    for one in letter.fields:
        shape_of(one.value, scope, one.where)
    return scope.findings


def check_addressee(addressee: Addressee, scope: Scope) -> None:
    """Where a reader of letters gets name and address from exists, and so does the kind of reader."""
    for expression in (addressee.name, addressee.address):
        if expression is not None:
            shape_of(expression, scope, addressee.where)
    if addressee.each is not None:
        check_each_reader(addressee.each, scope, addressee.where)
    if addressee.reader:
        check_letter_reader(addressee.reader, scope, addressee.where)


def check_fact(fact: FactRule, scope: Scope) -> None:
    """Nobody supplies what follows from others, and the limits of a fact are days."""
    if fact.id in scope.derived and (fact.supplied_by or fact.gathered):
        scope.report("derived_and_supplied", fact.where, fact=fact.id)
    for name, limit in (("not_before", fact.not_before), ("not_after", fact.not_after)):
        if limit is not None and limit.fact == fact.id:
            scope.report("limit_on_itself", limit.where, name=name, fact=fact.id)
        elif limit is not None and limit.fact:
            _check_day(FactRef(fact=limit.fact), name, scope, limit.where)


def check_double_conclusions(tables: Iterable[Table], by_rule: set[str], scope: Scope) -> None:
    """No table concludes what a rule or another table says."""
    seen: dict[str, Table] = {}
    for table in tables:
        if table.output in by_rule or table.output in seen:
            scope.report("concluded_twice", table.where, fact=table.output)
        seen[table.output] = table


def check_table(table: Table, scope: Scope) -> None:
    """The conditions of the rows exist, and what they say fits the fact."""
    if scope.know_fact(table.output, table.where) is None:
        return
    shape = scope.shape_of(table.output, table.where)
    assert shape is not None
    if table.hit is HitPolicy.COLLECT and shape.kind != "list":
        scope.report("collects_no_list", table.where, table=table.id, fact=table.output, given=shape.kind)
        return
    for row in table.rows:
        check_condition(row.when, scope)
        wanted = shape
        if table.hit is HitPolicy.COLLECT and isinstance(row.then, Literal) and not isinstance(row.then.value, tuple):
            wanted = Shape("text", shape.choices)
        check_fits(wanted, table.output, row.then, scope, row.where)


def _check_term(term: TermRule, rules: RuleSet, scope: Scope) -> None:
    days = ((term.before, "before"), (term.until, "until"), (term.on_day, "on_day"), (term.anchor, "anchor"))
    for expression, name in days:
        if expression is not None:
            _check_day(expression, name, scope, term.where)
    check_measure(term, scope)
    if term.deferral is not None:
        _check_day(term.deferral.until, "until", scope, term.where)
    if term.suspended_while is not None:
        check_condition(term.suspended_while, scope)
    for ground in term.grounds.values():
        shape_of(ground, scope, term.where)
    if term.follows:
        scope.know_term(term.follows, term.where)
    for reminder in term.reminders:
        check_condition(reminder.when, scope)
        for body in reminder.to:
            scope.know_reader(body, reminder.where)
        check_letters(reminder.letters, rules, scope)
    check_settings(term.passing.sets, scope)
    check_letters(term.passing.letters, rules, scope)
    for body in term.passing.tells:
        scope.know_reader(body, term.where)
    check_cases(term.passing.opens, scope)


def _check_day(expression: Expression, name: str, scope: Scope, where: str) -> None:
    shape = shape_of(expression, scope, where)
    if shape is not None and shape.kind not in {"date", "moment"}:
        scope.report("no_day", where, name=name, given=shape.kind)


def _check_ladder(ladder: Ladder, rules: RuleSet, scope: Scope) -> None:
    known = [rung.id for rung in ladder.rungs]
    for rung in ladder.rungs:
        for body in (rung.owner, *rung.together_with):
            scope.know_body(body, rung.where)
        for fact in rung.answer:
            scope.know_fact(fact, rung.where)
        check_condition(rung.entry, scope)
        check_condition(rung.guard, scope)
        check_letters(rung.letters, rules, scope)
    for track in ladder.tracks:
        scope.know_body(track.body, track.where)
    for direct in ladder.direct:
        check_condition(direct.when, scope)
        if direct.to not in known:
            scope.report("unknown_rung", direct.where, rung=direct.to, known=set(known))


def _check_act(act: EntryPoint | Transition, rules: RuleSet, scope: Scope) -> None:
    for body in act.by:
        scope.know_body(body, act.where)
    check_condition(act.when, scope)
    for fact in act.requires:
        scope.shape_of(fact, act.where)
    check_settings(act.sets, scope)
    check_letters(act.letters, rules, scope)
    for body in act.tells:
        scope.know_reader(body, act.where)


def _check_transition(transition: Transition, rules: RuleSet, scope: Scope) -> None:
    _check_act(transition, rules, scope)
    for fact in transition.asks:
        scope.know_fact(fact, transition.where)
        refuse_derived(fact, scope, transition.where, "derived_asked")
    for fact in transition.fixes:
        scope.know_fact(fact, transition.where)
    if transition.decides and transition.decides not in rules.decisions:
        scope.report("unknown_decision", transition.where, name=transition.decides, known=rules.decisions)
    for one in transition.tells_parent:
        shape_of(one.value, scope, one.where)
    check_cases(transition.opens, scope)
    if transition.on_term:
        scope.know_term(transition.on_term, transition.where)
