"""`trede case card`: a card for those outside; `trede page`: pages for those who do not use a terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import FOLDER_OPTION, JSON_OPTION, READER_OPTION, open_workplace
from engine.cli.output import answer, answer_with_pages

if TYPE_CHECKING:
    from engine.pages.overview import Coming
    from engine.runtime import Runtime


@click.command("card")
@click.argument("case_id", metavar="ZAAK")
@READER_OPTION
@FOLDER_OPTION
@JSON_OPTION
def card(case_id: str, reader: str, folder: Path, as_json: bool) -> None:
    """Maak een kaart van ZAAK voor ouders en kind: waar is de zaak, wie is aan zet, wat komt er, uiterlijk wanneer.

    Van iedere kaart komt er een bladzijde (HTML) en een PDF.
    """
    from engine.usecases.show_card import show_card

    with open_workplace() as runtime:
        found = show_card(runtime, case_id, reader)
        answer_with_pages(as_json, folder, {f"{case_id}-{one.reader}": one for one in found})


@click.command("page")
@click.argument("folder", metavar="[MAP]", default="bladzijden", type=click.Path(file_okay=False, path_type=Path))
@click.option("--body", default="", metavar="ORGAAN", help="Alleen wat bij dit orgaan ligt; zonder: van alle organen.")
@click.option("--days", default=14, show_default=True, metavar="AANTAL", help="Hoeveel dagen er vooruit wordt gekeken.")
@JSON_OPTION
def page(folder: Path, body: str, days: int, as_json: bool) -> None:
    """Maak bladzijden in MAP: te laat, binnenkort, vastgelopen, de ladder, en wat er vanzelf aankomt.

    Zij werken zonder server, op een telefoon en op papier. Begin bij index.html.
    """
    from dataclasses import replace
    from datetime import timedelta

    from engine.core.errors import UsageError
    from engine.core.moment import local_day
    from engine.pages.folder import write_files
    from engine.pages.overview import write_overview
    from engine.usecases.body_pages import gather_overview

    if not 1 <= days <= 366:
        raise UsageError("Een bladzijde kijkt 1 tot 366 dagen vooruit.", next_step="Geef bij --days zo'n aantal.")
    with open_workplace() as runtime:
        through = local_day(runtime.now()) + timedelta(days=days)
        found = gather_overview(runtime, body, through)
        coming = _coming(runtime, body, through)
        written = write_files(folder, write_overview(replace(found, coming=coming)))
        answer(
            as_json,
            lambda: {"files": [str(path) for path in written]},
            lambda: [f"Geschreven: {len(written)} bladzijden in {folder}. Begin bij {written[0]}."],
        )


def _coming(runtime: Runtime, body: str, through: date) -> tuple[Coming, ...]:
    """What would go out or move by itself through this day."""
    from engine.cli.pages.happened_page import entry_line
    from engine.core.moment import end_of_day, local_day
    from engine.pages.overview import Coming
    from engine.rehearsal.preview import preview_due, without_orders
    from engine.usecases.body_pages import cases_of

    seen = preview_due(runtime, end_of_day(through))
    owned = cases_of(runtime, body) if body else frozenset()
    found = [
        Coming(on=local_day(entry.at), case_id=case_id, what=entry_line(history, entry))
        for case_id, history in seen.cases
        if not body or case_id in owned
        for entry in without_orders(history.entries)
    ]
    failed = [Coming(on=local_day(runtime.now()), case_id=name, what=f"lukt NIET: {why}") for name, why in seen.failed]
    return tuple(sorted((*failed, *found), key=lambda one: (one.on, one.case_id)))
