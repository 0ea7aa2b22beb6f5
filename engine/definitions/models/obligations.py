"""What the law asks of acts, as a rule set of the statutory layer says it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engine.core.content.obligations import DecisionKind, Obligation
from engine.definitions.models.parts import Changes, ConditionSlot, FactId, Id, LetterId, Names, Sourced, Text


class DecisionPart(Sourced):
    """A decision that an act can take."""

    makes = DecisionKind
    label: Text = Field(description="Het besluit in woorden.")
    writes: Names = Field([], description="Soorten records: wie er een maakt, neemt een besluit.")
    begins: Changes = Field({}, description="De stand van een nieuw record die alleen dit besluit geeft.")
    letters: list[LetterId] = Field([], description="De brieven die alleen bij dit besluit horen.")
    ends_as: Names = Field([], description="De uitkomsten (end van een toestand) die alleen dit besluit geeft.")
    prolongs: Names = Field([], description="De termijnen waarvan dit besluit de laatste dag later maakt.")


class ObligationPart(Sourced):
    """What an act must meet that takes a decision."""

    makes = Obligation
    id: Id = Field(description="De naam van de verplichting.")
    label: Text = Field(description="Wat de wet vraagt, in woorden.")
    decides: Names = Field(description="De besluiten (uit decisions) waarvoor zij geldt.", min_length=1)
    must_be_true: list[FactId] = Field([], description="Gegevens die bij de handeling zeker waar zijn.")
    must_be_known: list[FactId] = Field([], description="Gegevens die bij de handeling zeker bekend zijn.")
    must_have_heard: Names = Field([], description="Wie op elke weg naar de handeling om een zienswijze is gevraagd.")
    asked_with: list[LetterId] = Field([], description="De brieven waarmee om een zienswijze wordt gevraagd.")
    sends_to: Names = Field([], description="Aan wie de handeling zelf een brief stuurt.")
    clause: Literal["", "objection", "appeal"] = Field("", description="De clausule die in die brief staat.")
    not_by: Names = Field([], description="Wie de handeling niet mag doen.")
    unless: ConditionSlot = Field(None, description="Waar dit zeker geldt, bindt zij niet.")
    running_cases: bool = Field(
        default=True,
        description="Of zij vanaf de eerste dag van deze wet ook zaken bindt die al liepen; false: overgangsrecht.",
    )
