"""A workflow file: entries, states, transitions and the ladder it unfolds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.core.content.workflow import Column, EntryPoint, Mending, Reopening, State, Transition, Workflow
from engine.definitions.models.acts import WRITES, ActPart, OriginSlot, TransitionPart, Writings
from engine.definitions.models.parts import (
    ASIDE,
    LETTER_GROUPS,
    Becomes,
    Changes,
    ConditionSlot,
    ContentBlock,
    Dated,
    FactId,
    Id,
    Letters,
    Names,
    OptionalFactId,
    OptionalId,
    Rows,
    Settings,
    Sourced,
    Text,
    Texts,
)


class SubjectPart(ContentBlock):
    """Whose case it is."""

    key: FactId = Field(description="Het gegeven waaraan het onderwerp herkend wordt.")
    name: FactId = Field(description="Het gegeven met de naam.")
    again: Literal["", "reason"] = Field(
        "", description="reason: wie een tweede zaak opent terwijl er een loopt, geeft een reden."
    )


class EntryPart(Sourced):
    """A way to open a case."""

    makes = EntryPoint
    id: Id = Field(description="De naam van de ingang.")
    label: Text = Field(description="De ingang in woorden.")
    state: Id = Field(description="De toestand waarin de zaak begint.")
    by: Names = Field([], description="Wie de zaak mag openen; leeg: iedereen.")
    requires: list[FactId] = Field([], description="Gegevens die bekend moeten zijn.")
    when: ConditionSlot = Field(None, description="Alleen als dit geldt.")
    writes: Writings = Field([], description=WRITES)
    sets: Settings = Field({}, description="Gegevens die hierdoor vaststaan.")
    letters: Letters = Field([], description="Brieven die uitgaan.")
    tells: Names = Field([], description="Wie bericht krijgt; owner: wie de zaak krijgt en haar niet zelf opende.")
    columns: Annotated[dict[FactId, Texts], Rows(Column, "fact", "names")] = Field(
        {}, description="Kolommen van een register: een naam, of een lijst met namen die ook voorkomen."
    )
    spellings: dict[FactId, dict[Text, Text]] = Field(
        {}, description="Hoe een register een waarde schrijft, en welke waarde daarmee bedoeld is."
    )
    known_by: list[FactId] = Field(
        [], description="Gegevens uit columns waaraan een regel wordt herkend; zonder: alle."
    )


class ReopeningPart(ContentBlock):
    """How a case that is over goes on."""

    makes = Reopening
    to: Id = Field(description="De open toestand waarin de zaak verdergaat.")
    by: Names = Field(description="Wie de zaak mag heropenen.", min_length=1)


class StatePart(Sourced):
    """A state."""

    makes = State
    id: Id = Field(description="De naam van de toestand.")
    label: Text = Field(description="De toestand in woorden.")
    owner: OptionalId = Field("", description="Wie nu aan zet is; alleen een einde heeft dat niet nodig.")
    outcome: OptionalId = Field("", alias="end", description="De uitkomst; maakt de toestand tot een einde.")
    explanation: str = Field("", description="Toelichting.")
    reopens: ReopeningPart | None = Field(None, description="Alleen bij een einde: hoe de zaak kan worden heropend.")
    taken_over: Changes = Field(
        {},
        description="Alleen bij een einde: de stand in het dossier van wat een zaak van voor het dossier hier naliet."
        " Zo vult trede upgrade het.",
    )


class RungActPart(ActPart):
    """An act on every rung."""

    id: Id = Field(description="De naam van de overgang.")
    label: Text = Field(description="De overgang in woorden.")
    by: Names = Field([], description="Wie dit mag doen; zonder: de eigenaar van de trede.")


class EnteredPart(RungActPart):
    """How a case comes on the ladder."""

    origins: OriginSlot = Field(alias="from", description="Vanuit welke toestanden.")


class SolvedPart(RungActPart):
    """The answer that solves the case."""

    target: Id = Field(alias="to", description="De toestand na de oplossing.")


class OverrunPart(ContentBlock):
    """The next rung, because the time is up."""

    makes = Transition
    id: Id = Field(description="De naam van de overgang.")
    label: Text = Field(description="De overgang in woorden.")
    tells: Names = Field([], description="Wie bericht krijgt; owner is wie op de volgende trede moet antwoorden.")


class TrackActPart(ContentBlock):
    """Reporting to a parallel track."""

    makes = Transition
    label: Text = Field(description="De overgang in woorden; {track} wordt de route.")
    by: Names = Field(description="Wie dit mag doen.", min_length=1)


class RungTermsPart(ContentBlock):
    """The names of the terms that the rungs bring along."""

    maximum: Text = Field("{rung}_maximum", description="Naam van de maximumtermijn; {rung} wordt de trede.")
    target: Text = Field("{rung}_streef", description="Naam van de streeftermijn; {rung} wordt de trede.")
    basis: Texts = Field([], description="De grondslag.")


class LadderUsePart(Sourced):
    """A ladder of the rule set, unfolded into states and transitions."""

    use: Id = Field(description="De ladder uit de regelset.")
    label: Text = Field("{rung}", description="Naam van de toestand; {rung} wordt de trede.")
    entered: EnteredPart = Field(description="Hoe een zaak op de ladder komt.")
    solved: SolvedPart = Field(description="Het antwoord dat de zaak oplost.")
    stuck: RungActPart | None = Field(None, description="Geen oplossing hier: naar de volgende trede.")
    overrun: OverrunPart = Field(description="De tijd is op: naar de volgende trede.")
    next_step: RungActPart | None = Field(None, description="Een vervolgstap; de zaak blijft op de trede.")
    lower: RungActPart | None = Field(None, description="Terug naar de trede eronder.")
    track: TrackActPart | None = Field(None, description="Melden op een route ernaast.")
    exhausted: Id = Field(description="De toestand na de laatste trede.")
    terms: RungTermsPart = Field(
        default_factory=lambda: RungTermsPart.model_validate({}), description="Namen van de termijnen per trede."
    )


class MendingPart(ContentBlock):
    """Who may mend what not everybody may."""

    makes = Mending
    anchors: Names = Field([], description="Wie een datum mag verbeteren waaraan een wettelijke termijn hangt.")
    closed: Names = Field([], description="Wie gegevens van een gesloten zaak mag verbeteren.")


class WorkflowFile(Dated):
    """One dated version of a workflow."""

    makes = Workflow
    id: Id = Field(alias="workflow", description="De naam van de workflow; gelijk aan de map.")
    rule_set: Id = Field(description="De regelset.")
    prefix: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,7}$")] = Field(description="Begin van het zaaknummer.")
    subject: Annotated[SubjectPart, ASIDE] = Field(description="Over wie de zaak gaat.")
    sector_fact: OptionalFactId = Field("", description="Het gegeven met de sector, voor de instemming.")
    heart: list[FactId] = Field([], description="Wat de zaak is in een paar gegevens; dat staat bovenaan.")
    entries: list[EntryPart] = Field(description="De ingangen; de eerste is de gewone.", min_length=1)
    states: list[StatePart] = Field(description="De toestanden.", min_length=1)
    transitions: list[TransitionPart] = Field([], description="De overgangen.")
    shares: Annotated[Names, ASIDE] = Field(
        [], description="Handelingen uit organisation.yaml (shared_acts) die hier in elke open toestand kunnen."
    )
    shows: list[FactId] = Field(
        [],
        description="Gegevens die een andere zaak over hetzelfde onderwerp mag lezen (other_cases in haar regelset).",
    )
    letter_groups: Annotated[dict[Id, Letters], ASIDE] = Field({}, description=LETTER_GROUPS)
    mending: MendingPart = Field(
        default_factory=lambda: MendingPart.model_validate({}), description="Wie wat mag verbeteren."
    )
    ladder: Annotated[LadderUsePart | None, Becomes(lambda used: used.use)] = Field(
        None, description="De ladder die deze workflow gebruikt."
    )
