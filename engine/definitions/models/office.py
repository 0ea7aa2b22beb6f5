"""How an organisation works: its register of people, its hours, its inbox."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from engine.core.content.organisation import InboxRule, PeopleRegister
from engine.core.legal_clock.calendar import OfficeHours
from engine.definitions.models.parts import Id, LengthSlot, Sourced, Text

WallClock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class PeoplePart(Sourced):
    """The register of the people who work on cases."""

    makes = PeopleRegister
    prefix: Annotated[str, Field(pattern=r"^([A-Z]{1,6})?$")] = Field(
        "", description="Waarmee het nummer van een persoon begint: P geeft P-0001. Zonder is er geen register."
    )
    kept_by: list[Id] = Field([], description="Wie personen mag toevoegen, wijzigen en samenvoegen.")
    assigned_by: list[Id] = Field([], description="Wie mag zeggen wie een zaak behandelt, naast wie aan zet is.")
    titles: list[Text] = Field([], description="Titels voor of achter een naam; zij horen niet bij de naam.")
    salutations: dict[str, list[Text]] = Field(
        {}, description="Aanspreekvormen met hun andere schrijfwijzen; ook zij horen niet bij de naam."
    )
    disciplines: dict[Id, Text] = Field({}, description="Vakgebieden, met hun woorden.")


class InboxPart(Sourced):
    """What stands in an inbox."""

    makes = InboxRule
    ahead: LengthSlot = Field(
        None, description="Wat binnen deze tijd gedaan moet zijn, staat in de inbox; zonder: alles wat open is."
    )
    read_within: LengthSlot = Field(
        None, description="Zo lang ligt een bericht er dat niets vraagt; zonder: tot iemand het afhandelt."
    )


class OfficePart(Sourced):
    """The hours in which people work."""

    makes = OfficeHours
    opens: WallClock = Field(description='Hoe laat het kantoor opengaat, bijvoorbeeld "08:30".')
    closes: WallClock = Field(description="Hoe laat het kantoor sluit.")
