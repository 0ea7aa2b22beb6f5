"""`trede due`: the sweep, once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import print_json, print_lines, tell
from engine.core.dutch import count_words, write_day, write_moment
from engine.core.errors import UsageError
from engine.core.language.values import read_moment

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.usecases.watch_clock import Absence


@click.command()
@click.option("--now", "until", default="", metavar="TIJDSTIP", help="Zet de oefenklok vooruit tot dit tijdstip.")
@click.option("--preview", is_flag=True, help="Laat zien wat er tot --until zou uitgaan of verschuiven, en doe niets.")
@click.option("--until", "horizon", default="", metavar="DAG", help="Bij --preview: tot en met deze dag.")
@click.option("--no-letters", is_flag=True, help="Verstuur geen brieven.")
@click.option("--clock-is-right", is_flag=True, help="De klok van de machine is goed, ook al lijkt dat niet zo.")
@JSON_OPTION
def due(until: str, preview: bool, horizon: str, no_letters: bool, clock_is_right: bool, as_json: bool) -> None:
    """Doe eenmaal wat nu aan de beurt is: gepland werk, herinneringen, verlopen termijnen, brieven.

    Hetzelfde wat de planner doet. In een oefenwerkplek zet --now de klok vooruit; onderweg wordt niets overgeslagen.
    """
    if preview or horizon:
        show_preview(horizon, as_json=as_json)
        return
    from engine.usecases.do_planned import do_planned
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
            planned, done, letters, wrong = passed.planned, passed.deadlines, passed.letters, passed.failed
            note_sweep(runtime, runtime.now())
        else:
            came_up = do_planned(runtime)
            swept, sent = run_due(runtime), None if no_letters else send_post(runtime)
            planned, done, letters = came_up.done, swept.done, sent.done if sent else 0
            wrong = tuple(one.named for one in (*came_up.failed, *swept.failed, *(sent.failed if sent else ())))
        failed = (*(one.named for one in recomputed.failed), *wrong)
        if as_json:
            told = {"now": runtime.now(), "planned": planned, "deadlines": done, "letters": letters, "failed": failed,
                    "away": away}  # fmt: skip
            print_json(told)
        else:
            from engine.cli.pages.happened_page import happened_lines

            if away:
                tell(away.told())
            tell(f"{write_moment(runtime.now())}: {_told(planned, done, letters)}.")
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


def _told(planned: int, deadlines: int, letters: int) -> str:
    done = count_words(deadlines, "termijn", "termijnen")
    if planned:
        done = f"{count_words(planned, 'keer', 'keer')} gepland werk en {done}"
    return f"{done} afgehandeld, {count_words(letters, 'brief', 'brieven')} verstuurd"


def show_preview(horizon: str, *, as_json: bool) -> None:
    """What would go out or move through this day."""
    from engine.cli.output import answer
    from engine.cli.pages.history_page import history_page
    from engine.core.language.values import read_day
    from engine.core.moment import end_of_day, local_day
    from engine.rehearsal.preview import preview_due

    with open_workplace() as runtime:
        day = read_day(horizon, "--until") if horizon else local_day(runtime.now())
        seen = preview_due(runtime, end_of_day(day))
        lines = [line for case_id, history in seen.cases for line in (f"{case_id}:", *_indented(history_page(history)))]
        lines += [f"  Zou NIET lukken: {name}: {why}" for name, why in seen.failed]
        plain = {"cases": {case_id: history.entries for case_id, history in seen.cases}, "failed": seen.failed}
        answer(as_json, lambda: plain, lambda: lines or [f"Tot en met {write_day(day)} gaat er niets uit."])


def _indented(lines: Iterable[str]) -> Iterable[str]:
    return (f"  {line}" for line in lines)
