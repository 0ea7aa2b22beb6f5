"""Obligations of the law: do the decisions, facts, readers and bodies that they name exist?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.content.obligations import DecisionKind, Obligation
from engine.core.content.ruleset import Rule, RuleSet, Table
from engine.core.finding import Finding, fault
from engine.core.language.facts import FactType, term_fact
from engine.definitions.checking.scope import Scope
from engine.definitions.checking.type_conditions import check_condition


def check_obligations(rules: RuleSet, scope: Scope) -> None:
    """Every name that a decision or an obligation uses, and that what must be true can be."""
    for decision in rules.decisions.values():
        _check_decision(decision, rules, scope)
    for obligation in rules.obligations:
        _check_obligation(obligation, rules, scope)


def _check_decision(decision: DecisionKind, rules: RuleSet, scope: Scope) -> None:
    if not (decision.writes or decision.begins or decision.letters or decision.ends_as or decision.prolongs):
        scope.report("decision_unseen", decision.where, decision=decision.id)
    for kind in (*decision.writes, *(one.kind for one in decision.begins)):
        scope.know_record(kind, decision.where)
    for term in decision.prolongs:
        scope.know_term(term, decision.where)
    for one in decision.begins:
        begun = rules.records.get(one.kind)
        if begun is not None and not begun.is_open(one.to):
            lives = {choice.id for choice in begun.life}
            scope.report("no_such_life", decision.where, of=one.kind, life=one.to, known=lives)


def _check_obligation(obligation: Obligation, rules: RuleSet, scope: Scope) -> None:
    where = obligation.where
    for name in obligation.decides:
        if name not in rules.decisions:
            scope.report("unknown_decision", where, name=name, known=rules.decisions)
    for fact in obligation.must_be_true:
        rule = scope.know_fact(fact, where)
        if rule is not None and rule.type is not FactType.YES_NO:
            scope.report("obligation_not_yes_no", where, obligation=obligation.id, fact=fact)
    for fact in obligation.must_be_known:
        if term_fact(fact) is None:
            scope.know_fact(fact, where)
    for reader in (*obligation.must_have_heard, *obligation.sends_to):
        if reader not in rules.addressees:
            scope.report("unknown_addressee", where, addressee=reader, known=rules.addressees)
    _check_shape(obligation, scope)


def _check_shape(obligation: Obligation, scope: Scope) -> None:
    where = obligation.where
    for body in obligation.not_by:
        scope.know_body(body, where)
    if obligation.unless is not None:
        check_condition(obligation.unless, scope)
    if bool(obligation.must_have_heard) is not bool(obligation.asked_with):
        scope.report("heard_how", where, obligation=obligation.id)
    if obligation.clause and not obligation.sends_to:
        scope.report("clause_to_whom", where, obligation=obligation.id)


def answers_of_their_own(layers: Sequence[RuleSet]) -> Iterator[Finding]:
    """What a layer above concludes about a fact that an obligation below must be true: it would judge itself."""
    for number, below in enumerate(layers):
        facts = {fact: one for one in below.obligations for fact in one.must_be_true}
        said = {fact for layer in layers[: number + 1] for one in _speakers(layer) for fact in _concluded(one)}
        for layer in layers[number + 1 :]:
            for speaker in _speakers(layer):
                for fact in sorted(_concluded(speaker) & facts.keys() - said):
                    told = {"obligation": facts[fact].id, "place": facts[fact].where}
                    yield fault("judges_itself", speaker.where, rule=speaker.id, fact=fact, **told)


def _speakers(layer: RuleSet) -> tuple[Rule | Table, ...]:
    return (*layer.rules, *layer.tables)


def _concluded(one: Rule | Table) -> set[str]:
    return {one.output} if isinstance(one, Table) else {said.fact for said in (*one.then, *one.otherwise)}
