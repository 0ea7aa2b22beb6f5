"""All content that is looked at together, so that one file can be held against another."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.prepared import Content
from engine.core.language.orders import CaseOrder, LetterOrder
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The contents under inspection: one for each workflow of each organisation, in the versions looked at."""

    contents: tuple[Content, ...]

    def of_organisation(self, organisation: str) -> tuple[Content, ...]:
        """The contents of one organisation."""
        return tuple(content for content in self.contents if content.organisation.id == organisation)

    def workflows(self, organisation: str, workflow: str) -> tuple[Content, ...]:
        """The contents of one workflow of one organisation."""
        return tuple(c for c in self.of_organisation(organisation) if c.workflow.id == workflow)

    def openers(self, opened: Content) -> tuple[Content, ...]:
        """The contents whose cases can open a case of this workflow."""
        return tuple(
            content
            for content in self.of_organisation(opened.organisation.id)
            if any(order.workflow == opened.workflow.id for order, _ in case_orders(content))
        )

    def sharing_rules(self, content: Content) -> tuple[Content, ...]:
        """The contents of the organisation that use the same version of the same rule set."""
        return tuple(
            other
            for other in self.of_organisation(content.organisation.id)
            if rules_key(other.rules) == rules_key(content.rules)
        )

    def rule_sets(self) -> tuple[Content, ...]:
        """One content for every version of a rule set."""
        found: dict[tuple[str, ...], Content] = {}
        for content in self.contents:
            found.setdefault((content.organisation.id, *rules_key(content.rules)), content)
        return tuple(found.values())


def rules_key(rules: RuleSet) -> tuple[str, ...]:
    """What makes a merged rule set this one: name, day and the layers it came from."""
    return (rules.id, rules.organisation, rules.valid_from.isoformat(), *rules.layers)


def case_orders(content: Content) -> Iterator[tuple[CaseOrder, str]]:
    """Every order to open a case, with the place to show when it has none itself."""
    for transition in content.workflow.transitions:
        yield from ((order, order.where or transition.where) for order in transition.opens)
    for term in content.terms():
        yield from ((order, order.where or term.where) for order in term.passing.opens)


def letter_orders(content: Content) -> Iterator[tuple[LetterOrder, str]]:
    """Every order of a letter, with the place to show when it has none itself."""
    for transition in content.workflow.transitions:
        yield from ((order, order.where or transition.where) for order in transition.letters)
    for entry in content.workflow.entries:
        yield from ((order, order.where or entry.where) for order in entry.letters)
    for term in content.terms():
        yield from ((order, order.where or term.where) for order in term.passing.letters)
        for reminder in term.reminders:
            place = reminder.where or term.where
            yield from ((order, order.where or place) for order in reminder.letters)
