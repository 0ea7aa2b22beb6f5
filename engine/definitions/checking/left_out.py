"""What an organisation says of inherited procedures that it does not have, and of sectors that it does not work for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set

from engine.core.content.organisation import Organisation
from engine.core.content.ruleset import RuleSet
from engine.core.finding import Finding, fault


def check_left_out(organisation: Organisation, inherited: Set[str], own: Collection[str]) -> Iterator[Finding]:
    """Only an inherited procedure can be left out: another name is a mistake, and an own file is simply not written."""
    for name in organisation.leaves_out:
        if name in own:
            yield fault("left_out_own", organisation.where, workflow=name)
        elif name not in inherited:
            yield fault("left_out_unknown", organisation.where, workflow=name, known=tuple(sorted(inherited)))


def check_serves(rules: RuleSet, organisation: Organisation) -> Iterator[Finding]:
    """Rules that are for other sectors only open no case here: who has them says so at once."""
    if rules.sectors and not set(rules.sectors) & organisation.sectors.keys():
        served = tuple(one.label for one in organisation.sectors.values())
        told = {"rules": rules.id, "organisation": organisation.id, "served": served}
        yield fault("serves_no_sector", rules.where, **told)
