"""`trede serve`: the scheduler."""

from __future__ import annotations

import os
from pathlib import Path

import click

from engine.core.dutch import write_moment
from engine.runtime import open_runtime


@click.command()
@click.option(
    "--every",
    default=30,
    show_default=True,
    type=click.IntRange(1, 3600),
    metavar="SECONDEN",
    help="Hoe vaak hij kijkt.",
)
@click.option("--once", is_flag=True, help="Eén slag, en klaar.")
def serve(every: int, once: bool) -> None:
    """De planner: doet wat aan de beurt is, tot u hem stopt (Ctrl-C).

    Meer planners naast elkaar mag: elke termijn en elke brief wordt door één van hen afgehandeld.
    """
    from engine import scheduler

    with open_runtime(Path.cwd(), os.environ) as runtime:

        def report(text: str) -> None:
            if text:
                click.echo(f"{write_moment(runtime.now())}: {text}")

        if once:
            runtime.keep_second_evaluator()
            report(scheduler.beat(runtime) or "niets aan de beurt")
            return
        click.echo(f"De planner kijkt elke {every} seconden. Stoppen: Ctrl-C.")
        scheduler.serve(runtime, seconds=every, on_beat=report)
        click.echo("De planner is gestopt.")
