"""What people do and what must come of it: one vocabulary for the script of a demo and the stories of a rule set."""

from __future__ import annotations

from datetime import date, datetime
from operator import not_
from typing import Annotated, Any

from pydantic import Field

from engine.core.moment import start_of_day
from engine.definitions.models.expecting import BlockerName, ExpectPart, Values, ValueSlot, nothing_expected
from engine.definitions.models.parts import (
    ASIDE,
    Becomes,
    ConditionSlot,
    ContentBlock,
    FactId,
    Id,
    LengthSlot,
    OptionalId,
    Share,
    Text,
    slot,
)
from engine.definitions.script import (
    CasePlan,
    InboxLook,
    RegisterOrder,
    RuleTest,
    RuleTestFile,
    Script,
    ScriptedAct,
    Selection,
    Way,
    moment_of_day,
)

GivenSlot = Annotated[Any, slot("given")]
MomentSlot = Annotated[Any, slot("moment")]
Border = Annotated[MomentSlot, Becomes(lambda on: on if isinstance(on, datetime) else start_of_day(on))]
Given = dict[FactId, GivenSlot]
Amount = Annotated[int, Field(ge=1)]


class ScriptActPart(ContentBlock):
    """One act of a person, or time that passes."""

    makes = ScriptedAct

    on: MomentSlot = Field(None, description="Dag of tijdstip; een dag is 9 uur.")
    after: LengthSlot = Field(None, description="Hoe lang na de vorige handeling.")
    spread: LengthSlot = Field(
        None, description="Nul tot zoveel dagen later, op een werkdag in kantoortijd; per zaak een vaste keuze."
    )
    transition: Annotated[OptionalId, ASIDE] = Field("", alias="do", description="De overgang die genomen wordt.")
    record: Annotated[Given, ASIDE] = Field({}, description="Gegevens die worden vastgelegd, zonder overgang.")
    correct: Annotated[Given, ASIDE] = Field({}, description="Gegevens die worden verbeterd, met een reden.")
    opens: Annotated[OptionalId, ASIDE] = Field(
        "", alias="open", description="De workflow waarin een zaak wordt geopend."
    )
    wait: Annotated[bool, ASIDE] = Field(default=False, description="true: er gaat alleen tijd voorbij.")
    case: OptionalId = Field(
        "",
        description="Om welke zaak het gaat, als het niet de eerste is: de naam die zij bij open kreeg,"
        " of de workflow van een zaak die vanzelf geopend is.",
    )
    entry: OptionalId = Field("", description="De ingang van die workflow; zonder: de eerste.")
    role: OptionalId = Field("", alias="as", description="Wie het doet.")
    by: str = Field("", description="De naam van de persoon die het doet; die staat bij people.")
    facts: Given = Field({}, alias="set", description="Gegevens die worden meegegeven.")
    groups: Annotated[list[Id], ASIDE] = Field([], alias="with", description="Groepen gegevens die worden meegegeven.")
    reason: str = Field("", description="De reden.")
    states: list[Id] = Field([], alias="in", description="Alleen als de zaak in een van deze toestanden is.")
    only: ConditionSlot = Field(None, description="Alleen als dit geldt.")
    holds_mail: Annotated[bool, Becomes(not_)] = Field(
        default=True, alias="mail", description="false: de post gaat pas weg bij de volgende stap."
    )
    refused: list[BlockerName] = Field([], description="Redenen waarom het moet worden geweigerd.")
    about: list[Text] = Field(
        [], description="Waar die weigering over gaat: een gegeven, een brief met haar veld, een rol."
    )
    expect: ExpectPart | None = Field(None, description="Wat daarna zo moet zijn.")


class WayPart(ContentBlock):
    """One way in which things may go."""

    makes = Way

    name: Text = Field(description="Hoe het gaat, in een paar woorden.")
    share: Share = Field(1.0, description="Deel van de zaken.")
    acts: list[ScriptActPart] = Field([], description="Wat er gebeurt, op volgorde.")


class ForPart(ContentBlock):
    """Which cases."""

    makes = Selection

    workflow: Id = Field(description="De workflow.")
    subject: str = Field("", description="Alleen de zaak over dit onderwerp.")
    condition: ConditionSlot = Field(None, alias="where", description="Alleen zaken waarvoor dit geldt.")
    every: Amount = Field(1, description="Een op de zoveel van deze zaken.")


class PlanPart(ContentBlock):
    """Cases and the ways they go; a story is one case that goes one way."""

    makes = CasePlan

    name: Text = Field(description="Het verhaal, als zin.")
    opening: ScriptActPart | None = Field(None, alias="open", description="Hoe iemand de zaak opent.")
    count: Amount = Field(1, description="Hoeveel zaken zo worden geopend; {n} in een tekst is het volgnummer.")
    records: dict[Id, list[dict[Id, GivenSlot]]] = Field(
        {}, description="Wat al in het dossier staat voor iemand de zaak opent, per soort; life is de stand."
    )
    cases: ForPart | None = Field(None, alias="for", description="Welke bestaande zaken.")
    acts: Annotated[list[ScriptActPart], ASIDE] = Field([], description="Wat er gebeurt, op volgorde van tijd.")
    ways: list[WayPart] = Field([], description="De manieren waarop het kan gaan, met hun deel.")


class RegisterPart(ContentBlock):
    """The register that is taken over first."""

    makes = RegisterOrder

    file: Text = Field(description="Het CSV-bestand, naast dit bestand.")
    workflow: Id = Field(description="De workflow waarin elke regel een zaak wordt.")
    entry: OptionalId = Field("", description="De ingang die de kolommen noemt.")
    role: Id = Field(alias="as", description="Wie het register overneemt.")


class InboxLookPart(ContentBlock):
    """How full an inbox may be, on the days when that is looked at."""

    makes = InboxLook

    fewer_than: Amount = Field(description="Met minder zaken dan dit; nieuws over zaken van anderen telt niet mee.")
    on: list[date] = Field(description="De dagen waarop aan het eind wordt gekeken.", min_length=1)


class ScriptFile(ContentBlock):
    """A rehearsal: all plans in one workplace."""

    makes = Script

    title: Text = Field(description="Wat hier wordt nagespeeld.")
    organisation: OptionalId = Field("", description="Voor welke organisatie; zonder: de enige die er is.")
    starts_at: Border = Field(alias="starts", description="Waar de oefenklok begint.")
    ends_at: Border = Field(alias="ends", description="Tot waar hij loopt.")
    register_order: RegisterPart | None = Field(
        None, alias="register", description="Het register dat wordt overgenomen."
    )
    people: list[Text] = Field([], description="De namen van wie in het register van personen staat als het begint.")
    inboxes: InboxLookPart | None = Field(None, description="Hoe vol een inbox mag zijn.")
    groups: Annotated[dict[Id, Given], ASIDE] = Field({}, description="Groepen gegevens die vaker voorkomen.")
    plans: list[PlanPart] = Field(description="Wat mensen doen.")


class TriedActPart(ContentBlock):
    """An act that is tried at one moment."""

    makes = ScriptedAct

    transition: Annotated[Id, ASIDE] = Field(alias="do", description="De overgang die wordt geprobeerd.")
    role: Id = Field(alias="as", description="Wie het doet.")
    facts: Given = Field({}, alias="set", description="Gegevens die daarbij worden meegegeven.")
    reason: str = Field("", description="De reden die daarbij wordt gegeven.")
    refused: list[BlockerName] = Field([], description="Redenen waarom het moet worden geweigerd.")
    about: list[Text] = Field([], description="Waar die weigering over gaat.")


class TestPart(ContentBlock):
    """One moment."""

    __test__ = False
    makes = RuleTest

    name: Text = Field(description="Wat de proceseigenaar verwacht, als zin.")
    on: Annotated[MomentSlot, Becomes(moment_of_day)] = Field(description="Dag of tijdstip; een dag is 9 uur.")
    state: OptionalId = Field("", description="De toestand waarin de zaak staat; zonder: de eerste.")
    facts: Values = Field(
        {}, description="Wat bekend is; een veld van een record is dat van de handeling die het schrijft."
    )
    records: dict[Id, list[dict[Id, ValueSlot]]] = Field(
        {}, description="Wat eerder is geschreven, per soort; life is de stand."
    )
    act: Annotated[TriedActPart | None, ASIDE] = Field(
        None, description="Wat op dat moment wordt geprobeerd; zonder: er gebeurt niets."
    )
    expect: ExpectPart = Field(default_factory=nothing_expected, description="Wat eruit moet komen.")


class TestFile(ContentBlock):
    """Tests and stories of a rule set; each story is played in a workplace of its own."""

    __test__ = False
    makes = RuleTestFile

    rule_set: Id = Field(description="De regelset; gelijk aan de map.")
    workflow: Id = Field(description="De workflow waarin getest wordt.")
    people: list[Text] = Field([], description="De namen van wie bij elk verhaal in het register van personen staat.")
    groups: Annotated[dict[Id, Given], ASIDE] = Field({}, description="Groepen gegevens die vaker voorkomen.")
    tests: list[TestPart] = Field([], description="Proeven van een moment.")
    stories: list[PlanPart] = Field([], description="Verhalen over weken.")
