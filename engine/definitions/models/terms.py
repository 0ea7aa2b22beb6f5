"""The blocks that describe a term."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from engine.core.content.lengths import LengthOf
from engine.core.content.term_rules import (
    WITHOUT_END,
    Deferring,
    Floor,
    Passing,
    Protects,
    Reminder,
    Sending,
    TermAddition,
    TermRule,
)
from engine.core.legal_clock.period import Unit
from engine.core.legal_clock.termspec import Extension
from engine.definitions.models.parts import (
    Becomes,
    CaseOrderPart,
    ConditionSlot,
    ContentBlock,
    ExpressionSlot,
    Id,
    LengthSlot,
    LetterId,
    Letters,
    Names,
    OptionalId,
    Settings,
    Share,
    Sourced,
    Text,
    Texts,
)


def _protected(word: str) -> Protects | None:
    return Protects(word) if word else None


_UNITS = f"^({'|'.join(one.value.replace('_', ' ') for one in Unit)})$"
_MOST_REPEATS = 52
_ALWAYS = -1


class ReminderPart(Sourced):
    """A reminder before a term passes."""

    makes = Reminder
    after: LengthSlot = Field(None, description="Zo lang na het begin van de termijn.")
    share: Share | None = Field(None, description="Na dit deel van de termijn, tussen 0 en 1.")
    before_end: LengthSlot = Field(None, description="Zo lang voor de laatste dag.")
    to: Names = Field(description="Wie het signaal krijgt.", min_length=1)
    ask: Names = Field([], description="De overgangen waaruit de lezer kiest.")
    when: ConditionSlot = Field(None, description="Niet als dit zeker niet geldt op het moment zelf.")
    label: str = Field("", description="Wat het signaal zegt.")
    letters: Letters = Field([], description="Brieven bij dit signaal.")


class PassingPart(Sourced):
    """What happens when a term passes."""

    makes = Passing
    sets: Settings = Field({}, description="Gegevens die dan vaststaan.")
    letters: Letters = Field([], description="Brieven die dan uitgaan.")
    tells: Names = Field([], description="Wie bericht krijgt.")
    opens: list[CaseOrderPart] = Field([], description="Zaken die dan beginnen.")


class ExtendPart(Sourced):
    """An extension of the term."""

    makes = Extension
    by: Id = Field(description="De overgang die verlengt.")
    period: LengthSlot = Field(alias="length", description="Hoeveel langer.")
    times: int = Field(1, description="Hoe vaak hoogstens.", ge=1)


class SendingPart(Sourced):
    """The letter from whose sending something counts."""

    makes = Sending
    named = "of"
    letter: LetterId = Field(description="De brief.")
    to: Names = Field([], description="De lezers aan wie hij verstuurd moet zijn; zonder: iedereen aan wie hij gaat.")


class DeferPart(Sourced):
    """A deferral of the last day."""

    makes = Deferring
    by: Id = Field(description="De overgang die uitstelt.")
    until: ExpressionSlot = Field(description="De nieuwe laatste dag.")
    times: int = Field(1, description="Hoe vaak hoogstens.", ge=1)
    at_most: LengthSlot = Field(None, description="Zo ver hoogstens na de oude laatste dag; zonder: geen grens.")


class LengthOfPart(ContentBlock):
    """A length that the case says."""

    makes = LengthOf
    amount: ExpressionSlot = Field(
        description="Hoeveel: {fact: naam} van een heel getal met grenzen, of {parameter: naam}."
    )
    unit: Annotated[str, Becomes(lambda word: Unit(word.replace(" ", "_")))] = Field(
        description="Waarin geteld wordt.", pattern=_UNITS
    )


class TermPart(Sourced):
    """A term: how long, of which kind, what moves its clock."""

    makes = TermRule
    renamed = MappingProxyType({"warnings": "reminders"})
    label: Text = Field(description="De termijn in woorden.")
    kind: Literal["statutory", "agreed", "target"] = Field(description="Wettelijk, afgesproken of streeftermijn.")
    period: LengthSlot = Field(None, alias="length", description="De lengte met eenheid, bijvoorbeeld 8 weeks.")
    length_of: LengthOfPart | None = Field(
        None, description="In plaats van length: een lengte die uit een gegeven of parameter volgt."
    )
    before: ExpressionSlot = Field(None, description="De lengte telt terug vanaf deze dag.")
    until: ExpressionSlot = Field(None, description="De laatste dag: de termijn verloopt de dag erna.")
    on_day: ExpressionSlot = Field(None, description="De dag waarop de termijn verloopt, om 0.00 uur.")
    school_of: ExpressionSlot = Field(
        None,
        alias="school",
        description="De school (uit het register) waarvan de schooldagen of schoolweken tellen; zonder: de regio.",
    )
    repeats: Annotated[
        int,
        BeforeValidator(lambda times: _ALWAYS if times == "always" else times),
        Field(ge=_ALWAYS, le=_MOST_REPEATS),
        Becomes(lambda times: WITHOUT_END if times == _ALWAYS else times),
        WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": _MOST_REPEATS}, {"const": "always"}]}),
    ] = Field(
        0,
        description="Zo vaak begint de klok hoogstens opnieuw als zij verloopt en niets haar stopte; always: tot iets "
        "haar stopt.",
    )
    anchor: ExpressionSlot = Field(None, description="Dag 0; zonder: de dag waarop de klok begint.")
    basis: Texts = Field([], description="De wettelijke grondslag.")
    termijnenwet: bool = Field(default=False, description="Of de Algemene termijnenwet geldt.")
    in_decree: bool = Field(
        default=False, description="Of de termijn in een algemene maatregel van bestuur staat (art. 5 van die wet)."
    )
    roll: Literal["", "forward", "backward", "none"] = Field(
        "", description="Wat er gebeurt als de laatste dag geen werkdag is."
    )
    starts_in: Names = Field([], description="Toestanden waarin de klok begint.")
    starts_on: Names = Field([], description="Overgangen waarbij de klok begint.")
    sending_of: list[LetterId] = Field(
        [], description="Brieven die bij verzending de klok beginnen, per geadresseerde."
    )
    for_each: OptionalId = Field(
        "",
        description="Een klok voor elk record van deze soort, zolang het open is; de velden zijn die van het record.",
    )
    stops_in: Names = Field([], description="Toestanden waarin de klok stopt.")
    stops_on: Names = Field([], description="Overgangen waarbij de klok stopt.")
    suspended_in: Names = Field([], description="Toestanden waarin de klok stilstaat.")
    suspended_while: ConditionSlot = Field(
        None, description="Zolang dit geldt staat de klok stil, in welke toestand ook; naast suspended_in."
    )
    suspends_on: Names = Field(
        [], description="Overgangen waarna de klok stilstaat, in welke toestand ook, tot resumes_on."
    )
    resumes_on: Names = Field([], description="Overgangen waarna de klok weer loopt.")
    ground: str = Field("", description="De grondslag van de opschorting.")
    hours: Literal["", "continuous", "office"] = Field(
        "", description="Welke uren een termijn in uren telt: alle (continuous), of die van het kantoor (office)."
    )
    grounds: dict[Id, ExpressionSlot] = Field(
        {}, description="De grondslag van elke opschorting apart: per toestand, overgang of suspended_while."
    )
    follows: OptionalId = Field("", description="Termijn waarvan deze de opschortingen deelt.")
    from_sending: dict[Id, SendingPart] = Field(
        {},
        description="Wat pas telt als een brief is verstuurd: een toestand of overgang van deze termijn, of "
        "suspended_while. Tot die dag doet de klok wat zij deed.",
    )
    extension: ExtendPart | None = Field(None, alias="extend", description="Verlenging.")
    deferral: DeferPart | None = Field(None, alias="defer", description="Uitstel tot een andere dag.")
    reminders: list[ReminderPart] = Field([], description="Signalen voor het einde.")
    passing: PassingPart | None = Field(None, alias="passed", description="Wat er gebeurt als de termijn verloopt.")
    target_share: Share | None = Field(None, description="Het deel van de zaken dat de streeftermijn haalt.")
    protects: Annotated[Literal["", "citizen", "body", "both"], Becomes(_protected)] = Field(
        "",
        description="Van wie de tijd van een wettelijke termijn is. citizen: korter is soepeler; body: langer is"
        " soepeler; both: de rechter past haar toe zoals zij is, dus niets anders.",
    )
    running_cases: bool = Field(
        default=False,
        description="Of de lengte ook geldt voor zaken die al liepen toen deze wet ging gelden. Een strengere lengte "
        "geldt daar altijd; zonder dit verandert een soepelere er niets.",
    )


class AdditionPart(Sourced):
    """What an organisation adds to a term of a layer below."""

    makes = TermAddition
    named = "term"
    period: LengthSlot = Field(None, alias="length", description="Een strengere lengte.")
    reminders: list[ReminderPart] = Field([], description="Signalen erbij, voor het einde.")
    passing: PassingPart | None = Field(None, alias="passed", description="Wat er nog meer gebeurt als zij verloopt.")


class FloorPart(Sourced):
    """The least length of a term that a layer above gives."""

    makes = Floor
    named = "term"
    at_least: LengthSlot = Field(description="Zo lang duurt de termijn ten minste.")
