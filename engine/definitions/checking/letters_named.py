"""Which letters a workflow and its rules can order."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.ruleset import RuleSet, TermRule
from engine.core.content.workflow import Workflow
from engine.core.language.orders import LetterOrder


def letter_orders(workflow: Workflow | None, rules: RuleSet) -> Iterator[LetterOrder]:
    """Every order of a letter: by entries, transitions, reminders, and terms that pass."""
    terms: list[TermRule] = list(rules.terms.values())
    if workflow is not None:
        terms += workflow.ladder_terms
        for entry in workflow.entries:
            yield from entry.letters
        for transition in workflow.transitions:
            yield from transition.letters
    for term in terms:
        yield from term.passing.letters
        for reminder in term.reminders:
            yield from reminder.letters


def letters_named(workflow: Workflow, rules: RuleSet) -> tuple[str, ...]:
    """The ids of these letters, and of letters whose sending starts a term; sorted."""
    named = {order.letter for order in letter_orders(workflow, rules)}
    for term in rules.terms.values():
        named.update(term.sending_of)
    return tuple(sorted(named))
