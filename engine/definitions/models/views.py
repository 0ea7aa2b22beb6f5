"""Views: the records that count for something, and the stretch of time in which they must lie."""

from __future__ import annotations

from pydantic import Field

from engine.core.content.records import Full, View
from engine.definitions.models.parts import (
    ConditionSlot,
    ContentBlock,
    ExpressionSlot,
    Id,
    LengthSlot,
    Names,
    Sourced,
    Text,
)


class FullPart(ContentBlock):
    """A stretch of time in which a field adds up to enough."""

    makes = Full
    added: Id = Field(alias="sum", description="Het veld dat wordt opgeteld: een getal dat nooit onder nul komt.")
    at_least: int | float = Field(description="Hoeveel samen genoeg is.", gt=0)
    within: LengthSlot = Field(description="Hoe lang het stuk tijd is, bijvoorbeeld 4 school weeks.")
    by: Id = Field(description="Het veld met de dag waarop het telt.")
    school: ExpressionSlot = Field(
        None, description="De school waarvan de vakanties gelden; niet bekend: die van de regio."
    )


class ViewPart(Sourced):
    """The records that count for something, under a name."""

    makes = View
    label: Text = Field(description="Welke regels dit zijn, in woorden.")
    of: Id = Field(description="De soort regels.")
    when: ConditionSlot = Field(
        None, alias="where", description="Welke tellen; de kale velden zijn die van de regel zelf. Zonder: alle."
    )
    alike: Names = Field(
        [],
        description="Velden waarin zij niet verschillen van wat de stap zelf zegt, in een stap die de soort schrijft.",
    )
    full: FullPart | None = Field(
        None, description="Alleen de regels van het eerste stuk tijd dat vol is; geen, zolang er geen vol is."
    )
