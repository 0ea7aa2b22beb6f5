"""What an organisation says once for all its letters: the sender, the words around the text, the kinds of readers."""

from __future__ import annotations

from pydantic import Field

from engine.core.content.letter_readers import LetterReaderKind
from engine.definitions.models.parts import (
    ConditionSlot,
    ContentBlock,
    FactId,
    OptionalFactId,
    OptionalId,
    Sourced,
    Text,
)


class LetterheadPart(ContentBlock):
    """The sender's lines."""

    name: str = Field("", description="Naam van de afzender.")
    address: str = Field("", description="Straat en nummer of postbus.")
    postal_code: str = Field("", description="Postcode.")
    place: str = Field("", description="Plaats.")
    telephone: str = Field("", description="Telefoonnummer.")
    email: str = Field("", description="E-mailadres.")
    website: str = Field("", description="Website.")
    logo: str = Field("", description="Bestand met het logo.")


class LetterLabelsPart(ContentBlock):
    """The words around the text of a letter. Every one is needed; a layer below may have given it."""

    date: str = Field("", description="Bij de datum.")
    reference: str = Field("", description="Bij het zaaknummer.")
    subject: str = Field("", description="Bij het onderwerp.")
    greeting: str = Field("", description="De groet boven de ondertekening.")
    greeting_child: str = Field("", description="De groet in een brief aan een kind (A2).")
    on_behalf_of: str = Field("", description="Tussen de groet en het orgaan namens wie is getekend.")
    draft: str = Field("", description="Over een brief die nog niet vaststaat.")
    page: str = Field("", description="Voor het nummer van de bladzijde.")
    of: str = Field("", description="Tussen dat nummer en het aantal bladzijden.")
    return_address: str = Field("", description="Voor het adres boven het venster.")


class LetterReaderPart(Sourced):
    """A kind of reader of letters."""

    makes = LetterReaderKind
    label: Text = Field(description="De soort lezer in woorden.")
    salutation: Text = Field(description="De aanhef, met {name} of {first_name} waar de naam komt.")
    first_name: OptionalFactId = Field("", description="Het gegeven met de roepnaam.")
    full_name: OptionalFactId = Field("", description="Het gegeven met de naam waarin de roepnaam vooraan staat.")
    instead_of: OptionalId = Field("", description="De soort lezer in wiens plaats deze leest, als when geldt.")
    when: ConditionSlot = Field(None, description="Wanneer deze leest in plaats van instead_of.")
    is_lay: bool = Field(
        default=False,
        alias="lay",
        description="Wie geen vak van onderwijs of zorg heeft: getypte tekst wordt op taal bekeken.",
    )
    sees_only: list[FactId] = Field([], description="Alleen deze gegevens mag een brief vertellen; zonder: alle.")


def lines_of(part: LetterheadPart | LetterLabelsPart) -> dict[str, str]:
    """The lines that the file gives, by name."""
    return part.model_dump(exclude_defaults=True)
