"""Calendar files to one calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.core.calendar import Calendar, Vacation
from engine.core.errors import DefinitionError
from engine.definitions.model_check import fit
from engine.definitions.models.calendar import CalendarFile, VacationPart
from engine.definitions.places import Document, Place


def build_calendar(documents: Sequence[Document]) -> Calendar:
    """All files together, lower layers first. Raises DefinitionError for the first file that is wrong."""
    equated: dict[int, dict[date, str]] = {}
    years: set[int] = set()
    vacations: list[Vacation] = []
    for document in documents:
        part = fit(document, CalendarFile)
        for one in part.equated_days:
            equated.setdefault(one.day.year, {})[one.day] = "; ".join(one.source) or part.title
        years.update(part.loaded_years)
        at = document.top / "vacations"
        vacations += [made for n, one in enumerate(part.vacations) if (made := _build_vacation(one, at / n))]
        document.refuse_if_wrong()
    return Calendar(equated_days=equated, loaded_years=frozenset(years), vacations=tuple(vacations))


def _build_vacation(part: VacationPart, at: Place) -> Vacation | None:
    try:
        return Vacation(
            region=part.region, school=part.school or "", school_year=part.school_year, name=part.name,
            first_day=part.first_day, last_day=part.last_day, source="; ".join(part.source),
        )  # fmt: skip
    except DefinitionError as error:
        at.report(error.what, why=error.why, next_step=error.next_step)
        return None
