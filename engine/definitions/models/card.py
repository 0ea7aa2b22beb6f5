"""The card of a workflow, and the words that all cards of an organisation share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.definitions.card import Card, CardReader, CardWords, Stop, TermWords
from engine.definitions.models.letter import FieldSlot
from engine.definitions.models.parts import (
    ASIDE,
    Becomes,
    ContentBlock,
    Dated,
    Id,
    Names,
    OptionalId,
    Sourced,
    Text,
    Texts,
    values_of,
)

ByReader = dict[Id, Text]


class StopPart(Sourced):
    """A part of the way as people outside see it."""

    makes = Stop
    id: Id = Field(description="De naam van de halte.")
    states: Names = Field(description="De toestanden die bij deze halte horen.", min_length=1)
    beside: OptionalId = Field("", description="Niet op de gewone weg: alleen te zien voor wie er is, bij deze halte.")
    name: ByReader = Field(description="Hoe de halte heet, per lezer.")
    now: ByReader = Field(description="Waar de zaak nu is, per lezer.")
    turn: ByReader = Field({}, description="Wie aan zet is, als de zin van het orgaan hier niet past; per lezer.")
    coming: ByReader = Field({}, description="Wat hierna komt, per lezer.")
    you: dict[Id, Texts] = Field({}, description="Wat de lezer zelf kan doen, per lezer.")


class TermWordsPart(ContentBlock):
    """What is told of a term."""

    makes = TermWords
    runs: ByReader = Field({}, description="Als de termijn loopt; {{ dag }} is de laatste dag.")
    still: ByReader = Field({}, description="Als de termijn stilstaat.")
    late: ByReader = Field({}, description="Als de termijn voorbij is; {{ dag }} was de laatste dag.")
    ahead: ByReader = Field({}, description="Op de routekaart, zonder zaak; {{ duur }} is hoe lang hij is.")


class CardFile(Dated):
    """One dated version of the card of a workflow."""

    makes = Card
    workflow: Id = Field(alias="card", description="De workflow waar de kaart van is; gelijk aan de map.")
    heading: ByReader = Field(description="Wat erboven staat, per lezer.")
    fields: Annotated[dict[Id, FieldSlot], Becomes(values_of)] = Field(
        {}, description="Velden van de teksten en hun waarde, zoals in een brief."
    )
    stops: list[StopPart] = Field(description="De halten, in de volgorde van de gewone weg.", min_length=1)
    terms: dict[Id, TermWordsPart] = Field({}, description="Wat er van een termijn wordt gezegd.")
    untold: Names = Field([], description="Wettelijke termijnen die geen lezer aangaan.")


class CardReaderPart(Sourced):
    """Somebody for whom cards are made."""

    makes = CardReader
    label: str = Field("", description="De lezer in woorden: voor wie de kaart is.")
    level: Literal["", "B1", "A2"] = Field("", description="Taalniveau.")
    headings: dict[Id, Text] = Field({}, description="De woorden rond de kaart, per onderdeel.")
    turn: dict[Id, Text] = Field({}, description="Per orgaan: de zin die zegt dat het aan zet is.")
    helps: Texts = Field([], description="Wie helpt.")
    also: Names = Field(
        [], description="Soorten lezers die deze kaart krijgen als zij in de plaats van deze lezer komen."
    )
    parties: Names = Field([], description="Geadresseerden die deze lezer zijn: hun termijnen gaan hem aan.")


class CardWordsFile(Sourced):
    """The words that all cards of an organisation share."""

    makes = CardWords
    words: Annotated[Id, ASIDE] = Field(alias="card_words", description="De organisatie; gelijk aan de map.")
    fields: Annotated[dict[Id, FieldSlot], Becomes(values_of)] = Field(
        {}, description="Velden die elke kaart kan tonen, en hun waarde."
    )
    readers: dict[Id, CardReaderPart] = Field(description="Voor wie er kaarten zijn.", min_length=1)
