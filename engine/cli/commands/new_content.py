"""`trede rules new`: a skeleton to begin from."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.arguments import settings_here
from engine.cli.output import tell
from engine.clock import system_now
from engine.core.language.values import read_day
from engine.core.moment import local_day


@click.command("new")
@click.argument("kind", metavar="SOORT", type=click.Choice(["procedure", "rule-set", "letter"]))
@click.argument("name", metavar="NAAM")
@click.option("--content", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Zonder: de werkplek.")
@click.option("--organisation", default="", metavar="ORGANISATIE", help="Zonder: de enige die er is.")
@click.option("--owner", default="", metavar="ROL", help="Wie de zaken heeft; zonder: het eerste orgaan.")
@click.option("--from", "day", default="", metavar="DATUM", help="Vanaf wanneer het geldt; zonder: vandaag.")
@click.option("--letter", default="", metavar="BRIEF", help="Met een procedure: ook een brief, die zij verstuurt.")
def new(kind: str, name: str, content: Path | None, organisation: str, owner: str, day: str, letter: str) -> None:
    """Maak een geraamte dat werkt: SOORT is procedure, rule-set of letter; NAAM de nieuwe naam.

    Een procedure krijgt regels, een workflow en tests; een regelset hetzelfde, zonder verhaal; een brief staat op
    zichzelf. Wat er is, wordt niet overschreven.
    """
    from engine.usecases.new_content import LETTER, NewContent, make_new_content

    wanted = NewContent(
        kind=kind,
        name=name,
        valid_from=read_day(day, "--from") if day else local_day(system_now()),
        organisation=organisation,
        owner=owner,
        letter=letter,
    )
    root = content or settings_here().content_root
    for path in make_new_content(root, wanted):
        tell(f"✓ {path.relative_to(root).as_posix()}")
    if kind == LETTER:
        tell("Zet bij de overgang die de brief verstuurt: letters: [{letter: " + name + ", to: [GEADRESSEERDE]}],")
        tell("en beschrijf de geadresseerde bij addressees in de regelset.")
    tell("Wijzig de bestanden in deze volgorde. Draai na elke wijziging trede rules check, en dan trede rules test.")
