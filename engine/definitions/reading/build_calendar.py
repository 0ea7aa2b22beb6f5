"""Calendar files to one calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.core.errors import DefinitionError
from engine.core.legal_clock.calendar import Calendar, Vacation, YearDay
from engine.definitions.files.places import Document, Place
from engine.definitions.models.calendar import CalendarFile, VacationPart, YearDayPart
from engine.definitions.reading.model_check import fit


def build_calendar(documents: Sequence[Document]) -> Calendar:
    """All files together, lower layers first. Raises DefinitionError for the first file that is wrong."""
    equated: dict[int, dict[date, str]] = {}
    years: set[int] = set()
    vacations: list[Vacation] = []
    year_days: list[YearDay] = []
    for document in documents:
        part = fit(document, CalendarFile)
        for one in part.equated_days:
            equated.setdefault(one.day.year, {})[one.day] = "; ".join(one.source) or part.title
        years.update(part.loaded_years)
        at = document.top / "vacations"
        vacations += [made for n, one in enumerate(part.vacations) if (made := _build_vacation(one, at / n))]
        at = document.top / "year_days"
        year_days += [fixed for n, one in enumerate(part.year_days) if (fixed := _build_year_day(one, at / n))]
        document.refuse_if_wrong()
    return Calendar(
        equated_days=equated,
        loaded_years=frozenset(years),
        vacations=tuple(vacations),
        year_days=tuple(year_days),
    )


def _build_vacation(part: VacationPart, at: Place) -> Vacation | None:
    try:
        return Vacation(
            region=part.region, school=part.school or "", school_year=part.school_year, name=part.name,
            first_day=part.first_day, last_day=part.last_day, source="; ".join(part.source),
        )  # fmt: skip
    except DefinitionError as error:
        at.report(error.what, why=error.why, next_step=error.next_step)
        return None


def _build_year_day(part: YearDayPart, at: Place) -> YearDay | None:
    try:
        return YearDay(month_day=part.day, label=part.label, source="; ".join(part.source))
    except DefinitionError as error:
        (at / "day").report(error.what, why=error.why, next_step=error.next_step)
        return None
