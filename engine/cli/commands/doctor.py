"""`trede doctor` and `trede upgrade`: is this installation sound, and bring its database up to date."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from engine.cli.arguments import JSON_OPTION
from engine.cli.output import print_json
from engine.runtime import open_runtime


@click.command()
@click.option("--seen", is_flag=True, help="Merk de alarmen aan als gezien.")
@JSON_OPTION
def doctor(seen: bool, as_json: bool) -> None:
    """Is deze installatie gezond? Kijkt naar database, logboek, inhoud, regelmotoren en achterstand."""
    from engine.usecases.diagnose import diagnose

    with open_runtime(Path.cwd(), os.environ) as runtime:
        checks = diagnose(runtime, marks_alarms_seen=seen)
        if as_json:
            print_json(checks)
        else:
            for check in checks:
                click.echo(f"{'✓' if check.is_sound else '✗'} {check.name}: {check.text}")
                if not check.is_sound and check.next_step:
                    click.echo(f"    {check.next_step}")
        if not all(check.is_sound for check in checks):
            sys.exit(1)


@click.command()
def upgrade() -> None:
    """Breng de database op de versie van dit programma. Maak eerst een reservekopie."""
    from engine.usecases.upgrade_database import upgrade_database

    with open_runtime(Path.cwd(), os.environ) as runtime:
        upgrade_database(runtime)
        click.echo("De database is bij.")
