"""Parts that several kinds of files share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

LANGUAGE = "language.schema.json"
SLOT = "x-slot"


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def slot(name: str) -> WithJsonSchema:
    """A place for a part of the language, which the model leaves to the parsers.

    The schema writer makes a reference of the mark; a reference here would be followed, and lead nowhere.
    """
    return WithJsonSchema({SLOT: name})


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
OptionalId = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]*)?$")]
FactId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]
OptionalFactId = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]*(\.[a-z0-9_]+)*)?$")]
LetterId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*-[0-9]+[a-z]?[A-Z]?$")]
ChoiceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.+-]*$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{3,10}$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Share = Annotated[float, Field(gt=0, le=1)]
Texts = Annotated[list[Text], BeforeValidator(_as_list), slot("texts")]
Names = Annotated[list[Id], BeforeValidator(_as_list), slot("names")]
Slot = Any
ConditionSlot = Annotated[Slot, slot("condition")]
ExpressionSlot = Annotated[Slot, slot("expression")]
LengthSlot = Annotated[Slot, slot("length")]
Status = Literal["", "assumption"]


class Part(BaseModel):
    """A block of a file: unknown keys are refused, and no value is quietly converted."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)


class Sourced(Part):
    """A block that can say where it comes from."""

    source: Texts = Field([], description="Document en plaats, of wet en artikel.")
    status: Status = Field("", description="assumption: de organisatie moet dit nog besluiten.")
    note: str = Field("", description="Opmerking voor wie dit bestand onderhoudt.")


class Dated(Sourced):
    """The head of a dated file."""

    title: Text = Field(description="De naam zoals mensen die lezen.")
    valid_from: date = Field(description="Eerste dag waarop deze versie geldt; gelijk aan de bestandsnaam.")
    valid_through: date | None = Field(None, description="Laatste dag waarop deze versie geldt.")


class LetterOrderPart(Part):
    """A letter to be made."""

    letter: LetterId = Field(description="De brief.")
    to: Names = Field(description="Aan wie: geadresseerden uit de regelset.", min_length=1)
    when: ConditionSlot = Field(None, description="Alleen als dit geldt.")


class CaseOrderPart(Part):
    """A case to be opened."""

    workflow: Id = Field(description="De workflow van de nieuwe zaak.")
    entry: OptionalId = Field("", description="De ingang; zonder: de eerste.")
    when: ConditionSlot = Field(None, description="Alleen als dit geldt.")
    facts: dict[FactId, ExpressionSlot] = Field(
        {}, alias="with", description="Gegevens van de nieuwe zaak en hun waarde."
    )


Settings = dict[FactId, ExpressionSlot]
