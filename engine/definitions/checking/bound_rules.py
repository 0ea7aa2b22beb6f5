"""The rule sets that records name as what they are about: do they exist?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.core.content.ruleset import RuleSet
from engine.core.finding import Finding, fault


def check_bound_rules(rules: RuleSet, names: Collection[str]) -> Iterator[Finding]:
    """Report each answer that is no rule set: nobody who publishes would ever be told of a record that gives it.

    `names` are the rule sets of the organisation and of whom it inherits from, also those that it leaves out: what a
    shared kind may name is not for one of them alone.
    """
    for kind in rules.records.values():
        field = kind.fields.get(kind.binds)
        for choice in field.choices if field else ():
            if choice.id not in names:
                told = {"name": choice.id, "of": kind.id, "known": tuple(sorted(names))}
                yield fault("binds_unknown_rules", field.where if field else kind.where, **told)
