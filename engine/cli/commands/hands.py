"""`trede case assign` and `trede case list`: who has which case in hand."""

from __future__ import annotations

import click

from engine.cli.arguments import (
    JSON_OPTION,
    MINE_OPTION,
    NAME_OPTION,
    Acting,
    acting_options,
    actor_from,
    open_workplace,
    reason_option,
)
from engine.cli.output import answer
from engine.core.errors import UsageError


@click.command()
@click.argument("case_id", metavar="[ZAAK]", default="")
@click.argument("who", metavar="[PERSOON]", default="")
@click.option("--all-of", "whose", default="", metavar="PERSOON", help="Alle open zaken van deze persoon.")
@click.option("--to", default="", metavar="PERSOON", help="Aan wie alle zaken gaan.")
@reason_option("Waarom; verplicht als iemand anders de zaak had.")
@acting_options
def assign(case_id: str, who: str, whose: str, to: str, reason: str, acting: Acting) -> None:
    """Geef een zaak in handen van iemand, of draag een hele lijst over.

    Bijvoorbeeld: trede case assign --all-of P-0001 --to P-0002 --reason "andere baan" --as toeleiding
    """
    from engine.cli.pages.hands_pages import show_assigned
    from engine.line.case_line import open_line
    from engine.usecases.assign_cases import assign_all, assign_one
    from engine.usecases.keep_people import organisation_with_people

    one, several = bool(case_id and who), bool(whose and to)
    if one == several or (several and (case_id or who)) or (one and (whose or to)):
        raise UsageError(
            "Het is niet duidelijk welke zaak naar wie gaat.",
            next_step="Geef ZAAK PERSOON, of --all-of PERSOON --to PERSOON.",
        )
    with open_workplace() as runtime, open_line(runtime) as line:
        organisation = organisation_with_people(runtime)
        actor = actor_from(runtime, organisation, acting.role, acting.name)
        if one:
            found = assign_one(line, organisation, case_id, who, reason, actor, dry_run=acting.dry_run)
        else:
            found = assign_all(line, organisation, whose, to, reason, actor, dry_run=acting.dry_run)
        show_assigned(found, acting, line)


@click.command("list")
@MINE_OPTION
@click.option("--of", "whose", default="", metavar="PERSOON", help="Alleen zaken in handen van deze persoon.")
@NAME_OPTION
@JSON_OPTION
def list_cases(mine: bool, whose: str, name: str, as_json: bool) -> None:
    """Toon de open zaken, met wie ze in handen heeft."""
    from engine.cli.pages.hands_pages import list_page
    from engine.usecases.assign_cases import cases_in_hands

    with open_workplace() as runtime:
        found = cases_in_hands(runtime, whose=whose, name=name, is_mine=mine)
        answer(as_json, lambda: {"cases": found.rows}, lambda: list_page(found))
