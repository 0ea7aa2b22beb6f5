"""A workflow file: entries, states, transitions and the ladder it unfolds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from engine.core.content.workflow import Column, EntryPoint, Mending, Reopening, State, Transition, Workflow
from engine.core.language.orders import Writing
from engine.definitions.models.parts import (
    ASIDE,
    Becomes,
    CaseOrderPart,
    Changes,
    ConditionSlot,
    ContentBlock,
    Dated,
    FactId,
    Id,
    LetterOrderPart,
    Names,
    OptionalFactId,
    OptionalId,
    Rows,
    Settings,
    Sourced,
    Text,
    Texts,
    as_list,
    slot,
)


def _origins(value: object) -> object:
    if isinstance(value, dict):
        return value
    return {"states": value if isinstance(value, list) else [value]}


class Origins(ContentBlock):
    """The states a transition leaves: named, or all open states but these."""

    states: list[Id] = Field([])
    any_but: list[Id] | None = None


OriginSlot = Annotated[Origins, BeforeValidator(_origins), slot("origins"), ASIDE]


class SubjectPart(ContentBlock):
    """Whose case it is."""

    key: FactId = Field(description="Het gegeven waaraan het onderwerp herkend wordt.")
    name: FactId = Field(description="Het gegeven met de naam.")
    again: Literal["", "reason"] = Field(
        "", description="reason: wie een tweede zaak opent terwijl er een loopt, geeft een reden."
    )


def _writings(kinds: Sequence[str]) -> tuple[Writing, ...]:
    return tuple(Writing(kind=kind.removesuffix("?"), is_optional=kind.endswith("?")) for kind in kinds)


_WrittenKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\??$")]
_Writings = Annotated[list[_WrittenKind], BeforeValidator(as_list), slot("names"), Becomes(_writings)]
_WRITES = "Soorten records die hierdoor ontstaan; met een vraagteken alleen als er iets van wordt gezegd."


class EntryPart(Sourced):
    """A way to open a case."""

    makes = EntryPoint
    id: Id = Field(description="De naam van de ingang.")
    label: Text = Field(description="De ingang in woorden.")
    state: Id = Field(description="De toestand waarin de zaak begint.")
    by: Names = Field([], description="Wie de zaak mag openen; leeg: iedereen.")
    requires: list[FactId] = Field([], description="Gegevens die bekend moeten zijn.")
    when: ConditionSlot = Field(None, description="Alleen als dit geldt.")
    writes: _Writings = Field([], description=_WRITES)
    sets: Settings = Field({}, description="Gegevens die hierdoor vaststaan.")
    letters: list[LetterOrderPart] = Field([], description="Brieven die uitgaan.")
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


class ActPart(Sourced):
    """What an act can bring with it."""

    makes = Transition
    requires: list[FactId] = Field([], description="Gegevens die bekend moeten zijn.")
    asks: list[FactId] = Field(
        [], description="Gegevens die mogen worden meegegeven; staat het ook bij sets, dan gaat wat iemand zegt voor."
    )
    fixes: list[FactId] = Field(
        [],
        description="Waar dit besluit op rust: deze gegevens, en waar zij uit volgen, staan daarna vast.",
    )
    when: ConditionSlot = Field(None, description="Alleen als dit geldt.")
    reason_required: Annotated[Literal["", "required"], Becomes(bool)] = Field(
        "", alias="reason", description="required: een reden is verplicht."
    )
    writes: _Writings = Field([], description=_WRITES)
    changes: Changes = Field({}, description="De stand die een open record van deze soort krijgt.")
    closes: Changes = Field({}, description="De stand die elk open record van deze soort krijgt.")
    begins: Changes = Field({}, description="De stand waarmee een nieuw record begint; zonder: de eerste.")
    sets: Settings = Field({}, description="Gegevens die hierdoor vaststaan.")
    letters: list[LetterOrderPart] = Field([], description="Brieven die uitgaan.")
    opens: list[CaseOrderPart] = Field([], description="Zaken die hierdoor beginnen.")
    tells_parent: Settings = Field({}, description="Gegevens die de bovenliggende zaak krijgt.")
    tells: Names = Field([], description="Wie bericht krijgt.")


class TransitionPart(ActPart):
    """A transition."""

    id: Id = Field(description="De naam van de overgang.")
    label: Text = Field(description="De overgang in woorden.")
    origins: OriginSlot = Field(
        alias="from",
        description="Vanuit welke toestanden. any: alle open toestanden; {any_but: [a]}: die, maar niet a.",
    )
    target: OptionalId = Field("", alias="to", description="Naar welke toestand; zonder: dezelfde.")
    by: Names = Field([], description="Wie dit mag doen.")
    automatic: bool = Field(default=False, description="Gaat vanzelf zodra when geldt.")
    on_term: OptionalId = Field("", description="Gaat vanzelf als deze termijn verloopt.")


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
    mending: MendingPart = Field(
        default_factory=lambda: MendingPart.model_validate({}), description="Wie wat mag verbeteren."
    )
    ladder: Annotated[LadderUsePart | None, Becomes(lambda used: used.use)] = Field(
        None, description="De ladder die deze workflow gebruikt."
    )
