"""sources.yaml: the laws and documents that the content of an organisation rests on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from engine.definitions.models.parts import ASIDE, ContentBlock, Id, Rows, Text
from engine.definitions.source_book import Source, SourceBook, SourcePlace

Places = Annotated[dict[Text, Text], Rows(SourcePlace, "name", "about")]
_ARTICLES = "De artikelen, zoals de inhoud ze noemt, en waar zij over gaan."
_PARTS = "De plaatsen, zoals de inhoud ze noemt, en waar zij over gaan."
_UNUSED = "Plaatsen waar niets op rust, met de reden; geheel staat voor een bron zonder plaatsen."


class SourcePart(ContentBlock):
    """A source as it was read."""

    makes = Source
    named = "name"
    title: Text = Field(description="De volle naam.")
    number: str = Field("", description="Het nummer waaronder zij te vinden is: BWB-nummer, ECLI, adres.")
    text_of: date | None = Field(None, description="De dag van de tekst die is gelezen.")
    read_on: date | None = Field(None, description="De dag waarop iemand haar heeft gelezen; zonder: niet gelezen.")
    confidence: Literal["high", "medium", "low"] = Field(description="Hoe zeker het is wat er staat.")
    unused: Places = Field({}, description=_UNUSED)
    note: Annotated[str, ASIDE] = Field("", description="Opmerking voor wie dit bestand onderhoudt.")


class LawPart(SourcePart):
    """A law."""

    places: Places = Field({}, alias="articles", description=_ARTICLES)


class DocumentPart(SourcePart):
    """A document."""

    places: Places = Field({}, alias="parts", description=_PARTS)


class SourcesFile(ContentBlock):
    """What may be cited."""

    makes = SourceBook
    sources: Annotated[Id, ASIDE] = Field(description="De organisatie; gelijk aan de map.")
    laws: dict[Text, LawPart] = Field({}, description="Wetten en besluiten, onder de naam waaronder men ze aanhaalt.")
    documents: dict[Text, DocumentPart] = Field(
        {}, description="Andere bronnen, onder de naam waaronder men ze aanhaalt."
    )
