"""`trede inbox`: what must be done and what was told, for a body or for who asks; and how it is emptied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import (
    JSON_OPTION,
    MINE_OPTION,
    NAME_OPTION,
    Acting,
    acting_options,
    open_workplace,
    reason_option,
)
from engine.cli.output import print_json, print_lines
from engine.core.content.organisation import EVERYTHING_LIES_THERE
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.usecases.list_work import (
    before_long,
    letters_owed,
    letters_to_mend,
    list_inbox,
    names_of_handlers,
    organisation_of_cases,
)
from engine.usecases.watch_clock import absence_to_tell
from engine.views.lists import EVERYTHING, InboxView, Looking
from engine.words.of_errors import say_whole

if TYPE_CHECKING:
    from engine.runtime import Runtime

_CASE = click.argument("case_id", metavar="ZAAK")
_NUMBERS = click.argument("numbers", nargs=-1, type=int, metavar="[NUMMER]...")


@click.group(invoke_without_command=True)
@click.option("--owner", default="", metavar="ORGAAN", help="Wat bij dit orgaan ligt; zonder: uw rol in trede.toml.")
@click.option("--everybody", is_flag=True, help="Wat bij alle organen ligt, welke rol u ook heeft.")
@MINE_OPTION
@NAME_OPTION
@click.option("--all", "in_full", is_flag=True, help="Ook de zaken waarin voorlopig niemand iets hoeft te doen.")
@click.option("--limit", default=40, show_default=True, metavar="AANTAL", help="Hoeveel zaken er getoond worden.")
@JSON_OPTION
@click.pass_context
def inbox(
    ctx: click.Context,
    owner: str,
    everybody: bool,
    mine: bool,
    name: str,
    in_full: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Wat er ligt: te laat, vandaag, binnenkort, en de berichten.

    Een bericht gaat weg door de handeling waar het om vraagt, met de zaak, of met `trede inbox done`.
    """
    if ctx.invoked_subcommand is not None:
        return
    with open_workplace() as runtime:
        moment = runtime.now()
        organisation = organisation_of_cases(runtime, moment)
        rule = organisation.inbox if organisation else EVERYTHING_LIES_THERE
        looking = Looking(
            owner=owner or ("" if everybody or mine else runtime.settings.default_role),
            handlers=_hands(runtime, name, moment) if mine else None,
            limit=EVERYTHING if as_json else max(limit, 0),
            ahead=None if in_full else before_long(rule, moment),
        )
        found = list_inbox(runtime, moment, looking)
        letters = letters_to_mend(runtime, looking.owner)
        if mine:
            letters = tuple(one for one in letters if any(one.case_id == row.case_id for row in found.rows))
        away = absence_to_tell(runtime, moment)
        if as_json:
            print_json({"version": 1, **_plain(found), "letters": letters, "away": away})
        else:
            names = names_of_handlers(runtime, organisation, found)
            from engine.cli.pages.inbox_page import letter_part
            from engine.cli.pages.letter_pages import owed_lines

            missed = [away.told(), ""] if away else []
            owed = owed_lines(letters_owed(runtime, looking.owner))
            print_lines([*missed, *_lines(runtime, found, names, moment), *letter_part(letters), *owed])


@inbox.command("done")
@_CASE
@_NUMBERS
@reason_option("Waarom; verplicht als het bericht om een handeling vraagt.")
@acting_options
def done(case_id: str, numbers: tuple[int, ...], reason: str, acting: Acting) -> None:
    """Zeg dat berichten over ZAAK zijn afgehandeld; zonder NUMMER alle berichten aan uw rol.

    Bijvoorbeeld: trede inbox done TLV-2026-0001 12 --as toeleiding
    """
    from engine.cli.pages.inbox_page import show_settled
    from engine.line.case_line import open_line
    from engine.usecases.settle_messages import settle

    with open_workplace() as runtime, open_line(runtime) as line:
        content = line.about(case_id).content
        actor = acting.actor(runtime, content)
        chosen, outcome = settle(line, case_id, numbers, actor, reason=reason, dry_run=acting.dry_run)
        show_settled(content, chosen, outcome, acting, "afgehandeld")


@inbox.command("snooze")
@_CASE
@_NUMBERS
@click.option("--until", "day", required=True, metavar="DAG", help="Vanaf deze dag ligt het er weer.")
@reason_option("Waarom.")
@acting_options
def snooze(case_id: str, numbers: tuple[int, ...], day: str, reason: str, acting: Acting) -> None:
    """Leg berichten over ZAAK weg tot een latere dag. Termijnen lopen door.

    Bijvoorbeeld: trede inbox snooze TLV-2026-0001 --until 2026-12-01 --as toeleiding
    """
    from engine.cli.pages.inbox_page import passed_before, show_settled
    from engine.core.language.values import read_day
    from engine.line.case_line import open_line
    from engine.usecases.settle_messages import snooze as put_off

    until = read_day(day, "--until")
    with open_workplace() as runtime, open_line(runtime) as line:
        question = line.about(case_id)
        actor = acting.actor(runtime, question.content)
        chosen, outcome = put_off(line, case_id, numbers, until, actor, reason=reason, dry_run=acting.dry_run)
        warned = passed_before(question.content, question.case, until)
        show_settled(question.content, chosen, outcome, acting, "weggelegd", warned)


def _hands(runtime: Runtime, name: str, moment: datetime) -> tuple[str, ...]:
    from engine.usecases.keep_people import organisation_with_people
    from engine.usecases.who_acts import hands_of

    return hands_of(runtime, organisation_with_people(runtime), name, moment)


def _plain(found: InboxView) -> dict[str, object]:
    counts = {name: getattr(found, name) for name in ("total", "late", "today", "later")}
    return counts | {"cases": found.rows}


def _lines(runtime: Runtime, found: InboxView, names: Mapping[str, str], moment: datetime) -> Iterable[str]:
    from engine.cli.pages.inbox_page import inbox_page

    contents: dict[str, Content] = {}
    unreadable: list[str] = []
    for workflow in dict.fromkeys(row.workflow for row in found.rows):
        try:
            contents[workflow] = runtime.content(workflow, local_day(moment))
        except DefinitionError as error:  # the cases of this procedure still lie here, and those of others too
            unreadable += ["", f"LET OP: de inhoud van '{workflow}' is niet te lezen. {say_whole(error)}"]
    return [*inbox_page(found, contents, names, moment), *unreadable]
