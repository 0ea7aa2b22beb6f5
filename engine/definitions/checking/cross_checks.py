"""What can only be seen across files: letters, states of terms, cases that open each other, acts of mandates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from datetime import date

from engine.core.content.ordered import case_orders, letter_orders
from engine.core.content.organisation import Organisation
from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import Workflow
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.language.facts import FactRule
from engine.core.language.orders import CaseOrder
from engine.core.quick_class import dataclass
from engine.definitions.checking.beside import check_beside
from engine.definitions.checking.handed_over import check_handed_over, check_planned_order

_OF_EVERY_WORKFLOW = {"record", "correct", "reopen", "undo"}
Key = tuple[str, str, date]
Contents = Mapping[Key, Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What could not be read: workflows, each with its rule set (empty: not known), and letters. Their names exist."""

    workflows: Mapping[Key, str] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Together:
    """The contents of one organisation on one day; `hidden` are its unread workflows, with their rule sets."""

    contents: Mapping[str, Content]
    hidden: Mapping[str, str]

    @property
    def names(self) -> frozenset[str]:
        """Every workflow there is, read or not."""
        return frozenset((*self.contents, *self.hidden))

    def hides(self, rule_set: str) -> bool:
        """True when an unread workflow uses this rule set, or may do so."""
        return any(used in ("", rule_set) for used in self.hidden.values())


def check_across(
    organisations: Mapping[str, Organisation], contents: Contents, letters: Set[str], unread: Unread
) -> Iterator[Finding]:
    """All findings between files, over everything that could be loaded. `letters` are the ids of all letters.

    What an unread file says is not known, so nothing is found that could follow from it.
    """
    for together in _by_day(contents, unread.workflows):
        yield from _check_together(together, letters, unread.letters)
    for organisation_id in sorted({owner for owner, _, _ in contents}):
        own = [content for (owner, _, _), content in contents.items() if owner == organisation_id]
        hidden = {name for owner, name, _ in unread.workflows if owner == organisation_id}
        yield from _check_mandates(organisations[organisation_id], own, hidden)
        if not hidden:
            yield from _check_bodies(organisations[organisation_id], own)


def _by_day(contents: Contents, unread: Mapping[Key, str]) -> Iterator[_Together]:
    keys = sorted({*contents, *unread})
    for organisation, day in sorted({(organisation, day) for organisation, _, day in keys}):
        newest = {name: (owner, name, since) for owner, name, since in keys if owner == organisation and since <= day}
        yield _Together(
            {name: contents[key] for name, key in newest.items() if key in contents},
            {name: unread[key] for name, key in newest.items() if key in unread},
        )


def _check_together(together: _Together, letters: Set[str], unread: Set[str]) -> Iterator[Finding]:
    for content in together.contents.values():
        yield from _check_letters(content, letters, unread)
        yield from check_beside(content, together.names, together.contents)
        for order in case_orders(content.workflow, content.rules):
            yield from _check_case(order, content, together)
        for work in content.rules.planned.values():
            yield from check_planned_order(work, content, together.names, together.contents)
    yield from _check_described_once(together)
    by_rule_set: dict[str, list[Content]] = defaultdict(list)
    for content in together.contents.values():
        by_rule_set[content.rules.id].append(content)
    for rule_set, group in by_rule_set.items():
        if not together.hides(rule_set):
            yield from _check_terms(group)


def _check_described_once(together: _Together) -> Iterator[Finding]:
    """A fact that two rule sets describe would soon mean two things; what they share the organisation says once."""
    first: dict[str, tuple[str, FactRule]] = {}
    for content in together.contents.values():
        shared = content.organisation.shared_facts.keys() | content.organisation.subject_facts.keys()
        for fact in content.rules.facts.values():
            if fact.record or fact.viewed or fact.id in shared:
                continue
            rule_set, held = first.setdefault(fact.id, (content.rules.id, fact))
            if rule_set != content.rules.id:
                yield fault("fact_of_two_rule_sets", fact.where, fact=fact.id, place=held.where)


def _check_letters(content: Content, letters: Set[str], unread: Set[str]) -> Iterator[Finding]:
    """Letters exist, are for the readers they go to, and start terms only when something sends them."""
    ordered = set()
    for order in letter_orders(content.workflow, content.rules):
        ordered.add(order.letter)
        letter = content.letters.get(order.letter)
        if letter is None and order.letter in unread:
            continue
        if letter is None:
            yield _missing_letter(order.letter, letters, order.where)
            continue
        for reader in order.to:
            if reader not in letter.audience:
                yield fault("letter_for_others", order.where, letter=order.letter, reader=reader, place=letter.where)
    for term in content.rules.terms.values():
        for name in term.letters_counted_from():
            if name not in ordered and name not in letters:
                yield _missing_letter(name, letters, term.where)


def _missing_letter(name: str, letters: Set[str], where: str) -> Finding:
    return fault("unknown_letter", where, letter=name, known=letters - {name})


def _check_case(order: CaseOrder, content: Content, together: _Together) -> Iterator[Finding]:
    other = together.contents.get(order.workflow)
    if order.workflow not in together.names:
        yield fault("unknown_workflow", order.where, workflow=order.workflow, known=together.names)
    if other is None:
        return
    if other.workflow.entry(order.entry) is None:
        known = {entry.id for entry in other.workflow.entries}
        yield fault("unknown_entry", order.where, workflow=order.workflow, entry=order.entry, known=known)
    yield from check_handed_over(order, content, other)
    for transition in other.workflow.transitions:
        for told in transition.tells_parent:
            if told.fact not in content.rules.facts:
                where, facts = told.where or transition.where, content.rules.facts
                yield fault("told_unknown_fact", where, workflow=content.workflow.id, fact=told.fact, known=facts)


def _check_terms(group: Sequence[Content]) -> Iterator[Finding]:
    """States and transitions that terms name exist in a workflow that uses the rule set."""
    states = {state.id for content in group for state in content.workflow.states}
    transitions = {transition.id for content in group for transition in content.workflow.transitions}
    transitions |= {entry.id for content in group for entry in content.workflow.entries}
    for term in group[0].rules.terms.values():
        yield from _unknown("term_names_no_state", _states_of(term), states, term)
        yield from _unknown("term_names_no_transition", _transitions_of(term), transitions, term)


def _states_of(term: TermRule) -> tuple[str, ...]:
    return (*term.starts_in, *term.stops_in, *term.suspended_in)


def _transitions_of(term: TermRule) -> tuple[str, ...]:
    named = [*term.starts_on, *term.stops_on, *term.suspends_on, *term.resumes_on]
    named += [name for reminder in term.reminders for name in reminder.ask]
    if term.extension is not None:
        named.append(term.extension.by)
    if term.deferral is not None:
        named.append(term.deferral.by)
    return tuple(named)


def _unknown(kind: str, names: Iterable[str], known: set[str], term: TermRule) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield fault(kind, term.where, name=name, term=term.id, known=known)


OF_NO_WORKFLOW = frozenset({"rules.publish", "people.keep"})
"""What may be mandated besides acts on cases: to publish, and to keep the register of people."""


def _check_mandates(organisation: Organisation, contents: Sequence[Content], hidden: Set[str]) -> Iterator[Finding]:
    transitions: dict[str, set[str]] = defaultdict(set)
    for content in contents:
        transitions[content.workflow.id] |= _acts_of(content.workflow)
    for mandate in organisation.mandates:
        for act in mandate.acts:
            workflow, _, transition = act.partition(".")
            if workflow in hidden or act in OF_NO_WORKFLOW:
                continue
            if workflow not in transitions:
                kind, name, known = "mandate_without_workflow", workflow, set(transitions)
            elif transition != "*" and transition not in transitions[workflow]:
                kind, name, known = "mandate_without_act", transition, transitions[workflow]
            else:
                continue
            yield fault(kind, mandate.where, mandate=mandate.id, act=act, name=name, known=known)


def _check_bodies(organisation: Organisation, contents: Sequence[Content]) -> Iterator[Finding]:
    known = {fact for content in contents for fact in content.rules.facts}
    for body in organisation.bodies.values():
        for fact in body.named_by:
            if fact not in known:
                yield fault("body_named_by_unknown", body.where, body=body.id, name=fact, known=known)


def _acts_of(workflow: Workflow) -> set[str]:
    by_name = {transition.id for transition in workflow.transitions} | {entry.id for entry in workflow.entries}
    return by_name | _OF_EVERY_WORKFLOW
