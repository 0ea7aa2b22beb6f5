"""organisation.yaml and the calendar files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from engine.core.content.organisation import (
    Board,
    Body,
    Mandate,
    Organisation,
    School,
    Sector,
)
from engine.core.content.ruleset import Table
from engine.core.content.subjects import SubjectKind, SubjectList
from engine.core.language.facts import Pattern
from engine.definitions.models.acts import ActPart
from engine.definitions.models.addressees import AddresseePart
from engine.definitions.models.letter_frame import LetterheadPart, LetterLabelsPart, LetterReaderPart, lines_of
from engine.definitions.models.office import InboxPart, OfficePart, PeoplePart
from engine.definitions.models.parts import (
    ASIDE,
    Becomes,
    ChoiceId,
    ExpressionSlot,
    FactId,
    Id,
    Names,
    Number,
    OptionalId,
    Sourced,
    Text,
    slot,
)
from engine.definitions.models.rule_set import FactPart, RecordPart, TablePart

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Act = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.([a-z][a-z0-9_]*|\*)$")]


class BodyPart(Sourced):
    """A body or role."""

    makes = Body
    label: Text = Field(description="Het orgaan of de rol in woorden.")
    in_sentence: str = Field("", description="Het orgaan midden in een zin, met lidwoord: de directeur-bestuurder.")
    members: str = Field("", description="Wie erin zitten.")
    email: str = Field("", description="E-mailadres voor berichten.")
    named_by: list[FactId] = Field(
        [],
        description="Zijn er veel van: de gegevens die zeggen welke het is; het eerste dat bekend is, telt.",
    )


class MandatePart(Sourced):
    """A mandate."""

    makes = Mandate
    id: Id = Field(description="De naam van het mandaat.")
    holder: Id = Field(description="Wie het mandaat heeft.")
    giver: Id = Field(description="Namens wie.")
    acts: list[Act] = Field(description="workflow.overgang, of workflow.* voor alles.", min_length=1)
    valid_from: date = Field(description="Eerste dag.")
    valid_through: date | None = Field(None, description="Laatste dag.")


class BoardPart(Sourced):
    """A school board."""

    makes = Board
    number: Number = Field(description="Het bestuursnummer, tussen aanhalingstekens.")
    name: Text = Field(description="De naam.")
    place: str = Field("", description="De plaats.")


class SchoolPart(Sourced):
    """A school location."""

    makes = School
    number: Number = Field(description="Het BRIN-nummer met vestiging.")
    name: Text = Field(description="De naam.")
    place: str = Field("", description="De plaats.")
    board: Number | None = Field(None, description="Het nummer van het bestuur.")
    types: list[Id] = Field([], description="Schoolsoorten.")
    region: OptionalId = Field("", description="De vakantieregio, als die anders is dan die van de organisatie.")


class SectorPart(Sourced):
    """A sector."""

    makes = Sector
    label: Text = Field(description="De sector in woorden.")
    consent_of: Id = Field(description="De raad die moet instemmen.")


class ParameterPart(Sourced):
    """A parameter."""

    value: ExpressionSlot = Field(description="De waarde: tekst, getal, dag, true of false, of een lijst.")
    label: str = Field("", description="De parameter in woorden.")


class SubjectListPart(Sourced):
    """The records of a subject that are meant by one name."""

    makes = SubjectList
    of: Id = Field(description="De soort regels in het dossier.")
    where_fields: dict[Id, Annotated[Any, slot("value")]] = Field(
        {}, alias="where", description="Alleen de regels met deze waarden; een nieuwe regel krijgt ze vanzelf."
    )
    facts: dict[Id, FactPart] = Field(
        description="De velden waarmee een procedure over hen samen spreekt: lijst.veld.", min_length=1
    )
    told_together: list[Id] = Field([], description="De velden die van meer regels samen worden genoemd.")


class SubjectKindPart(Sourced):
    """A kind of subject: whom cases are about."""

    makes = SubjectKind
    label: Text = Field(description="Over wie of wat de zaken gaan, in woorden.")
    key: Id = Field(description="Het gegeven met het nummer; uniek binnen de organisatie.")
    name: OptionalId = Field("", description="Het gegeven met de naam waaraan mensen het onderwerp herkennen.")
    birth_day: OptionalId = Field("", description="Het gegeven met de geboortedag; samen met de naam een herkenning.")
    only: dict[Id, Annotated[Any, slot("value")]] = Field(
        {}, description="Is er maar een: zijn gegevens, met het nummer; dan vraagt geen ingang ernaar."
    )
    facts: dict[Id, FactPart] = Field(description="Wat het dossier vasthoudt; elders heten zij soort.gegeven.")
    records: dict[Id, RecordPart] = Field({}, description="Wat er meer dan een van kan zijn, met hun velden.")
    lists: dict[Id, SubjectListPart] = Field({}, description="Regels uit het dossier onder een naam.")


class SharedActPart(ActPart):
    """An act that is the same in every procedure that takes it over."""

    label: Text = Field(description="De handeling in woorden.")
    by: Names = Field(description="Wie dit mag doen.", min_length=1)


class PatternPart(Sourced):
    """How a number that is text is written."""

    makes = Pattern
    label: Text = Field(description="Wat het is, in woorden: een leerlingnummer.")
    form: Text = Field(description="De vorm van de hele waarde, als reguliere expressie.")
    words: Text = Field(description="Hoe het wordt geschreven, in woorden: vier tot tien cijfers.")
    example: Text = Field(description="Een voorbeeld dat past.")


def _by_id(tables: Iterable[Table]) -> dict[str, Table]:
    return {table.id: table for table in tables}


def _by_number(places: Iterable[Board | School]) -> dict[str, Board | School]:
    return {place.number: place for place in places}


class OrganisationFile(Sourced):
    """An organisation."""

    makes = Organisation
    id: Id = Field(alias="organisation", description="De naam van de organisatie; gelijk aan de map.")
    title: Text = Field(description="De naam in woorden.")
    inherits: list[Id] = Field([], description="Organisaties waarvan zij erft.")
    is_law: Annotated[bool | None, ASIDE] = Field(
        None,
        description="Of wat anderen van haar erven wet is; zij moet het dan zeggen. Een latere versie van een wet bindt"
        " ook lopende zaken, waar zij strenger is; van een afspraak (false) houdt een zaak de versie"
        " waarmee zij begon.",
    )
    needs_consent: bool = Field(default=False, description="Of een versie instemming per sector nodig heeft.")
    region: str = Field("", description="De vakantieregio.")
    bodies: dict[Id, BodyPart] = Field({}, description="Organen en rollen.")
    mandates: list[MandatePart] = Field([], description="Mandaten.")
    boards: Annotated[list[BoardPart], Becomes(_by_number)] = Field([], description="Schoolbesturen.")
    schools: Annotated[list[SchoolPart], Becomes(_by_number)] = Field([], description="Scholen.")
    sectors: dict[Id, SectorPart] = Field(
        {}, description="Sectoren waarvoor zij werkt; wie er zelf geen noemt, heeft die van wat zij erft."
    )
    leaves_out: dict[Id, Text] = Field(
        {}, description="Geërfde procedures die zij niet heeft, met de reden: een vo-procedure bij alleen po."
    )
    parameters: dict[Id, ParameterPart] = Field({}, description="Vaste waarden.")
    patterns: dict[Id, PatternPart] = Field({}, description="Hoe nummers en codes worden geschreven.")
    subjects: dict[Id, SubjectKindPart] = Field({}, description="Over wie zaken gaan: een dossier per nummer.")
    shared_records: dict[Id, RecordPart] = Field({}, description="Soorten records die elke regelset kent.")
    shared_acts: dict[Id, SharedActPart] = Field(
        {}, description="Handelingen in elke open toestand van de workflows die ze overnemen (shares)."
    )
    shared_facts: dict[FactId, FactPart] = Field(
        {}, description="De woordenschat: gegevens die een regelset overneemt (shares)."
    )
    shared_tables: Annotated[list[TablePart], Becomes(_by_id)] = Field(
        [], description="Beslistabellen bij die gegevens; wie het gegeven overneemt, krijgt de tabel erbij."
    )
    shared_addressees: dict[Id, AddresseePart] = Field(
        {}, description="Wie brieven krijgt, voor de regelsets die hen overnemen (shares)."
    )
    choices: dict[Id, dict[ChoiceId, Text]] = Field(
        {}, description="Lijsten met antwoorden onder een naam; een gegeven zegt dan choices: like naam."
    )
    handovers: dict[Id, list[FactId]] = Field(
        {}, description="Gegevens die samen meegaan naar een andere zaak, onder een naam voor with."
    )
    locked_partials: dict[Id, Digest] = Field(
        {},
        description="Tekstblokken van brieven die niemand hierboven vervangt, met het kenmerk van hun tekst:"
        " wie hier iets verandert, laat het opnieuw nakijken.",
    )
    closed_calendar: bool = Field(
        default=False, description="Of alleen deze organisatie mag zeggen welke dagen met een feestdag gelijk staan."
    )
    published_by: list[Id] = Field([], description="Wie mag publiceren; zonder: iedereen met een rol.")
    people: PeoplePart | None = Field(None, description="Het register van wie aan zaken werkt.")
    office: OfficePart | None = Field(
        None, description="De uren, op werkdagen, waarin het programma uit zichzelf post verstuurt; zonder: altijd."
    )
    inbox: InboxPart | None = Field(None, description="Wat er in de inbox van een orgaan staat.")
    letterhead: Annotated[LetterheadPart | None, Becomes(lines_of)] = Field(None, description="De afzender op brieven.")
    letter_readers: dict[Id, LetterReaderPart] = Field({}, description="Soorten lezers van brieven.")
    spoken_names: dict[str, Text] = Field(
        {}, description="Hoe een naam begint, in kleine letters, en wat daarvoor in een aanhef staat."
    )
    letter_labels: Annotated[LetterLabelsPart | None, Becomes(lines_of)] = Field(
        None, description="De vaste woorden om een brieftekst heen, met de groet."
    )
