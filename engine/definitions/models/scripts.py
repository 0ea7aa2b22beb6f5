"""A script of acts for a rehearsal."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from engine.definitions.models.parts import ConditionSlot, FactId, Id, LengthSlot, OptionalId, Part, Share, Text
from engine.definitions.models.rule_tests import BlockerName, MomentSlot, ValueSlot

Values = dict[FactId, ValueSlot]
Amount = Annotated[int, Field(ge=1)]


class RegisterPart(Part):
    """The register that is taken over first."""

    file: Text = Field(description="Het CSV-bestand, naast dit bestand.")
    workflow: Id = Field(description="De procedure waarin elke regel een zaak wordt.")
    entry: OptionalId = Field("", description="De ingang die de kolommen noemt.")
    role: Id = Field(alias="as", description="Wie het register overneemt.")


class ActPart(Part):
    """One act of a person."""

    on: MomentSlot | None = Field(None, description="Dag of tijdstip.")
    after: LengthSlot | None = Field(None, description="Hoe lang na de vorige handeling.")
    spread: LengthSlot | None = Field(None, description="Nul tot zoveel dagen later, per zaak een vaste keuze.")
    transition: OptionalId = Field("", alias="do", description="De overgang die genomen wordt.")
    record: Values = Field({}, description="Gegevens die worden vastgelegd, zonder overgang.")
    opens: OptionalId = Field("", alias="open", description="De procedure waarin een zaak wordt geopend.")
    entry: OptionalId = Field("", description="De ingang van die procedure.")
    role: Id = Field(alias="as", description="Wie het doet.")
    facts: Values = Field({}, alias="set", description="Gegevens die worden meegegeven.")
    groups: list[Id] = Field([], alias="with", description="Groepen gegevens die worden meegegeven.")
    reason: str = Field("", description="De reden.")
    states: list[Id] = Field([], alias="in", description="Alleen als de zaak in een van deze toestanden is.")
    only: ConditionSlot | None = Field(None, description="Alleen als dit geldt.")
    refused: list[BlockerName] = Field([], description="Redenen waarom het moet worden geweigerd.")


class WayPart(Part):
    """One way in which things may go."""

    name: Text = Field(description="Hoe het gaat, in een paar woorden.")
    share: Share = Field(1.0, description="Deel van de zaken.")
    acts: list[ActPart] = Field([], description="Wat er gebeurt, op volgorde.")


class ForPart(Part):
    """Which cases."""

    workflow: Id = Field(description="De procedure.")
    subject: str = Field("", description="Alleen de zaak over dit onderwerp.")
    where: ConditionSlot | None = Field(None, description="Alleen zaken waarvoor dit geldt.")
    every: Amount = Field(1, description="Een op de zoveel van deze zaken.")


class PlanPart(Part):
    """Cases and the ways they go."""

    name: Text = Field(description="Waar het over gaat, als zin.")
    open: ActPart | None = Field(None, description="Hoe iemand de zaak opent.")
    count: Amount = Field(1, description="Hoeveel zaken zo worden geopend; {n} in een tekst is het volgnummer.")
    cases: ForPart | None = Field(None, alias="for", description="Welke bestaande zaken.")
    acts: list[ActPart] = Field([], description="Wat er gebeurt, als het maar op een manier gaat.")
    ways: list[WayPart] = Field([], description="De manieren waarop het kan gaan, met hun deel.")


class ScriptFile(Part):
    """A rehearsal."""

    title: Text = Field(description="Wat hier wordt nagespeeld.")
    starts: MomentSlot = Field(description="Waar de oefenklok begint.")
    ends: MomentSlot = Field(description="Tot waar hij loopt.")
    register_from: RegisterPart | None = Field(
        None, alias="register", description="Het register dat wordt overgenomen."
    )
    groups: dict[Id, Values] = Field({}, description="Groepen gegevens die vaker voorkomen.")
    plans: list[PlanPart] = Field(description="Wat mensen doen.")
