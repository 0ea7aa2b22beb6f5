"""Who gets letters."""

from __future__ import annotations

from pydantic import Field

from engine.core.content.letter_readers import Addressee, EachReader
from engine.definitions.models.parts import (
    ConditionSlot,
    ContentBlock,
    ExpressionSlot,
    Id,
    OptionalId,
    Sourced,
    Text,
)


class EachReaderPart(ContentBlock):
    """A letter for each record of a list of the subject."""

    makes = EachReader
    of: Id = Field(alias="list", description="De lijst uit het dossier.")
    name: Id = Field(description="Het veld met de naam.")
    address: Id = Field(description="Het veld met het adres.")
    called: OptionalId = Field("", description="Het veld met hoe iemand wordt aangesproken.")
    together: bool = Field(default=False, description="Wie op hetzelfde adres woont, krijgt samen een brief.")
    when: ConditionSlot = Field(None, description="Alleen als dit geldt; anders een brief, aan name hierboven.")


class AddresseePart(Sourced):
    """A reader of letters."""

    makes = Addressee
    label: Text = Field(description="De geadresseerde in woorden.")
    name: ExpressionSlot = Field(description="Waar de naam vandaan komt.")
    address: ExpressionSlot = Field(None, description="Waar het adres vandaan komt.")
    reader: OptionalId = Field("", description="De soort lezer uit organisation.yaml (letter_readers).")
    each: EachReaderPart | None = Field(None, description="Een eigen brief voor ieder in een lijst van het dossier.")
