"""`trede find`, `trede list` and `trede completion`: where something is, and how everything is called."""

from __future__ import annotations

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.dutch_click import COMPLETE_VARIABLE
from engine.cli.output import answer, tell

KINDS = ("procedures", "states", "acts", "facts", "roles", "schools", "boards", "letters", "terms")


@click.command("find")
@click.argument("words", nargs=-1, required=True, metavar="WOORD...")
@JSON_OPTION
def find(words: tuple[str, ...], as_json: bool) -> None:
    """Zoek zaken, dossiers en personen op naam, nummer, school, toestand, procedure of orgaan.

    Alle woorden moeten kloppen; hoofdletters en accenten maken niet uit. Bijvoorbeeld: trede find noor vastgelopen
    """
    from engine.cli.pages.finding_page import found_page
    from engine.usecases.find import find as look_for

    with open_workplace() as runtime:
        found = look_for(runtime, words)
        plain = {"dossiers": found.dossiers, "cases": found.cases, "people": found.people}
        answer(as_json, lambda: plain, lambda: found_page(found))


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS), metavar=f"[{'|'.join(KINDS)}]")
@click.argument("workflow", metavar="[PROCEDURE]", default="")
@JSON_OPTION
def list_names(kind: str, workflow: str, as_json: bool) -> None:
    """Hoe alles heet wat u kunt typen: procedures, gegevens, rollen, scholen; van een procedure, of van alle.

    Bijvoorbeeld: trede list facts tlv
    """
    from engine.usecases.list_names import names_of

    with open_workplace() as runtime:
        rows = names_of(runtime, kind, workflow)
        plain = {kind: [dict(zip(("name", "label", "remark"), row, strict=True)) for row in rows]}
        answer(as_json, lambda: plain, lambda: [_line(*row) for row in rows] or ["Er is niets."])


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="[bash|zsh|fish]")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Laat uw shell namen voorstellen: opdrachten, zaken, handelingen, gegevens, organen.

    Zet in ~/.bashrc: eval "$(trede completion bash)"
    """
    from engine.cli.completing import script_for

    tell(script_for(shell, ctx.find_root().command, COMPLETE_VARIABLE))


def _line(name: str, label: str, remark: str) -> str:
    return f"{name} — {label}" + (f" ({remark})" if remark else "")
