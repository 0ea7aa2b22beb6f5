"""`trede calendar`: work that comes up by the calendar, and the draws."""

from __future__ import annotations

from datetime import timedelta

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import answer

_FAR = click.IntRange(1, 520)
_FOR = click.option("--for", "number", default="", metavar="NUMMER", help="Alleen voor deze school of dit bestuur.")


@click.group()
def calendar() -> None:
    """Werk dat niet bij een zaak hoort: wat er aankomt, wat er gedaan is, en wie er geloot is.

    Het gaat vanzelf, met trede due of trede serve. Wat dan precies uitgaat, toont trede due --preview.
    """


@calendar.command()
@click.option("--weeks", default=6, show_default=True, type=_FAR, metavar="WEKEN", help="Hoe ver vooruit.")
@_FOR
@JSON_OPTION
def plan(weeks: int, number: str, as_json: bool) -> None:
    """Wat er de komende weken aan de beurt komt, per school, en waarom dan."""
    from engine.cli.pages.calendar_page import plan_lines
    from engine.usecases.show_calendar import planned_ahead

    with open_workplace() as runtime:
        found = planned_ahead(runtime, weeks, number)
        plain = {"first": found.first, "last": found.last, "ahead": found.ahead, "resting": found.resting}
        answer(as_json, lambda: plain, lambda: plan_lines(found))


@calendar.command()
@click.option("--weeks", default=26, show_default=True, type=_FAR, metavar="WEKEN", help="Hoe ver terug.")
@_FOR
@JSON_OPTION
def done(weeks: int, number: str, as_json: bool) -> None:
    """Wat er van het geplande werk is gedaan of overgeslagen, met de dag waarvoor het was."""
    from engine.cli.pages.calendar_page import done_lines
    from engine.core.moment import local_day
    from engine.usecases.show_calendar import planned_done

    with open_workplace() as runtime:
        found = planned_done(runtime, local_day(runtime.now()) - timedelta(weeks=weeks), number)
        plain = {"done": found}
        answer(as_json, lambda: plain, lambda: done_lines(found))


@calendar.command()
@click.argument("work", metavar="WERK")
@click.argument("slot", metavar="[KEER]", default="")
@JSON_OPTION
def draw(work: str, slot: str, as_json: bool) -> None:
    """Een loting die is gedaan: het zaad, de lijst, en of opnieuw loten hetzelfde geeft.

    Ook wie er sindsdien bij kwam of wegging. Bijvoorbeeld: trede calendar draw steekproef.loting 2026-11-01
    """
    from engine.cli.pages.calendar_page import draw_lines
    from engine.usecases.show_draw import show_draw

    with open_workplace() as runtime:
        shown = show_draw(runtime, work, slot)
        answer(as_json, lambda: {"draw": shown}, lambda: draw_lines(shown))
