"""`trede due`: the sweep, once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import print_json, print_lines, tell
from engine.core.dutch import count_words, write_moment
from engine.core.errors import UsageError
from engine.core.language.values import read_moment

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.usecases.watch_clock import Absence


@click.command()
@click.option("--now", "until", default="", metavar="TIJDSTIP", help="Zet de oefenklok vooruit tot dit tijdstip.")
@click.option("--no-letters", is_flag=True, help="Verstuur geen brieven.")
@click.option("--clock-is-right", is_flag=True, help="De klok van de machine is goed, ook al lijkt dat niet zo.")
@JSON_OPTION
def due(until: str, no_letters: bool, clock_is_right: bool, as_json: bool) -> None:
    """Doe eenmaal wat nu aan de beurt is: herinneringen, verlopen termijnen, brieven.

    Hetzelfde wat de planner doet. In een oefenwerkplek zet --now de klok vooruit; onderweg wordt niets overgeslagen.
    """
    from engine.usecases.office_post import send_post
    from engine.usecases.reproject_cases import reproject_changed
    from engine.usecases.run_due import run_due
    from engine.usecases.tell_sweep import happened_since, where_it_ends
    from engine.usecases.watch_clock import note_sweep

    with open_workplace() as runtime:
        away = _watched(runtime, clock_is_right=clock_is_right)
        begins = where_it_ends(runtime)
        recomputed = reproject_changed(runtime)
        if until:
            from engine.usecases.pass_time import pass_time

            passed = pass_time(runtime, read_moment(until, "--now"), with_letters=not no_letters)
            done, letters, wrong = passed.deadlines, passed.letters, passed.failed
            note_sweep(runtime, runtime.now())
        else:
            swept, sent = run_due(runtime), None if no_letters else send_post(runtime)
            done, letters = swept.done, sent.done if sent else 0
            wrong = tuple(one.named for one in (*swept.failed, *(sent.failed if sent else ())))
        failed = (*(one.named for one in recomputed.failed), *wrong)
        if as_json:
            print_json({"now": runtime.now(), "deadlines": done, "letters": letters, "failed": failed})
        else:
            from engine.cli.pages.history_page import happened_lines

            if away:
                tell(away.told())
            tell(f"{write_moment(runtime.now())}: {_told(done, letters)}.")
            print_lines(happened_lines(happened_since(runtime, begins)))
            for name, why in failed:
                tell(f"  NIET gelukt: {name}: {why}")
        if failed:
            sys.exit(1)


def _watched(runtime: Runtime, *, clock_is_right: bool) -> Absence | None:
    """Since when nobody swept, if that is long; ends the command when the clock of the machine cannot be right."""
    from engine.usecases.watch_clock import note_sweep, watch_clock

    now = runtime.now()
    if clock_is_right:
        note_sweep(runtime, now)
        return None
    with runtime.reading() as readings:
        waiting = readings.waiting(runtime.settings.organisation)
    try:
        return watch_clock(runtime, waiting, now)
    except UsageError as error:
        from engine.words.of_errors import say_whole

        tell(f"{write_moment(now)}: NIET gelukt: klok: {say_whole(error)}")
        sys.exit(1)


def _told(deadlines: int, letters: int) -> str:
    done = count_words(deadlines, "termijn", "termijnen")
    return f"{done} afgehandeld, {count_words(letters, 'brief', 'brieven')} verstuurd"
