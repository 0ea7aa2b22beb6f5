"""The content a decision needs, together: one value, pinned to versions, with what is made of it once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from engine.core.content.organisation import Organisation
from engine.core.content.records import RecordKind
from engine.core.content.ruleset import RuleSet
from engine.core.content.subjects import SubjectKind
from engine.core.content.template import LetterTemplate
from engine.core.content.term_rules import SUSPENDED_WHILE, WITHOUT_END, Protects, Sending, TermRule
from engine.core.content.workflow import Workflow
from engine.core.evaluation.conclusions import PreparedRules
from engine.core.evaluation.expressions import Surroundings
from engine.core.evaluation.truth import Judges
from engine.core.language.conditions import facts_in_expression
from engine.core.language.facts import BUILT_IN_FACTS, PERSON_TYPES, Gathering, term_fact
from engine.core.language.limits import LimitedDays
from engine.core.language.orders import Conclusion
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.ledger import Ledger
from engine.core.legal_clock.projection import FoundOnce, Projection
from engine.core.legal_clock.terms import project
from engine.core.quick_class import dataclass

if TYPE_CHECKING:
    from engine.core.evaluation.machine import CaseMachine

_Found = TypeVar("_Found")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Content:
    """Workflow, rules, organisation, calendar and letters, all of the versions in force for one case.

    `digest` is a hash over all files used. What is made of it is made when first asked for, and lives and dies with it.
    """

    organisation: Organisation
    workflow: Workflow
    rules: RuleSet
    calendar: Calendar
    letters: Mapping[str, LetterTemplate]
    digest: str = ""

    @cached_property
    def prepared(self) -> PreparedRules:
        """The rules, ready to be asked."""
        return PreparedRules(self.rules)

    @cached_property
    def machine(self) -> CaseMachine:
        """The state machine of the workflow: what moves a case."""
        from engine.core.evaluation.machine import CaseMachine  # a page that only reads needs no machine

        return CaseMachine(self.workflow)

    @cached_property
    def around(self) -> Surroundings:
        """What expressions of this content may use."""
        lengths = {term.id: (one, term.termijnenwet) for term in self.terms() if (one := term.newest_length)}
        return Surroundings(
            calendar=self.calendar,
            organisation=self.organisation,
            region=self.organisation.region,
            fact_rules=self.rules.facts,
            term_lengths=lengths,
        )

    def in_rounds(self, sets: tuple[Conclusion, ...]) -> tuple[tuple[Conclusion, ...], ...]:
        """What an act sets, in the order in which it can be worked out: first what hangs on nothing else it sets.

        A begin that follows from the day of the decision is known once the same act has set that day.
        """
        if len(sets) < 2:
            return (sets,) if sets else ()
        set_here, rests_on = {said.fact for said in sets}, self.prepared.rests_on
        first = tuple(one for one in sets if not set_here & rests_on(facts_in_expression(one.value)) - {one.fact})
        return tuple(filter(None, (first, tuple(one for one in sets if one not in first))))

    def project(self, term: TermRule, ledger: Ledger) -> Projection:
        """What a ledger of a term of this content comes to, found once. Raises UsageError as `terms.project` does."""
        found = self._found.of(ledger)
        if term.id not in found:
            found[term.id] = project(term, ledger, self.calendar)
        return found[term.id]  # type: ignore[no-any-return]  # what was found above

    def once(self, work: Callable[..., _Found], term: TermRule, of: object, *besides: str) -> _Found:
        """What `work` finds of a ledger, or a day, of a term of this content; it may depend on nothing `besides`."""
        found, what = self._found.of(of), (work, term.id, *besides)
        if what not in found:
            found[what] = work(self, term, of, *besides)
        return found[what]  # type: ignore[no-any-return]

    @cached_property
    def judges(self) -> Judges:
        """What tells the truth of the conditions of this content."""
        return Judges()

    @cached_property
    def _found(self) -> FoundOnce:
        return FoundOnce()

    @cached_property
    def subject_kind(self) -> SubjectKind | None:
        """The kind of subject the cases are about; None without a register of them."""
        return self.organisation.subject_with_key(self.workflow.subject_key)

    @cached_property
    def subject_facts(self) -> frozenset[str]:
        """The facts that belong to the subject, and not to the case."""
        return frozenset(self.subject_kind.all_facts) if self.subject_kind else frozenset()

    @cached_property
    def person_facts(self) -> frozenset[str]:
        """The facts that hold numbers of people; none where no register is kept, and a name is just a text."""
        if not self.organisation.people.prefix:
            return _NONE
        return frozenset(fact for fact, rule in self.rules.facts.items() if rule.type in PERSON_TYPES)

    @cached_property
    def fields_by_kind(self) -> Mapping[str, frozenset[str]]:
        """The facts that speak of the record at hand, by its kind."""
        return {name: frozenset(kind.facts()) for name, kind in self.rules.records.items()}

    @cached_property
    def fields_of_records(self) -> frozenset[str]:
        """All facts that speak of a record at hand."""
        return frozenset().union(*self.fields_by_kind.values())

    @cached_property
    def single_kinds(self) -> Mapping[str, RecordKind]:
        """The kinds of record of which one counts at a time, by id."""
        return {name: kind for name, kind in self.rules.records.items() if kind.is_single}

    @cached_property
    def single_fields(self) -> frozenset[str]:
        """The facts that speak of a record of those kinds."""
        return frozenset(fact for fact, rule in self.rules.facts.items() if rule.record in self.single_kinds)

    @cached_property
    def gathered_facts(self) -> Mapping[str, Gathering]:
        """The facts that lie in other cases of the same subject, and how each is gathered there."""
        return {fact: rule.gathered for fact, rule in self.rules.facts.items() if rule.gathered is not None}

    @cached_property
    def kinds_of_cases(self) -> tuple[RecordKind, ...]:
        """The kinds whose records are other cases about the same subject."""
        return tuple(kind for kind in self.rules.records.values() if kind.cases_of)

    @cached_property
    def only_given(self) -> frozenset[str]:
        """The facts that are known when somebody gave them, and in no other way."""
        elsewhere = self.prepared.derived | BUILT_IN_FACTS.keys() | self.gathered_facts.keys()
        rules = ((fact, rule) for fact, rule in self.rules.facts.items() if fact not in elsewhere)
        return frozenset(fact for fact, rule in rules if rule.viewed is None and not term_fact(fact))

    @cached_property
    def limited(self) -> LimitedDays:
        """The days with a first or last day that follows from another."""
        return LimitedDays(self.rules.facts)

    def term(self, term_id: str) -> TermRule:
        """The term with this id, from the rules or from the ladder. Raises KeyError when there is none."""
        return self._term_by_id[term_id]

    def find_term(self, term_id: str) -> TermRule | None:
        """The term with this id; None when the content has it no longer, though an older clock may still name it."""
        return self._term_by_id.get(term_id)

    @cached_property
    def _term_by_id(self) -> Mapping[str, TermRule]:
        return {term.id: term for term in (*self.workflow.ladder_terms, *self.rules.terms.values())}

    def terms(self) -> tuple[TermRule, ...]:
        """All terms: those of the rules, then those of the ladder."""
        return self._terms

    @cached_property
    def _terms(self) -> tuple[TermRule, ...]:
        return (*self.rules.terms.values(), *self.workflow.ladder_terms)

    def terms_started_by(self, state: str, transition: str) -> frozenset[str]:
        """The terms whose clock may start when a case comes, by this transition, to stand in this state."""
        return self._terms_by_start.get(("in", state), _NONE) | self._terms_by_start.get(("on", transition), _NONE)

    @cached_property
    def _terms_by_start(self) -> Mapping[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for term in self.terms():
            for start in (*(("in", state) for state in term.starts_in), *(("on", name) for name in term.starts_on)):
                found.setdefault(start, set()).add(term.id)
        return {start: frozenset(terms) for start, terms in found.items()}

    def suspending_states(self, term: TermRule) -> tuple[str, ...]:
        """The states in which the clock of the term stands still: its own, and those of the term it follows."""
        followed = self.term(term.follows).suspended_in if term.follows else ()
        return (*term.suspended_in, *followed)

    @cached_property
    def counted_from_sending(self) -> frozenset[str]:
        """The names of all that counts only from the sending of a letter."""
        return frozenset(name for term in self.terms() for name in term.from_sending)

    def standstills_from_sending(self, term: TermRule) -> Mapping[str, Sending]:
        """Of the grounds on which the term, or the one it follows, stands still: those that count from a sending."""
        known = (term, *((self.term(term.follows),) if term.follows else ()))
        return {
            name: sending
            for one in known
            for name, sending in one.from_sending.items()
            if name in (*one.suspended_in, *one.suspends_on, SUSPENDED_WHILE)
        }

    @cached_property
    def terms_that_can_be_met(self) -> frozenset[str]:
        """The terms that somebody keeps or breaks: something stops their clock before they pass.

        Not a term that a transition waits for (that it passes is what was meant to happen), nor one that only passes,
        such as the time in which another may object (Awb 6:7), nor one that repeats without end and so reminds of them.
        The clock of a record stops with the record (a decision on an objection, Awb 7:10), so nothing need say it.
        """
        waited = {transition.on_term for transition in self.workflow.transitions}
        free = (term for term in self.terms() if term.id not in waited and term.repeats < WITHOUT_END)
        closing = {name for name, kind in self.rules.records.items() if kind.ends}
        return frozenset(
            term.id for term in free if term.stops_in or term.stops_on or term.starts_in or term.for_each in closing
        )

    @cached_property
    def terms_that_can_be_late(self) -> frozenset[str]:
        """Of the terms that can be met those of which somebody is late once they have passed.

        A term that is no law only when its passing is told to somebody; else it merely says what is aimed at.
        """
        binding = (term.id for term in self.terms() if term.kind == "statutory" or term.passing.tells)
        return self.terms_that_can_be_met.intersection(binding)

    @cached_property
    def terms_to_act_on(self) -> frozenset[str]:
        """The terms before whose end somebody must act, so that they see it in time: also each of which the passing is
        what happens when who has the case does nothing. Not one of the law whose time is another's (to object)."""
        own = {one.id for one in self.terms() if one.kind != "statutory" or one.protects is Protects.BODY}
        return self.terms_that_can_be_late | (own & self.workflow.terms_kept_by_leaving())
