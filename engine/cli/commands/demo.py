"""`trede demo`: a school year on the test clock, and what came of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION
from engine.cli.output import print_json, print_lines, tell
from engine.core.dutch import write_day
from engine.core.language.values import read_moment
from engine.core.moment import local_day
from engine.definitions.script import Script

if TYPE_CHECKING:
    from engine.rehearsal.make_demo import Demo, OnDay, OnStage


@click.command()
@click.argument("folder", metavar="[MAP]", default="demo", type=click.Path(path_type=Path))
@click.option("--example", type=click.Path(file_okay=False, path_type=Path), help="De map met het draaiboek.")
@click.option("--until", default="", metavar="TIJDSTIP", help="Stop eerder dan het draaiboek.")
@JSON_OPTION
def demo(folder: Path, example: Path | None, until: str, as_json: bool) -> None:
    """Speel een schooljaar na in een oefenwerkplek in MAP (zonder MAP: demo), en toon de cijfers.

    Een register wordt overgenomen, mensen handelen volgens een draaiboek, en de oefenklok doet de rest. Zonder
    --example speelt elke organisatie met een draaiboek haar jaar, alle in een database; wie niet de eerste is, krijgt
    een eigen map in MAP. Een eerdere demo in dezelfde map wordt vervangen; iets anders blijft staan.
    """
    from engine.cli.pages.demo_page import demo_lines
    from engine.rehearsal.make_demo import find_examples, make_demo, read_example
    from engine.settings import load_settings

    content_root = load_settings(Path.cwd(), {}).content_root
    scripts = [read_example(one) for one in ([example] if example else find_examples(content_root))]
    stops_at = read_moment(until, "--until") if until else None
    made: list[Demo] = []
    for script in scripts:
        place, first = (folder / script.organisation, made[0].settings) if made else (folder, None)
        began = time.monotonic()
        with _progress(script, is_quiet=as_json) as (on_stage, on_day):
            one = make_demo(place, script, content_root, beside=first, until=stops_at, on_stage=on_stage, on_day=on_day)
        made.append(one)
        if not as_json:
            print_lines(demo_lines(one, time.monotonic() - began))
    if as_json:
        print_json({**_plain(made[0]), "beside": [_plain(one) for one in made[1:]]})
    if not all(one.is_sound for one in made):
        sys.exit(1)


def _plain(made: Demo) -> dict[str, object]:
    return {
        "workplace": made.settings.workplace.as_posix(),
        "imported": made.imported,
        "script": made.report,
        "summary": made.summary,
        "is_sound": made.is_sound,
    }


@contextmanager
def _progress(script: Script, *, is_quiet: bool) -> Iterator[tuple[OnStage, OnDay]]:
    """A bar where there is a terminal, a line a month where there is none, nothing when asked to be quiet."""
    if is_quiet:
        yield (lambda _: None), (lambda _: None)
    elif sys.stdout.isatty():
        with _bar(script) as hooks:
            yield hooks
    else:
        yield (lambda text: tell(f"{text} ...")), _say_first_of_month


def _say_first_of_month(now: datetime) -> None:
    day = local_day(now)
    if day.day == 1:
        tell(f"  {write_day(day)}")


@contextmanager
def _bar(script: Script) -> Iterator[tuple[OnStage, OnDay]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    first = local_day(script.starts_at)
    days = (local_day(script.ends_at) - first).days
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()) as progress:
        task = progress.add_task("", total=days)

        def on_stage(text: str) -> None:
            progress.update(task, description=text)

        def on_day(now: datetime) -> None:
            day = local_day(now)
            progress.update(task, completed=(day - first).days, description=write_day(day))

        yield on_stage, on_day
