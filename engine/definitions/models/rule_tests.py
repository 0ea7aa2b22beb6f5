"""A file of rule tests and stories."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from engine.core.deciding.step import BlockerKind
from engine.definitions.models.parts import FactId, Id, LetterId, OptionalId, Part, Text, slot

ValueSlot = Annotated[Any, slot("value")]
MomentSlot = Annotated[Any, slot("moment")]
Values = dict[FactId, ValueSlot]
TermKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?$")]
BlockerName = Annotated[str, Field(json_schema_extra={"enum": [kind.value for kind in BlockerKind]})]


class ExpectPart(Part):
    """What must be so."""

    state: OptionalId = Field("", description="De toestand.")
    conclusions: Values = Field({}, description="Wat de regels vaststellen.")
    facts: Values = Field({}, description="Wat van de zaak bekend is.")
    unknown: list[FactId] = Field([], description="Gegevens die onbekend blijven.")
    missing: dict[FactId, list[FactId]] = Field({}, description="Per gegeven: waarnaar gevraagd wordt.")
    terms: dict[TermKey, ValueSlot] = Field({}, description="De laatste dag per termijn; none: loopt niet.")
    letters: list[LetterId] | None = Field(None, description="De brieven van precies deze stap.")
    opens: list[Id] | None = Field(None, description="De workflows van de zaken die hierdoor beginnen.")
    possible: list[Id] = Field([], description="Overgangen die nu kunnen.")
    not_possible: list[Id] = Field([], description="Overgangen die nu niet kunnen.")


class TestPart(Part):
    """One moment."""

    __test__ = False

    name: Text = Field(description="Wat de proceseigenaar verwacht, als zin.")
    on: MomentSlot = Field(description="Dag of tijdstip; een dag is 9 uur.")
    state: OptionalId = Field("", description="De toestand waarin de zaak staat; zonder: de eerste.")
    facts: Values = Field({}, description="Wat bekend is.")
    expect: ExpectPart = Field(description="Wat eruit moet komen.")


class OpenPart(Part):
    """How the case opens."""

    on: MomentSlot = Field(description="Dag of tijdstip; een dag is 9 uur.")
    entry: OptionalId = Field("", description="De ingang; zonder: de eerste.")
    role: Id = Field(alias="as", description="Wie de zaak opent.")
    facts: Values = Field({}, alias="set", description="Gegevens bij het openen.")


class StepPart(Part):
    """One act, or time that passes."""

    on: MomentSlot = Field(description="Dag of tijdstip; een dag is 9 uur.")
    transition: OptionalId = Field("", alias="do", description="De overgang die genomen wordt.")
    role: OptionalId = Field("", alias="as", description="Wie het doet.")
    facts: Values = Field({}, alias="set", description="Gegevens die worden meegegeven.")
    record: Values = Field({}, description="Gegevens die worden vastgelegd, zonder overgang.")
    wait: bool = Field(default=False, description="true: er gaat alleen tijd voorbij.")
    reason: str = Field("", description="De reden.")
    refused: list[BlockerName] = Field([], description="Redenen waarom het moet worden geweigerd.")
    expect: ExpectPart | None = Field(None, description="Wat daarna zo moet zijn.")


class StoryPart(Part):
    """A case that lives."""

    name: Text = Field(description="Het verhaal in een zin.")
    open: OpenPart = Field(description="Hoe de zaak begint.")
    expect: ExpectPart | None = Field(None, description="Wat na het openen zo moet zijn.")
    steps: list[StepPart] = Field([], description="Wat er gebeurt, op volgorde van tijd.")


class TestFile(Part):
    """Tests and stories of a rule set."""

    __test__ = False

    rule_set: Id = Field(description="De regelset; gelijk aan de map.")
    workflow: Id = Field(description="De workflow waarin getest wordt.")
    valid_on: date = Field(description="De dag die de versie kiest.")
    tests: list[TestPart] = Field([], description="Proeven van een moment.")
    stories: list[StoryPart] = Field([], description="Verhalen over weken.")
