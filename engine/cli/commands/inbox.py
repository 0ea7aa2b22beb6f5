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
    actor_from,
    demand_body,
    open_workplace,
    reason_option,
)
from engine.cli.output import answer, print_json, print_lines
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
from engine.views.news import gather_news
from engine.words.of_errors import say_whole

if TYPE_CHECKING:
    from engine.runtime import Runtime

_CASE = click.argument("case_id", metavar="ZAAK")
_NUMBERS = click.argument("numbers", nargs=-1, type=int, metavar="[NUMMER]...")


@click.group(invoke_without_command=True)
@click.option(
    "--owner",
    "--as",
    "owner",
    default="",
    metavar="ORGAAN",
    help="Wat bij dit orgaan ligt; zonder: uw rol in trede.toml.",
)
@click.option("--of", "which", default="", metavar="NAAM", help="Alleen van deze school of dit bestuur, bij --owner.")
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
    which: str,
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
        whose = owner or ("" if everybody or mine else runtime.settings.default_role)
        if organisation and owner:  # who is mistyped has nothing lying there, which would look like rest
            demand_body(organisation, owner)
        looking = Looking(
            owner=whose,
            handlers=_hands(runtime, name, moment) if mine else None,
            limit=EVERYTHING if as_json else max(limit, 0),
            ahead=None if in_full else before_long(rule, moment),
        )
        found = _found(runtime, moment, looking, which)
        letters = letters_to_mend(runtime, looking.owner)
        if mine:
            letters = tuple(one for one in letters if any(one.case_id == row.case_id for row in found.rows))
        away = absence_to_tell(runtime, moment)
        if as_json:
            print_json({**_plain(found), "letters": letters, "away": away})
        else:
            names = names_of_handlers(runtime, organisation, found)
            from engine.cli.pages.inbox_page import letter_part
            from engine.cli.pages.letter_pages import owed_lines

            missed = [away.told(), ""] if away else []
            owed = owed_lines(letters_owed(runtime, looking.owner))
            print_lines([*missed, *_lines(runtime, found, names, moment), *letter_part(letters), *owed])


@inbox.command("news")
@click.argument("number", type=int, metavar="NUMMER")
@click.option(
    "--owner", "--as", "owner", default="", metavar="ORGAAN", help="Van dit orgaan; zonder: uw rol in trede.toml."
)
@JSON_OPTION
def news(number: int, owner: str, as_json: bool) -> None:
    """Toon alle zaken waarover nieuws gaat. NUMMER is dat van het bericht in de inbox."""
    from engine.cli.pages.inbox_page import news_page
    from engine.usecases.read_news import find_news

    with open_workplace() as runtime:
        moment = runtime.now()
        found = find_news(runtime, moment, _looking(runtime, owner or runtime.settings.default_role, moment), number)
        contents, _ = _contents(runtime, [found.workflow], moment)
        answer(as_json, lambda: {"news": found}, lambda: news_page(found, contents.get(found.workflow)))


@inbox.command("read")
@click.argument("number", type=int, metavar="NUMMER")
@acting_options
def read(number: int, acting: Acting) -> None:
    """Zeg dat nieuws is gelezen, over alle zaken tegelijk. NUMMER is dat van het bericht in de inbox.

    Bijvoorbeeld: trede inbox read 776 --as toeleiding
    """
    from engine.cli.pages.inbox_page import show_read
    from engine.usecases.keep_people import organisation_with_people
    from engine.usecases.read_news import find_news, read_news

    with open_workplace() as runtime:
        moment = runtime.now()
        actor = actor_from(runtime, organisation_with_people(runtime), acting.role, acting.name)
        found = find_news(runtime, moment, _looking(runtime, actor.role, moment), number)
        refused = read_news(runtime, found, actor, dry_run=acting.dry_run)
        contents, _ = _contents(runtime, [found.workflow], moment)
        show_read(found, contents.get(found.workflow), refused, acting)


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


def _looking(runtime: Runtime, owner: str, moment: datetime) -> Looking:
    """What this body sees without options: its news is the same whatever else is asked."""
    organisation = organisation_of_cases(runtime, moment)
    rule = organisation.inbox if organisation else EVERYTHING_LIES_THERE
    if organisation and owner:
        demand_body(organisation, owner)
    return Looking(owner=owner, ahead=before_long(rule, moment))


def _found(runtime: Runtime, moment: datetime, looking: Looking, which: str) -> InboxView:
    if not which:
        return list_inbox(runtime, moment, looking)
    from engine.usecases.inbox_of_one import inbox_of_one  # looks into each case: few ask it

    return inbox_of_one(runtime, moment, looking, which)


def _plain(found: InboxView) -> dict[str, object]:
    counts = {name: getattr(found, name) for name in ("total", "late", "today", "later")}
    return counts | {"cases": found.rows, "news": gather_news(found.news)}


def _lines(runtime: Runtime, found: InboxView, names: Mapping[str, str], moment: datetime) -> Iterable[str]:
    from engine.cli.pages.inbox_page import inbox_page, news_part

    contents, unreadable = _contents(runtime, (row.workflow for row in (*found.rows, *found.news)), moment)
    return [
        *inbox_page(found, contents, names, moment),
        *news_part(gather_news(found.news), contents, moment),
        *unreadable,
    ]


def _contents(
    runtime: Runtime, workflows: Iterable[str], moment: datetime
) -> tuple[dict[str, Content], tuple[str, ...]]:
    """The content of these procedures, and what is told of those that cannot be read: their cases still lie here."""
    contents: dict[str, Content] = {}
    unreadable: list[str] = []
    for workflow in dict.fromkeys(workflows):
        try:
            contents[workflow] = runtime.content(workflow, local_day(moment))
        except DefinitionError as error:
            unreadable += ["", f"LET OP: de inhoud van '{workflow}' is niet te lezen. {say_whole(error)}"]
    return contents, tuple(unreadable)
