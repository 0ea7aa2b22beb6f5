"""`trede doctor` and `trede upgrade`: is this installation sound, and bring its database up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import answer, tell
from engine.core.dutch import count_words

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.usecases.diagnose import Check
    from engine.views.lists import OwedLetter


@click.command()
@click.option("--all", "whole", is_flag=True, help="Bekijk alle zaken en brieven, niet alleen de laatste.")
@click.option("--seen", is_flag=True, help="Merk de alarmen aan als gezien.")
@JSON_OPTION
def doctor(whole: bool, seen: bool, as_json: bool) -> None:
    """Is deze installatie gezond?

    Kijkt naar database, inhoud, regelmotoren en achterstand, en of logboek, zaken, termijnen en brieven kloppen.
    """
    from engine.cli.pages.letter_pages import owed_lines
    from engine.usecases.diagnose import diagnose

    with open_workplace() as runtime:
        checks = diagnose(runtime, marks_alarms_seen=seen, whole=whole)
        owed = _owed(runtime)
        answer(
            as_json,
            lambda: {"checks": checks, "owed": owed},
            lambda: [*(line for check in checks for line in _lines(check)), *owed_lines(owed)],
        )
        if not all(check.is_sound for check in checks):
            sys.exit(1)


def _owed(runtime: Runtime) -> tuple[OwedLetter, ...]:
    from engine.core.errors import EngineError
    from engine.usecases.list_work import letters_owed

    try:
        return letters_owed(runtime)
    except EngineError:  # a database that cannot be read: the check of it says so
        return ()


def _lines(check: Check) -> Iterator[str]:
    yield f"{'✓' if check.is_sound else '✗'} {check.name}: {check.text}"
    if check.next_step:
        yield f"    {check.next_step}"


@click.command()
def upgrade() -> None:
    """Breng de database op de versie van dit programma. Maak eerst een reservekopie."""
    from engine.usecases.init_workplace import upgrade_database

    with open_workplace() as runtime:
        filled = upgrade_database(runtime)
        tell("De database is bij.")
        if filled.done:
            tell(f"{count_words(filled.done, 'zaak zette', 'zaken zetten')} in een dossier wat daar hoort.")
        for failed in filled.failed:
            tell("NIET gelukt: {}: {}".format(*failed.named))
