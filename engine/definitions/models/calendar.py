"""A calendar file: days equated by decree, school vacations, fixed days of the year."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from engine.core.legal_clock.calendar import Calendar, Vacation, YearDay
from engine.definitions.models.parts import ASIDE, Becomes, Dated, Id, Number, Sourced, Text, Texts


class Cited(Sourced):
    """A block of which the calendar prints the source in one line."""

    source: Annotated[Texts, Becomes("; ".join)] = Field([], description="Document en plaats, of wet en artikel.")


class EquatedDayPart(Sourced):
    """A day equated with a holiday."""

    day: date = Field(description="De dag.")


class VacationPart(Cited):
    """A school vacation."""

    makes = Vacation
    region: str = Field("", description="De regio.")
    school: Number | None = Field(None, description="Alleen voor deze school; gaat voor de regio.")
    school_year: Text = Field(description="Het schooljaar, bijvoorbeeld 2026-2027.")
    name: Text = Field(description="De vakantie.")
    first_day: date = Field(description="Eerste vrije dag.")
    last_day: date = Field(description="Laatste vrije dag.")


class YearDayPart(Cited):
    """A day that comes back every year."""

    makes = YearDay
    month_day: Text = Field(alias="day", description='Maand en dag, tussen aanhalingstekens: "02-01" is 1 februari.')
    label: Text = Field(description="Wat er op die dag is.")


class CalendarFile(Dated):
    """Days that do not count as working or school days."""

    makes = Calendar
    calendar: Annotated[Id, ASIDE] = Field(description="De naam van de kalender.")
    equated_days: list[EquatedDayPart] = Field([], description="Bij besluit gelijkgestelde dagen.")
    loaded_years: Annotated[list[int], Becomes(frozenset)] = Field(
        [], description="Jaren waarvoor de besluiten volledig zijn."
    )
    vacations: list[VacationPart] = Field([], description="Schoolvakanties.")
    year_days: list[YearDayPart] = Field([], description="Vaste dagen van het jaar, zoals teldata.")
