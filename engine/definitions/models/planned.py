"""The blocks that describe work by the calendar."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from engine.core.content.planned import DrawRule, Missed, PlannedWork, Rounding
from engine.definitions.models.parts import (
    Becomes,
    CaseOrderPart,
    ConditionSlot,
    ContentBlock,
    Id,
    LengthSlot,
    OptionalFactId,
    Share,
    Sourced,
    Text,
)
from engine.definitions.models.terms import LengthOfPart

_YearDay = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$")]
_OptionalYearDay = Annotated[str, StringConstraints(pattern=r"^([0-9]{2}-[0-9]{2})?$")]


class DrawPart(ContentBlock):
    """A draw of a share of those the work is for."""

    makes = DrawRule
    share: Share = Field(description="Welk deel wordt geloot, boven 0 en hoogstens 1: 0.05 is 5 procent.")
    rounding: Annotated[Literal["up", "half_up", "down"], Becomes(Rounding)] = Field(
        description="Hoe dat deel een heel aantal wordt: up (naar boven), half_up (een half naar boven) of down."
    )
    at_least: int = Field(0, description="Zoveel worden er ten minste geloot, uit elke groep.", ge=0)
    per: OptionalFactId = Field(
        "", description="Het gegeven dat de groepen maakt waaruit apart wordt geloot; zonder: uit allen samen."
    )


class PlannedPart(Sourced):
    """Work that comes up by the calendar."""

    makes = PlannedWork
    label: Text = Field(description="Het werk in woorden.")
    who: Id = Field(
        alias="for",
        description="Voor wie: schools, boards (elk uit het register), organisation (een keer), of een soort dossier.",
    )
    on: list[_YearDay] = Field([], description='De dagen van het schooljaar, als maand-dag: ["11-01"].')
    every: LengthSlot = Field(
        None, description="Om de hoeveel tijd: school weeks (per school geteld), weeks of months."
    )
    every_of: LengthOfPart | None = Field(
        None, description="In plaats van every: zo vaak als een parameter zegt; bij 0 rust het werk."
    )
    since: _OptionalYearDay = Field(
        "", description="De eerste dag in elk schooljaar bij weeks en months; zonder: 1 augustus."
    )
    first_week: int = Field(
        1, description="De schoolweek van de eerste keer in elk schooljaar, bij school weeks.", ge=1, le=52
    )
    moves: Literal["", "school_day", "working_day"] = Field(
        "",
        description="Waar een vrije dag heen schuift: de eerste schooldag of werkdag erna; zonder: nergens heen.",
    )
    missed: Annotated[Literal["each", "latest", "skip"], Becomes(Missed)] = Field(
        "latest",
        description="Wat er gebeurt met wat door stilstand is gemist: each (elk alsnog), latest (alleen de laatste"
        " keer), skip (niets).",
    )
    when: ConditionSlot = Field(None, description="Alleen voor wie dit zeker geldt.")
    draw: DrawPart | None = Field(None, description="Niet voor allen: er wordt geloot, na te rekenen.")
    opens: CaseOrderPart = Field(
        description="De zaak die dan begint. Bij with kan {fact: planned.day} de dag geven, en zo number, name, place,"
        " board, types, round en school_year."
    )
