"""`trede case card`: a card for those outside; `trede page`: pages for those who do not use a terminal."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import answer


@click.command("card")
@click.argument("case_id", metavar="ZAAK")
@click.option("--for", "reader", default="", metavar="LEZER", help="Alleen voor deze lezer; zonder: voor iedere lezer.")
@click.option(
    "--to",
    "folder",
    default=".",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="In welke map de kaarten komen; zij wordt gemaakt als zij er niet is.",
)
@JSON_OPTION
def card(case_id: str, reader: str, folder: Path, as_json: bool) -> None:
    """Maak een kaart van ZAAK voor ouders en kind: waar is de zaak, wie is aan zet, wat komt er, uiterlijk wanneer.

    Van iedere kaart komt er een bladzijde (HTML) en een PDF.
    """
    from engine.pages.folder import write_files
    from engine.usecases.show_card import show_card

    with open_workplace() as runtime:
        found = show_card(runtime, case_id, reader)
        files = {f"{case_id}-{one.reader}.html": one.html.encode() for one in found}
        files |= {f"{case_id}-{one.reader}.pdf": one.pdf for one in found}
        written = write_files(folder, files)
        answer(as_json, lambda: {"files": [str(path) for path in written]}, lambda: [f"Geschreven: {path}" for path in written])
