"""All content that is looked at together, so that one file can be held against another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from engine.core.content.ordered import case_orders
from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass

Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The contents under inspection: one for each workflow of each organisation, in the versions looked at.

    `partly` names those that have a mistake already: what is known in them cannot be followed. `unread` are the
    workflows, by organisation and id, of which nothing is known but the rule set (empty: not even that).
    """

    contents: tuple[Content, ...]
    partly: frozenset[Name] = frozenset()
    unread: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def hides(self, organisation: str, rule_set: str = "") -> bool:
        """True when something unread, or read in part, may use this rule set (empty: any) of the organisation."""
        partly = ((name[0], content.rules.id) for content in self.contents if (name := name_of(content)) in self.partly)
        unread = ((owner, used) for (owner, _), used in self.unread.items())
        return any(
            owner == organisation and (not rule_set or used in ("", rule_set)) for owner, used in (*partly, *unread)
        )

    def of_organisation(self, organisation: str) -> tuple[Content, ...]:
        """The contents of one organisation."""
        return tuple(content for content in self.contents if content.organisation.id == organisation)

    def workflows(self, organisation: str, workflow: str) -> tuple[Content, ...]:
        """The contents of one workflow of one organisation, as far as they were read whole."""
        whole = (c for c in self.of_organisation(organisation) if name_of(c) not in self.partly)
        return tuple(c for c in whole if c.workflow.id == workflow)

    def openers(self, opened: Content) -> tuple[Content, ...]:
        """The contents whose cases can open a case of this workflow."""
        return tuple(
            content
            for content in self.of_organisation(opened.organisation.id)
            if any(order.workflow == opened.workflow.id for order in case_orders(content.workflow, content.rules))
        )

    def sharing_rules(self, content: Content) -> tuple[Content, ...]:
        """The contents of the organisation that use the same version of the same rule set."""
        return tuple(
            other
            for other in self.of_organisation(content.organisation.id)
            if rules_key(other.rules) == rules_key(content.rules)
        )

    def judged_rule_sets(self) -> tuple[Content, ...]:
        """The same without those in which something is wrong: with a value of another kind nothing can be tried."""
        wrong = {rules_key(content.rules) for content in self.contents if name_of(content) in self.partly}
        return tuple(content for content in self.rule_sets() if rules_key(content.rules) not in wrong)

    def rule_sets(self) -> tuple[Content, ...]:
        """One content for every version of a rule set."""
        found: dict[tuple[str, ...], Content] = {}
        for content in self.contents:
            found.setdefault((content.organisation.id, *rules_key(content.rules)), content)
        return tuple(found.values())


def name_of(content: Content) -> Name:
    """What makes content this one: whose, of which workflow, and the files it was read from."""
    return content.organisation.id, content.workflow.id, content.digest


def rules_key(rules: RuleSet) -> tuple[str, ...]:
    """What makes a merged rule set this one: name, day and the layers it came from."""
    return (rules.id, rules.organisation, rules.valid_from.isoformat(), *rules.layers)
