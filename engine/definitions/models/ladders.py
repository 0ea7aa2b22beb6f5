"""The blocks that describe a ladder in a rule set."""

from __future__ import annotations

from pydantic import Field

from engine.core.content.ladder import DirectEntry, Ladder, Rung, Track
from engine.definitions.models.parts import (
    Changes,
    ConditionSlot,
    FactId,
    Id,
    LengthSlot,
    Letters,
    Names,
    Share,
    Sourced,
    Text,
)


class RungPart(Sourced):
    """A rung."""

    makes = Rung
    id: Id = Field(description="De naam van de trede.")
    label: Text = Field(description="De trede in woorden.")
    owner: Id = Field(description="Wie op deze trede moet antwoorden.")
    mandate: Text = Field(description="Wat deze trede mag beslissen, in woorden.")
    maximum: LengthSlot = Field(description="Hoe lang een zaak hier hoogstens staat.")
    together_with: Names = Field([], description="Wie mee aan tafel zit.")
    entry: ConditionSlot = Field(None, description="Wanneer een zaak hier mag staan.")
    guard: ConditionSlot = Field(None, description="Wat moet gelden voordat een antwoord telt.")
    changes: Changes = Field({}, description="De stand die een open record van deze soort krijgt door een antwoord.")
    target: LengthSlot = Field(None, description="De streeftijd.")
    target_share: Share | None = Field(None, description="In welk deel van de gevallen de streeftijd gehaald wordt.")
    answer: list[FactId] = Field([], description="Gegevens die een antwoord moet bevatten.")
    letters: Letters = Field([], description="Brieven als een zaak hier komt.")
    enabled: bool = Field(default=True, description="false laat de trede weg.")


class TrackPart(Sourced):
    """A way beside the ladder."""

    makes = Track
    id: Id = Field(description="De naam van de route.")
    label: Text = Field(description="De route in woorden.")
    body: Id = Field(description="Wie bericht krijgt.")


class DirectPart(Sourced):
    """A direct entry to a higher rung."""

    makes = DirectEntry
    to: Id = Field(description="De trede waarop de zaak begint.")
    when: ConditionSlot = Field(description="Wanneer.")
    label: str = Field("", description="De situatie in woorden.")


class LadderPart(Sourced):
    """Rungs from low to high."""

    makes = Ladder
    label: Text = Field(description="De ladder in woorden.")
    rungs: list[RungPart] = Field(description="De treden, van laag naar hoog.", min_length=1)
    tracks: list[TrackPart] = Field([], description="Routes die altijd openstaan.")
    direct: list[DirectPart] = Field([], description="Rechtstreekse instap.")
