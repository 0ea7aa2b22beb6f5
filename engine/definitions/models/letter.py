"""The head of a letter template."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from engine.core.content.template import LetterTemplate, Promise
from engine.definitions.models.parts import (
    Becomes,
    ContentBlock,
    Dated,
    ExpressionSlot,
    Id,
    LetterId,
    Names,
    Text,
    slot,
    values_of,
)

FieldSlot = Annotated[Any, slot("letter_field")]


class PromisePart(ContentBlock):
    """What a letter that goes by itself promises."""

    makes = Promise
    says: Text = Field(description="De woorden van de belofte, zoals zij in de tekst staan.")
    kept_by: Names = Field(description="De handelingen die de belofte nakomen; een ervan is genoeg.", min_length=1)


class LetterFile(Dated):
    """The head of one dated version of a letter."""

    makes = LetterTemplate
    id: LetterId = Field(alias="letter", description="Het kenmerk van de brief; gelijk aan de map.")
    level: Literal["B1", "A2"] = Field(description="Taalniveau.")
    clause: Literal["objection", "appeal", "none"] = Field(description="Bezwaarclausule, beroepsclausule of geen.")
    audience: Names = Field(description="Wie de brief kan krijgen.", min_length=1)
    signature: Id = Field(description="Wie ondertekent.")
    signed_by: ExpressionSlot = Field(
        None, description="Wie tekent, bij naam; zonder: wie de handeling namens de ondertekenaar deed."
    )
    legal_check: bool = Field(default=False, description="Of een jurist de brief heeft nagekeken of moet nakijken.")
    promises: list[PromisePart] = Field(
        [], description="Wat de brief belooft, als hij ook zonder mens uitgaat, en wie dat nakomt."
    )
    fields: Annotated[dict[Id, FieldSlot], Becomes(values_of)] = Field({}, description="De velden en hun waarde.")
