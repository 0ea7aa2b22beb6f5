"""`trede term schoolyear`: the school year of a day and the dates that hang on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, settings_here
from engine.cli.commands.free_terms import read_length
from engine.cli.output import answer
from engine.core.dutch import count_words, write_day
from engine.core.errors import UsageError
from engine.core.language.values import read_day

if TYPE_CHECKING:
    from engine.core.legal_clock.schoolyear import SchoolYear
    from engine.usecases.tell_school_year import ToldSchoolYear


@click.command()
@click.argument("day", metavar="DATUM")
@click.option("--years", type=int, metavar="AANTAL", help="Geldig voor zoveel hele schooljaren vanaf DATUM.")
@click.option(
    "--length", default="", metavar="LENGTE", help="Beslistermijn van een volgende aanvraag: wanneer uiterlijk."
)
@click.option("--organisation", default="", metavar="ORGANISATIE", help="Wiens kalender; zonder: de enige.")
@JSON_OPTION
def schoolyear(day: str, years: int | None, length: str, organisation: str, as_json: bool) -> None:
    """Toon het schooljaar van een DATUM: grenzen, teldata, en met --years tot wanneer iets geldig is.

    Bijvoorbeeld: trede term schoolyear 2026-11-22 --years 1 --length "8 weeks"
    """
    from engine.usecases.tell_school_year import tell_school_year

    if length and years is None:
        raise UsageError("--length hoort bij --years.", next_step="Geef ook het aantal hele schooljaren.")
    told = tell_school_year(
        settings_here().content_root,
        read_day(day, "DATUM"),
        years=years,
        length=read_length(length, "--length") if length else None,
        organisation=organisation,
    )
    answer(as_json, lambda: _plain(told), lambda: _lines(told, years, length))


def _plain(told: ToldSchoolYear) -> dict[str, object]:
    return {
        "day": told.day,
        "school_year": _year_plain(told.year),
        "fixed_days": told.fixed_days,
        "last_day": told.end,
        "last_school_year": _year_plain(told.last_year) if told.last_year else None,
        "last_receipt_day": told.last_receipt_day,
        "warnings": told.warnings,
    }


def _year_plain(year: SchoolYear) -> dict[str, object]:
    return {"label": year.label, "first_day": year.first_day, "last_day": year.last_day}


def _lines(told: ToldSchoolYear, years: int | None, length: str) -> list[str]:
    year = told.year
    lines = [
        f"{write_day(told.day)} ligt in schooljaar {year.label}.",
        f"  {write_day(year.first_day)} tot en met {write_day(year.last_day)}",
        *(
            f"  {write_day(one.day)}: {one.label}" + (f" ({one.source})" if one.source else "")
            for one in told.fixed_days
        ),
    ]
    if told.end and told.last_year:
        amount = count_words(years or 0, "heel schooljaar", "hele schooljaren")
        lines += [
            f"Geldig voor {amount} vanaf die dag: tot en met {write_day(told.end)}.",
            f"  Laatste schooljaar: {told.last_year.label}, vanaf {write_day(told.last_year.first_day)}",
        ]
    if told.last_receipt_day:
        lines.append(
            f"  Uiterste dag van ontvangst voor een volgende, bij {length}: {write_day(told.last_receipt_day)}"
        )
    return [*lines, *(f"Let op: {warning}" for warning in told.warnings)]
