"""`trede case ask`: what is missing, as a form."""

from __future__ import annotations

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import answer


@click.command()
@click.argument("case_id", metavar="ZAAK")
@click.option("--of", "supplier", default="", metavar="ORGAAN", help="Alleen wat dit orgaan kan leveren.")
@click.option("--for", "transition", default="", metavar="OVERGANG", help="Alles wat bij deze handeling hoort.")
@JSON_OPTION
def ask(case_id: str, supplier: str, transition: str, as_json: bool) -> None:
    """Maak een formulier van wat ontbreekt: invullen, en inlezen met --from.

    Bijvoorbeeld: trede case ask TLV-2026-0001 --of aanvrager > formulier.yaml
    """
    from engine.cli.pages.ask_page import ask_page, ask_plain
    from engine.usecases.ask_facts import facts_to_ask

    with open_workplace() as runtime:
        asked = facts_to_ask(runtime, case_id, supplier, transition)
        answer(as_json, lambda: ask_plain(asked), lambda: ask_page(asked))
