"""A rule set file: facts, rules, tables, terms, addressees, ladders."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from engine.core.content.records import RecordKind
from engine.core.content.ruleset import Consent, HitPolicy, Row, Rule, RuleSet, Table
from engine.core.language.facts import Choice, FactRule, FactType, Gathering
from engine.definitions.models.addressees import AddresseePart
from engine.definitions.models.by_name import CHOICES_OR_NAME
from engine.definitions.models.ladders import LadderPart
from engine.definitions.models.obligations import DecisionPart, ObligationPart
from engine.definitions.models.parts import (
    ASIDE,
    LETTER_GROUPS,
    Becomes,
    ChoiceId,
    ConditionSlot,
    ContentBlock,
    Dated,
    DayLimitSlot,
    ExpressionSlot,
    FactId,
    Id,
    Letters,
    Names,
    OptionalId,
    PatternSlot,
    Rows,
    Settings,
    Sourced,
    Text,
    values_of,
)
from engine.definitions.models.planned import PlannedPart
from engine.definitions.models.terms import AdditionPart, FloorPart, TermPart
from engine.definitions.models.views import ViewPart

TypeName = Literal[
    "yes_no", "number", "date", "moment", "choice", "choices", "text", "texts", "person", "persons", "documents"
]
Register = Literal["", "schools", "boards", "bodies"]
WrittenStanding = Literal["", "concept", "to_opr", "consented", "adopted", "rejected"]


class GatheredPart(ContentBlock):
    """Where values of the other cases of the same pupil come from."""

    makes = Gathering
    workflows: list[Id] = Field([], description="In welke workflows gezocht wordt; leeg: alle.")
    facts: list[FactId] = Field([], description="De gegevens waarvan de waarden samenkomen.")
    people: list[Literal["named", "acted", "handler"]] = Field(
        [],
        description="Wie daar op deze manieren aan meedeed: genoemd in welk gegeven ook, zelf gehandeld, behandelaar.",
    )


class FactPart(Sourced):
    """The declaration of a fact."""

    makes = FactRule
    type: Annotated[TypeName, Becomes(FactType)] = Field(description="De soort waarde.")
    label: Text = Field(description="De naam van het gegeven.")
    question: str = Field("", description="De vraag waarmee het gegeven wordt gevraagd.")
    supplied_by: Names = Field([], description="Wie het gegeven kan aanleveren.")
    choices: Annotated[dict[ChoiceId, Text], *CHOICES_OR_NAME, Rows(Choice, "id", "label")] = Field(
        {}, description="De mogelijke waarden met hun woorden, of like en de naam van een lijst uit organisation.yaml."
    )
    choices_from: Register = Field("", description="Register met de mogelijke waarden: schools, boards of bodies.")
    special_category: bool = Field(default=False, description="Bijzonder persoonsgegeven (gezondheid).")
    at_least: int | float | None = Field(None, description="De kleinste waarde die kan.")
    at_most: int | float | None = Field(None, description="De grootste waarde die kan.")
    whole: bool = Field(default=False, description="Alleen hele getallen.")
    unit: str = Field("", description="De eenheid achter het getal, bijvoorbeeld uren.")
    not_before: DayLimitSlot = Field(None, description="De eerste dag die kan: een dag, today, of {fact: naam}.")
    not_after: DayLimitSlot = Field(None, description="De laatste dag die kan: een dag, today, of {fact: naam}.")
    pattern: PatternSlot = Field(None, description="Hoe de waarde wordt geschreven: een naam uit patterns.")
    max_length: int | None = Field(
        None, description="Het grootste aantal tekens (anders 200, of 4000).", gt=0, le=20000
    )
    lines: int = Field(1, description="Het grootste aantal regels.", gt=0, le=200)
    prints: bool = Field(default=True, description="Of een brief de waarde kan tonen; dan past elk teken in een brief.")
    own_word: bool = Field(
        default=False,
        description="Alleen wie het aanlevert mag het opgeven, ook waar een handeling erom vraagt: een handtekening.",
    )
    fingerprint: bool = Field(
        default=False, description="De SHA-256 van een bestand; op de opdrachtregel mag het bestand worden genoemd."
    )
    gathered: GatheredPart | None = Field(None, description="Bijeengebracht uit andere zaken over hetzelfde onderwerp.")


_ONLY_SHOWN = "Waarom niets anders de uitkomst gebruikt: zij is er alleen voor mensen om te lezen."


class RulePart(Sourced):
    """A rule."""

    makes = Rule
    id: Id = Field(description="De naam van de regel.")
    label: Text = Field(description="Wat de regel zegt, in woorden.")
    when: ConditionSlot = Field(None, description="Wanneer de regel geldt.")
    then: Settings = Field(description="Wat dan vaststaat.", min_length=1)
    otherwise: Settings = Field({}, description="Wat vaststaat als geen regel voor dit gegeven geldt.")
    explanation: str = Field("", description="Toelichting voor de lezer.")
    statutory: bool = Field(default=False, description="Wettelijk: een hogere laag mag de regel niet vervangen.")
    only_shown: str = Field("", description=_ONLY_SHOWN)


class RowPart(Sourced):
    """A row of a decision table."""

    makes = Row
    when: ConditionSlot = Field(None, description="Wanneer de rij geldt; zonder: altijd.")
    then: ExpressionSlot = Field(description="De uitkomst van de rij.")
    label: str = Field("", description="De rij in woorden.")


class TablePart(Sourced):
    """A decision table."""

    makes = Table
    id: Id = Field(description="De naam van de tabel.")
    label: Text = Field(description="Wat de tabel bepaalt.")
    hit: Annotated[Literal["unique", "first", "collect"], Becomes(HitPolicy)] = Field(
        description="unique: hoogstens een rij geldt; first: de eerste telt; collect: alle rijen samen."
    )
    output: FactId = Field(description="Het gegeven dat de tabel vaststelt.")
    rows: list[RowPart] = Field(description="De rijen.", min_length=1)
    statutory: bool = Field(default=False, description="Wettelijk: een hogere laag mag de tabel niet vervangen.")
    only_shown: str = Field("", description=_ONLY_SHOWN)


class ConsentPart(Sourced):
    """The consent of a council to this version."""

    makes = Consent
    named = "sector"
    state: WrittenStanding = Field(
        "", description="De stand; zonder: consented als given er staat, anders concept. De rest volgt uit de dagen."
    )
    given_on: date | None = Field(None, alias="given", description="De dag van instemming; zonder: nog niet gegeven.")
    valid_through: date | None = Field(None, alias="until", description="Laatste dag waarvoor de instemming geldt.")


_Lives = Annotated[dict[ChoiceId, Text], Rows(Choice, "id", "label")]


class OtherCasesPart(Sourced):
    """The cases of another workflow about the same subject, as records that views look at."""

    makes = RecordKind
    label: Text = Field(description="Hoe zo'n zaak hier heet, bijvoorbeeld Escalatie van deze leerling.")
    cases_of: Id = Field(alias="workflow", description="De workflow van die zaken.")
    fields: dict[Id, FactPart] = Field({}, description="Wat hier van zo'n zaak te lezen is, onder een eigen naam.")
    reads: dict[Id, FactId] = Field(
        {}, description="Van elk veld het gegeven van die zaak; haar workflow noemt het bij shows."
    )


class RecordPart(Sourced):
    """A kind of record: what comes more than once."""

    makes = RecordKind
    label: Text = Field(description="Hoe zo'n regel heet, bijvoorbeeld Overleg.")
    fields: dict[Id, FactPart] = Field(description="De gegevens van elke regel.", min_length=1)
    needs: list[Id] = Field([], description="De gegevens zonder welke een regel nooit wordt geschreven; minstens een.")
    belongs_to: OptionalId = Field("", description="De soort waar elke regel bij hoort.")
    life: _Lives = Field(
        {}, description="De standen zolang er nog iets mee moet; de eerste is die van een nieuwe regel."
    )
    ends: _Lives = Field({}, description="De standen waarna er niets meer mee gebeurt.")
    replaced_as: OptionalId = Field(
        "", description="Er telt er een tegelijk: de stand die het vorige krijgt als er een nieuw record komt."
    )
    replaced_with: dict[Id, Id] = Field(
        {}, description="Wat een vervangen record nog krijgt: zijn veld, en het veld waarmee de handeling dat zegt."
    )
    unique: OptionalId = Field(
        "", description="Het veld waarvan een waarde bij een dossier hoort, en bij geen ander; alleen in een dossier."
    )
    told_apart_by: OptionalId = Field(
        "", description="Het veld waarmee wie handelt zegt welk open record bedoeld is, in plaats van een nummer."
    )
    binds: OptionalId = Field(
        "",
        description="Het veld met de regelsets waar een open record over gaat; wie er een publiceert, ziet het.",
    )
    taken_over: dict[Id, Id] = Field(
        {}, description="De stand van wat een oude zaak als los gegeven heeft, als dit veld bekend is."
    )
    written_by: Names = Field([], description="Wie de gegevens kan aanleveren, als het gegeven zelf niemand noemt.")


class RuleSetFile(Dated):
    """One dated version of a rule set."""

    makes = RuleSet
    id: Id = Field(alias="rule_set", description="De naam van de regelset; gelijk aan de map.")
    sectors: list[Id] = Field([], description="Voor welke sectoren deze regelset is; zonder: voor alle.")
    consents: Annotated[dict[Id, ConsentPart], Becomes(values_of)] = Field(
        {}, alias="consent", description="Instemming van de OPR, per sector."
    )
    shares: list[FactId] = Field(
        [], description="Wat deze regelset overneemt uit organisation.yaml: gegevens en geadresseerden, bij hun naam."
    )
    facts: dict[FactId, FactPart] = Field({}, description="De gegevens.")
    rules: list[RulePart] = Field([], description="De regels.")
    tables: list[TablePart] = Field([], description="De beslistabellen.")
    terms: dict[Id, TermPart] = Field({}, description="De termijnen.")
    adds: dict[Id, AdditionPart] = Field(
        {}, description="Wat er bij een termijn uit een lagere laag komt: signalen, en wat er bij het verlopen gebeurt."
    )
    floors: dict[Id, FloorPart] = Field(
        {}, description="Hoe lang een termijn van een hogere laag ten minste duurt, waar de wet geen lengte geeft."
    )
    decisions: dict[Id, DecisionPart] = Field({}, description="De besluiten die een handeling kan nemen.")
    obligations: list[ObligationPart] = Field([], description="Wat de wet van die handelingen vraagt.")
    planned: dict[Id, PlannedPart] = Field(
        {},
        alias="calendar",
        description="Werk dat bij geen zaak hoort: het komt vanzelf aan de beurt.",
    )
    addressees: dict[Id, AddresseePart] = Field({}, description="Wie brieven krijgt.")
    may_wait: dict[Id, Text] = Field({}, description="Wiens brieven mogen wachten tot er een adres is, en waarom.")
    letter_groups: Annotated[dict[Id, Letters], ASIDE] = Field({}, description=LETTER_GROUPS)
    records: dict[Id, RecordPart] = Field({}, description="Wat in een zaak vaker voorkomt.")
    other_cases: dict[Id, OtherCasesPart] = Field(
        {}, description="Andere zaken over hetzelfde onderwerp, waar een overzicht naar kijkt."
    )
    views: dict[Id, ViewPart] = Field({}, description="Welke daarvan tellen, onder een naam voor de voorwaarden.")
    ladders: dict[Id, LadderPart] = Field({}, description="De escalatieladders.")
