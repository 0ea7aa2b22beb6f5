"""`trede init`: make a workplace."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.output import tell
from engine.core.language.values import read_moment


@click.command()
@click.argument("folder", metavar="[MAP]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--organisation", default="", metavar="ORGANISATIE", help="Voor welke organisatie; zonder: de enige.")
@click.option("--rehearsal", is_flag=True, help="Een oefenwerkplek, met een klok die vooruit kan.")
@click.option(
    "--clock", default="", metavar="TIJDSTIP", help='Waar de oefenklok begint, bijvoorbeeld "2026-08-01 09:00".'
)
@click.option("--database", default="", metavar="URL", help="Een andere database dan SQLite in deze map.")
@click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Gebruik de inhoud in deze map, in plaats van een kopie.",
)
@click.option("--join", "joins", is_flag=True, help="Naast een andere organisatie in een database die er al is.")
def init(
    folder: Path, organisation: str, rehearsal: bool, clock: str, database: str, content: Path | None, joins: bool
) -> None:
    """Maak een werkplek in MAP: instellingen, een database en een kopie van de inhoud."""
    from engine.usecases.init_workplace import init_workplace

    settings = init_workplace(
        folder,
        organisation=organisation,
        is_rehearsal=rehearsal,
        clock_at=read_moment(clock, "--clock") if clock else None,
        database_url=database,
        content=content,
        joins=joins,
    )
    kind = "Oefenwerkplek" if rehearsal else "Werkplek"
    tell(f"{kind} voor {settings.organisation} gemaakt in {settings.workplace}.")
    tell(f"  Inhoud    {settings.content_root}")
    tell(f"  Brieven   {settings.outbox}")
    if rehearsal:
        tell("  Inhoud gepubliceerd, nummer 1; wat u daarna wijzigt, publiceert de oefenwerkplek vanzelf.")
        tell("Verder: trede rules check, trede case open PROCEDURE, trede inbox.")
    else:
        tell("Verder: trede rules check, trede rules publish, trede case open PROCEDURE, trede inbox.")
