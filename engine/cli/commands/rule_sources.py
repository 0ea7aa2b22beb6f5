"""`trede rules sources`: what rests on which law."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.arguments import CONTENT_OPTION, JSON_OPTION, ORGANISATION_OPTION, settings_here
from engine.cli.output import print_json, print_lines


@click.command()
@click.argument("asked", metavar="[NAAM]...", nargs=-1)
@CONTENT_OPTION
@ORGANISATION_OPTION
@JSON_OPTION
def sources(asked: tuple[str, ...], content: Path | None, organisation: str, as_json: bool) -> None:
    """Toon waar de inhoud op rust. NAAM is een wet, artikel of document: wat erop rust.

    Of NAAM is een regelset, procedure, brief, regel of termijn: waar die op rust. Zonder NAAM: alle bronnen, en hoeveel
    plaatsen nog geen regel hebben. Voorbeeld: trede rules sources Awb 4:13.
    """
    from engine.cli.pages.sources_page import sources_page
    from engine.usecases.show_sources import show_sources

    uses = show_sources(content or settings_here().content_root, organisation, " ".join(asked))
    if as_json:
        print_json({"sources": uses})
    else:
        print_lines(sources_page(uses, is_short=not asked))
