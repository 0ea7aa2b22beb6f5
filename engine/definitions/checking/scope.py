"""What is known when content is checked: facts with their kinds, terms, registers, states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from engine.core.content.organisation import Organisation
from engine.core.content.records import RecordKind
from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import Workflow
from engine.core.deciding.case import ENGINE_ROLE, OWNER
from engine.core.evaluation.expressions import KIND_BY_TYPE
from engine.core.finding import Finding, fault
from engine.core.language.facts import BUILT_IN_FACTS, TERM_FACTS, FactRule, term_fact
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """The kind of a value (in the words of the function signatures) and, when it is limited, the values it can have."""

    kind: str
    choices: frozenset[str] | None = None


@dataclass(slots=True, kw_only=True)
class Scope:
    """The names content may use; `findings` collects what is wrong."""

    facts: Mapping[str, FactRule]
    terms: Mapping[str, TermRule]
    derived: frozenset[str]
    organisation: Organisation
    records: Mapping[str, RecordKind] = field(default_factory=dict)
    states: frozenset[str] | None = None
    findings: list[Finding] = field(default_factory=list)

    def report(self, kind: str, where: str, **parameters: object) -> None:
        """Remember a fault."""
        self.findings.append(fault(kind, where, **parameters))

    def shape_of(self, fact: str, where: str) -> Shape | None:
        """The shape of a fact; None, with a finding, when it is unknown."""
        rule = self.facts.get(fact)
        if rule is not None:
            return Shape(KIND_BY_TYPE[rule.type], self.organisation.choices_of(rule))
        if fact in BUILT_IN_FACTS:
            return Shape(KIND_BY_TYPE[BUILT_IN_FACTS[fact]], self._built_in_choices(fact))
        about = term_fact(fact)
        if about is not None:
            self.know_term(about[0], where)
            return Shape(KIND_BY_TYPE[TERM_FACTS[about[1]]])
        self._not_there("unknown_fact", fact, where)
        return None

    def know_term(self, term: str, where: str) -> None:
        """Report a term that does not exist."""
        self._know("unknown_term", term, self.terms, where)

    def know_body(self, body: str, where: str) -> None:
        """Report a body that the organisation does not have."""
        self._know("unknown_body", body, self.organisation.bodies, where)

    def know_reader(self, body: str, where: str) -> None:
        """Report a reader of messages that does not exist; `owner` is the owner of the state the case is in."""
        if body != OWNER:
            self.know_body(body, where)

    def know_record(self, kind: str, where: str) -> None:
        """Report a kind of record that does not exist."""
        self._know("unknown_record", kind, self.records, where)

    def know_fact(self, fact: str, where: str) -> FactRule | None:
        """The declaration of a fact that content wants to fill; a finding when it is not declared."""
        rule = self.facts.get(fact)
        if rule is None:
            self._not_there("undeclared_fact", fact, where)
        return rule

    def _not_there(self, kind: str, fact: str, where: str) -> None:
        shared = fact in self.organisation.shared_facts
        self.report("fact_not_taken_over" if shared else kind, where, fact=fact, known={*self.facts, *BUILT_IN_FACTS})

    def _know(self, kind: str, name: str, known: Mapping[str, object], where: str) -> None:
        if name not in known:
            self.report(kind, where, name=name, known=known)

    def _built_in_choices(self, fact: str) -> frozenset[str] | None:
        if fact == "case.state":
            return self.states
        return frozenset({*self.organisation.bodies, ENGINE_ROLE}) if fact == "actor.role" else None


def scope_of(rules: RuleSet, organisation: Organisation, workflow: Workflow | None, *, own_states: bool) -> Scope:
    """The names a rule set and its workflow may use. `own_states`: only states of this workflow can be named."""
    ladder_terms = {term.id: term for term in workflow.ladder_terms} if workflow else {}
    return Scope(
        facts=rules.facts,
        terms={**rules.terms, **ladder_terms},
        derived=frozenset(rules.order),
        organisation=organisation,
        records=rules.records,
        states=frozenset(state.id for state in workflow.states) if workflow and own_states else None,
    )
