"""Parts that several kinds of files share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from engine.core.language.orders import CaseOrder, Changing, Conclusion, LetterOrder
from engine.core.quick_class import dataclass
from engine.definitions.models.by_name import HANDED_OR_NAMES, LETTERS_OR_NAMES

LANGUAGE = "language.schema.json"
SLOT = "x-slot"


def as_list(value: object) -> object:
    """A single value where a list can stand."""
    return value if isinstance(value, list) else [value]


def slot(name: str) -> WithJsonSchema:
    """A place for a part of the language, which the model leaves to the parsers.

    The schema writer makes a reference of the mark; a reference here would be followed, and lead nowhere.
    """
    return WithJsonSchema({SLOT: name})


@dataclass(frozen=True, slots=True)
class Becomes:
    """What the core holds instead of the value as it was written: an enum, a set, a mapping by number."""

    make: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Rows:
    """A mapping of which the core makes one value a line, with the key and what stands behind it under these names."""

    makes: type
    key: str
    value: str


def values_of(by_id: Mapping[str, object]) -> tuple[object, ...]:
    """What stands behind the keys, in order: for `Becomes`."""
    return tuple(by_id.values())


ASIDE = object()
"""Marks a key that is no field of what the block makes: the whole file is needed to know what it means."""


PLAIN_NAME = r"^[a-z][a-z0-9_]*$"
LETTER_NAME = r"^[A-Z][A-Z0-9]*-[0-9]+[a-z]?[A-Z]?$"
Id = Annotated[str, StringConstraints(pattern=PLAIN_NAME)]
OptionalId = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]*)?$")]
FactId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]
OptionalFactId = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]*(\.[a-z0-9_]+)*)?$")]
LetterId = Annotated[str, StringConstraints(pattern=LETTER_NAME)]
ChoiceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.+-]*$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{3,10}$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Share = Annotated[float, Field(gt=0, le=1)]
Texts = Annotated[list[Text], BeforeValidator(as_list), slot("texts")]
Names = Annotated[list[Id], BeforeValidator(as_list), slot("names")]
Slot = Any
ConditionSlot = Annotated[Slot, slot("condition")]
ExpressionSlot = Annotated[Slot, slot("expression")]
LengthSlot = Annotated[Slot, slot("length")]
DayLimitSlot = Annotated[Slot, slot("day_limit")]
PatternSlot = Annotated[Slot, slot("pattern")]
Status = Literal["", "assumption"]


class ContentBlock(BaseModel):
    """A block of a file: unknown keys are refused, and no value is quietly converted.

    `makes` is the core class of its value. Each field bears the name it has there; where the file says it otherwise,
    the alias is the key of the file. In a mapping the key is the field `named`. A key of `renamed` is refused with the
    word it has now.
    """

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=False)
    makes: ClassVar[type | None] = None
    named: ClassVar[str] = "id"
    renamed: ClassVar[Mapping[str, str]] = MappingProxyType({})


class Sourced(ContentBlock):
    """A block that can say where it comes from."""

    source: Texts = Field([], description="Document en plaats, of wet en artikel.")
    status: Status = Field("", description="assumption: de organisatie moet dit nog besluiten.")
    note: str = Field("", description="Opmerking voor wie dit bestand onderhoudt.")


class Dated(Sourced):
    """The head of a dated file."""

    title: Text = Field(description="De naam zoals mensen die lezen.")
    valid_from: date = Field(description="Eerste dag waarop deze versie geldt; gelijk aan de bestandsnaam.")
    valid_through: date | None = Field(None, description="Laatste dag waarop deze versie geldt.")


Settings = Annotated[dict[FactId, ExpressionSlot], Rows(Conclusion, "fact", "value")]


Changes = Annotated[dict[Id, Id], Rows(Changing, "kind", "to")]


class LetterOrderPart(ContentBlock):
    """A letter to be made."""

    makes = LetterOrder
    letter: LetterId = Field(description="De brief.")
    to: Names = Field(description="Aan wie: geadresseerden uit de regelset.", min_length=1)
    when: ConditionSlot = Field(None, description="Alleen als dit geldt.")


LETTER_GROUPS = "Brieven die vaker samen uitgaan; de naam staat dan onder letters in plaats van de brieven."
Letters = Annotated[list[LetterOrderPart], *LETTERS_OR_NAMES]


class CaseOrderPart(ContentBlock):
    """A case to be opened."""

    makes = CaseOrder
    workflow: Id = Field(description="De workflow van de nieuwe zaak.")
    entry: OptionalId = Field("", description="De ingang; zonder: de eerste.")
    when: ConditionSlot = Field(None, description="Alleen als dit geldt.")
    facts: Annotated[Settings, *HANDED_OR_NAMES] = Field(
        {},
        alias="with",
        description="Gegevens van de nieuwe zaak en hun waarde; of namen: van handovers, en van gegevens die daar net"
        " zo heten.",
    )
    several: bool = Field(default=False, description="true: ook als deze zaak er al een van die workflow open heeft.")
