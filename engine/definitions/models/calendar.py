"""A calendar file: days equated by decree, school vacations, fixed days of the year."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from engine.definitions.models.parts import Dated, Id, Number, Sourced, Text


class EquatedDayPart(Sourced):
    """A day equated with a holiday."""

    day: date = Field(description="De dag.")


class VacationPart(Sourced):
    """A school vacation."""

    region: str = Field("", description="De regio.")
    school: Number | None = Field(None, description="Alleen voor deze school; gaat voor de regio.")
    school_year: Text = Field(description="Het schooljaar, bijvoorbeeld 2026-2027.")
    name: Text = Field(description="De vakantie.")
    first_day: date = Field(description="Eerste vrije dag.")
    last_day: date = Field(description="Laatste vrije dag.")


class YearDayPart(Sourced):
    """A day that comes back every year."""

    day: Text = Field(description='Maand en dag, tussen aanhalingstekens: "02-01" is 1 februari.')
    label: Text = Field(description="Wat er op die dag is.")


class CalendarFile(Dated):
    """Days that do not count as working or school days."""

    calendar: Id = Field(description="De naam van de kalender.")
    equated_days: list[EquatedDayPart] = Field([], description="Bij besluit gelijkgestelde dagen.")
    loaded_years: list[int] = Field([], description="Jaren waarvoor de besluiten volledig zijn.")
    vacations: list[VacationPart] = Field([], description="Schoolvakanties.")
    year_days: list[YearDayPart] = Field([], description="Vaste dagen van het jaar, zoals teldata.")
