"""What an act can bring with it, and a transition: the part that workflows, ladders and shared acts have alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from engine.core.content.workflow import HappenedOn, Transition
from engine.core.language.orders import Writing
from engine.definitions.models.parts import (
    ASIDE,
    Becomes,
    CaseOrderPart,
    Changes,
    ConditionSlot,
    ContentBlock,
    FactId,
    Id,
    Letters,
    Names,
    OptionalId,
    Settings,
    Sourced,
    Text,
    as_list,
    slot,
)


def _origins(value: object) -> object:
    if isinstance(value, dict):
        return value if any(isinstance(one, list) for one in value.values()) else {"moves": value}
    return {"states": value if isinstance(value, list) else [value]}


class Origins(ContentBlock):
    """The states a transition leaves: named, all open states but these, or each with the state it leads to."""

    states: list[Id] = Field([])
    any_but: list[Id] | None = None
    moves: dict[Id, Id] | None = None


OriginSlot = Annotated[Origins, BeforeValidator(_origins), slot("origins"), ASIDE]


def _writings(kinds: Sequence[str | Mapping[str, Mapping[str, Sequence[str]]]]) -> tuple[Writing, ...]:
    return tuple(_writing(kind) for kind in kinds)


def _writing(written: str | Mapping[str, Mapping[str, Sequence[str]]]) -> Writing:
    if isinstance(written, str):
        return Writing(kind=written.removesuffix("?"), is_optional=written.endswith("?"))
    ((kind, each),) = written.items()
    ((field, values),) = each.items()
    return Writing(kind=kind, each=field, values=tuple(values))


_WrittenKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\??$")]
_Values = Annotated[list[Text], Field(min_length=1)]
_OneField = Annotated[dict[Id, _Values], Field(min_length=1, max_length=1)]
_WrittenEach = Annotated[dict[Id, _OneField], Field(min_length=1, max_length=1)]
Writings = Annotated[list[_WrittenKind | _WrittenEach], BeforeValidator(as_list), slot("writings"), Becomes(_writings)]
WRITES = (
    "Soorten records die hierdoor ontstaan; met een vraagteken alleen als er iets van wordt gezegd. Met"
    " {soort: {veld: [a, b]}} ontstaat er een voor elk van die waarden."
)


class HappenedOnPart(ContentBlock):
    """The act writes down what happened on a day that is asked for, such as the receipt of post."""

    makes = HappenedOn
    fact: FactId = Field(description="Het gegeven met de dag waarop het gebeurde; de handeling vraagt het.")
    now_for: Names = Field(
        [], description="Voor wie het met de handeling zelf gebeurt: noemt die geen dag, dan is het nu."
    )


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
    decides: OptionalId = Field("", description="Het besluit dat de handeling neemt: een naam uit decisions.")
    reason_required: Annotated[Literal["", "required"], Becomes(bool)] = Field(
        "", alias="reason", description="required: een reden is verplicht."
    )
    writes: Writings = Field([], description=WRITES)
    changes: Changes = Field({}, description="De stand die een open record van deze soort krijgt.")
    closes: Changes = Field({}, description="De stand die elk open record van deze soort krijgt.")
    begins: Changes = Field({}, description="De stand waarmee een nieuw record begint; zonder: de eerste.")
    of_any_case: Names = Field(
        [],
        description="Soorten uit het dossier waarvan deze handeling ook een record wijzigt of sluit dat een andere zaak"
        " over hetzelfde onderwerp schreef.",
    )
    sets: Settings = Field({}, description="Gegevens die hierdoor vaststaan.")
    letters: Letters = Field([], description="Brieven die uitgaan.")
    opens: list[CaseOrderPart] = Field([], description="Zaken die hierdoor beginnen.")
    tells_parent: Settings = Field({}, description="Gegevens die de bovenliggende zaak krijgt.")
    tells: Names = Field([], description="Wie bericht krijgt.")


class TransitionPart(ActPart):
    """A transition."""

    id: Id = Field(description="De naam van de overgang.")
    label: Text = Field(description="De overgang in woorden.")
    origins: OriginSlot = Field(
        alias="from",
        description="Vanuit welke toestanden. any: alle open toestanden; {any_but: [a]}: die, maar niet a;"
        " {a: b, c: d}: van a naar b en van c naar d, zonder to.",
    )
    target: OptionalId = Field("", alias="to", description="Naar welke toestand; zonder: dezelfde.")
    by: Names = Field([], description="Wie dit mag doen.")
    happened_on: HappenedOnPart | None = Field(
        None,
        description="Vraagt de dag waarop het gebeurde, zoals de ontvangst van post; alles telt vanaf die dag.",
    )
    automatic: bool = Field(default=False, description="Gaat vanzelf zodra when geldt.")
    on_term: OptionalId = Field("", description="Gaat vanzelf als deze termijn verloopt.")
