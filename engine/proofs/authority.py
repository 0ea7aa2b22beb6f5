"""The register of mandates: nobody mandates himself, no mandate is over, and each one gives a right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from engine.core.content.organisation import Mandate
from engine.core.content.workflow import Workflow
from engine.core.deciding.checks import covers
from engine.core.finding import Finding, doubt, fault
from engine.proofs.proven import Proven
from engine.proofs.world import World


def prove_mandates(world: World, on: date | None) -> Proven:
    """Each mandate is from one body to another, in force on the day of inspection, for acts its giver may do."""
    organisations = {content.organisation.id: content.organisation for content in world.contents}
    mandates = [(name, mandate) for name, organisation in organisations.items() for mandate in organisation.mandates]
    findings = (_check_mandate(world, organisation, one, on) for organisation, one in mandates)
    return Proven(findings=tuple(chain(*findings)), line=f"{len(mandates)} mandaten geven een geldige bevoegdheid.")


def _check_mandate(world: World, organisation: str, mandate: Mandate, on: date | None) -> Iterator[Finding]:
    if mandate.holder == mandate.giver:
        yield fault("mandate_to_self", mandate.where, mandate=mandate.id, giver=mandate.giver)
    through = mandate.valid_through
    if through is not None and on is not None and through < on:
        yield doubt("expired_mandate", mandate.where, mandate=mandate.id, through=through)
    if not world.hides(organisation) and not _gives_a_right(world, organisation, mandate):
        yield doubt("idle_mandate", mandate.where, mandate=mandate.id, giver=mandate.giver)


def _gives_a_right(world: World, organisation: str, mandate: Mandate) -> bool:
    register = next(content.organisation for content in world.of_organisation(organisation))
    beside = {"rules.publish": register.published_by, "people.keep": register.people.kept_by}
    return any(mandate.giver in by and covers(mandate, act) for act, by in beside.items()) or any(
        mandate.giver in by and covers(mandate, act)
        for content in world.of_organisation(organisation)
        for act, by in _acts(content.workflow)
    )


def _acts(workflow: Workflow) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in workflow.entries:
        yield f"{workflow.id}.{entry.id}", entry.by
    for transition in workflow.transitions:
        yield f"{workflow.id}.{transition.id}", transition.by
