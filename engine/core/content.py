"""The content a decision needs, together: one value, pinned to versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.calendar import Calendar
from engine.core.organisation import Organisation
from engine.core.ruleset import RuleSet, TermRule
from engine.core.template import LetterTemplate
from engine.core.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Workflow, rules, organisation, calendar and letters, all of the versions in force for one case.

    `workflows` names the workflows that can be opened from here; `digest` is a hash over all files used.
    """

    organisation: Organisation
    workflow: Workflow
    rules: RuleSet
    calendar: Calendar
    letters: Mapping[str, LetterTemplate]
    digest: str = ""

    def term(self, term_id: str) -> TermRule:
        """The term with this id, from the rules or from the ladder. Raises KeyError when there is none."""
        found = self.rules.terms.get(term_id)
        if found is not None:
            return found
        return next(term for term in self.workflow.ladder_terms if term.id == term_id)

    def terms(self) -> tuple[TermRule, ...]:
        """All terms: those of the rules, then those of the ladder."""
        return (*self.rules.terms.values(), *self.workflow.ladder_terms)
