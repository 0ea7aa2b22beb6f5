"""`trede due`: the sweep, once."""

from __future__ import annotations

import sys

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import print_json, print_lines, tell
from engine.core.dutch import count_words, write_moment
from engine.core.language.values import read_moment


@click.command()
@click.option("--now", "until", default="", metavar="TIJDSTIP", help="Zet de oefenklok vooruit tot dit tijdstip.")
@click.option("--no-letters", is_flag=True, help="Verstuur geen brieven.")
@JSON_OPTION
def due(until: str, no_letters: bool, as_json: bool) -> None:
    """Doe eenmaal wat nu aan de beurt is: herinneringen, verlopen termijnen, brieven.

    Hetzelfde wat de planner doet. In een oefenwerkplek zet --now de klok vooruit; onderweg wordt niets overgeslagen.
    """
    from engine.usecases.office_post import send_post
    from engine.usecases.reproject_cases import reproject_changed
    from engine.usecases.run_due import run_due
    from engine.usecases.tell_sweep import happened_since, where_it_ends

    with open_workplace() as runtime:
        begins = where_it_ends(runtime)
        recomputed = reproject_changed(runtime)
        if until:
            from engine.usecases.pass_time import pass_time

            passed = pass_time(runtime, read_moment(until, "--now"), with_letters=not no_letters)
            done, letters, wrong = passed.deadlines, passed.letters, passed.failed
        else:
            swept, sent = run_due(runtime), None if no_letters else send_post(runtime)
            done, letters = swept.done, sent.done if sent else 0
            wrong = tuple(one.named for one in (*swept.failed, *(sent.failed if sent else ())))
        failed = (*(one.named for one in recomputed.failed), *wrong)
        if as_json:
            print_json({"now": runtime.now(), "deadlines": done, "letters": letters, "failed": failed})
        else:
            from engine.cli.pages.history_page import happened_lines

            tell(f"{write_moment(runtime.now())}: {_told(done, letters)}.")
            print_lines(happened_lines(happened_since(runtime, begins)))
            for name, why in failed:
                tell(f"  NIET gelukt: {name}: {why}")
        if failed:
            sys.exit(1)


def _told(deadlines: int, letters: int) -> str:
    done = count_words(deadlines, "termijn", "termijnen")
    return f"{done} afgehandeld, {count_words(letters, 'brief', 'brieven')} verstuurd"
