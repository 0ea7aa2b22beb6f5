"""`trede serve`: the scheduler."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import open_workplace
from engine.cli.output import tell
from engine.core.dutch import write_moment

if TYPE_CHECKING:
    from engine.scheduler import Beat


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

    with open_workplace() as runtime:
        if once:
            runtime.keep_second_evaluator()
            beat = scheduler.beat(runtime)
            _report(beat, idle="niets aan de beurt")
            if beat.failed:
                sys.exit(1)
            return
        tell(f"De planner kijkt elke {every} seconden. Stoppen: Ctrl-C.")
        scheduler.serve(runtime, seconds=every, on_beat=_report)
        tell("De planner is gestopt.")


def _report(beat: Beat, idle: str = "") -> None:
    told = ", ".join(beat.done) or ("" if beat.failed else idle)
    if told:
        tell(f"{write_moment(beat.at)}: {told}")
    if beat.away:
        tell(f"{write_moment(beat.at)}: {beat.away.told()}")
    for name, why in beat.failed:
        tell(f"{write_moment(beat.at)}: NIET gelukt: {name}: {why}")
