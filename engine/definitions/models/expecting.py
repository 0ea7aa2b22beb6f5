"""What must come of an act, or be so at a moment: one vocabulary for script, story and rule test."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from engine.core.deciding.step import BlockerKind
from engine.definitions.models.parts import ContentBlock, FactId, Id, OptionalId, slot
from engine.definitions.script import Expectation

ValueSlot = Annotated[Any, slot("value")]
LastDaySlot = Annotated[Any, slot("last_day")]
Values = dict[FactId, ValueSlot]
TermKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*(\.[0-9]+)?)?$")]
LetterKey = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*-[0-9]+[a-z]?[A-Z]?(/[a-z][a-z0-9_]*)?$")]
BlockerName = Annotated[BlockerKind, Field(strict=False)]


class ExpectPart(ContentBlock):
    """What must be so."""

    makes = Expectation

    state: OptionalId = Field("", description="De toestand.")
    conclusions: Values = Field({}, description="Wat de regels vaststellen.")
    facts: Values = Field({}, description="Wat van de zaak bekend is.")
    unknown: list[FactId] = Field([], description="Gegevens die onbekend blijven.")
    missing: dict[FactId, list[FactId]] = Field({}, description="Per gegeven: waarnaar gevraagd wordt.")
    terms: dict[TermKey, LastDaySlot] = Field({}, description="De laatste dag per termijn; none: loopt niet.")
    letters: list[LetterKey] | None = Field(
        None, description="De brieven van precies deze stap: BRIEF, of BRIEF/GEADRESSEERDE om ook te zeggen aan wie."
    )
    says: dict[LetterKey, dict[Id, ValueSlot]] = Field(
        {}, description="Per brief van deze stap: wat er in de velden staat die u noemt."
    )
    waiting: list[LetterKey] | None = Field(None, description="De brieven die klaarstaan en nog niet weg zijn.")
    reminders: list[TermKey] | None = Field(None, description="De termijnen waarvan nu een herinnering kwam.")
    passed: list[TermKey] | None = Field(None, description="De termijnen die nu verlopen zijn.")
    notices: dict[Id, list[Id]] | None = Field(
        None, description="Wie nu een bericht kreeg, en welke soort: term_warning, term_passed, transition, ..."
    )
    opens: list[Id] | None = Field(None, description="De workflows van de zaken die hierdoor echt geopend zijn.")
    receives: dict[Id, Values] = Field({}, description="Per geopende zaak, op workflow: wat zij meekreeg.")
    not_opened: dict[Id, list[BlockerName]] = Field(
        {}, description="De workflows van zaken die geopend hadden moeten worden, maar geweigerd zijn, en waarom."
    )
    tells: Values = Field({}, description="Wat de bovenliggende zaak hierdoor te horen kreeg.")
    records: dict[Id, list[dict[Id, ValueSlot]]] = Field(
        {}, description="Per soort: alles wat geschreven is, oudste eerst, met de velden die u noemt; life is de stand."
    )
    possible: list[Id] = Field([], description="Overgangen die nu kunnen.")
    not_possible: list[Id] = Field([], description="Overgangen die nu niet kunnen.")


def nothing_expected() -> ExpectPart:
    """What a test expects that only says what is refused."""
    return ExpectPart.model_validate({})
