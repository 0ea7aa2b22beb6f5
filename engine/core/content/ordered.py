"""What a workflow and its rules can order: letters, and cases to open."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.ruleset import RuleSet
from engine.core.content.workflow import Workflow
from engine.core.language.orders import CaseOrder, LetterOrder


def letter_orders(workflow: Workflow, rules: RuleSet) -> Iterator[LetterOrder]:
    """Every order of a letter: by entries, transitions, reminders, and terms that pass."""
    for together in orders_together(workflow, rules):
        yield from together


def orders_together(workflow: Workflow, rules: RuleSet) -> Iterator[tuple[LetterOrder, ...]]:
    """The orders of letters that go out at one moment, of each entry, transition, reminder, and term that passes."""
    for entry in workflow.entries:
        yield entry.letters
    for transition in workflow.transitions:
        yield transition.letters
    for term in (*rules.terms.values(), *workflow.ladder_terms):
        yield term.passing.letters
        for reminder in term.reminders:
            yield reminder.letters


def case_orders(workflow: Workflow, rules: RuleSet) -> Iterator[CaseOrder]:
    """Every order to open a case: by transitions, and terms that pass."""
    for transition in workflow.transitions:
        yield from transition.opens
    for term in (*rules.terms.values(), *workflow.ladder_terms):
        yield from term.passing.opens


def letters_named(workflow: Workflow, rules: RuleSet) -> tuple[str, ...]:
    """The ids of these letters, and of letters whose sending starts a term; sorted."""
    named = {order.letter for order in letter_orders(workflow, rules)}
    for term in rules.terms.values():
        named.update(term.letters_counted_from())
    return tuple(sorted(named))
