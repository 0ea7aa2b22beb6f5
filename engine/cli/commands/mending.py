"""`trede case correct` and what else mends a mistake: every one an act with a reason, seen in the history."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import (
    FROM_OPTION,
    Acting,
    acting_options,
    actor_from,
    open_workplace,
    read_facts,
    reason_option,
)
from engine.cli.output import answer, tell_hard_words
from engine.cli.pages.case_pages import show_outcome
from engine.core.dutch import count_words
from engine.core.errors import UsageError
from engine.core.language.values import read_note
from engine.line.case_line import open_line

if TYPE_CHECKING:
    from datetime import date

    from engine.core.deciding.case import Actor
    from engine.core.deciding.step import Refusal, Step
    from engine.core.language.facts import Value
    from engine.line.case_line import Line

CASE_ARGUMENT = click.argument("case_id", metavar="ZAAK")
REASON_OPTION = reason_option("Waarom; verplicht.")


@click.command()
@CASE_ARGUMENT
@click.argument("pairs", nargs=-1, metavar="[NAAM=WAARDE]...")
@FROM_OPTION
@REASON_OPTION
@acting_options
def correct(case_id: str, pairs: tuple[str, ...], source: Path | None, reason: str, acting: Acting) -> None:
    """Verbeter gegevens die niet klopten. De oude waarde blijft in het logboek staan.

    Bijvoorbeeld: trede case correct TLV-2026-0001 ouders.adres="Kade 5" --reason "tikfout" --as toeleiding
    """
    from engine.core.deciding.mending import FactCorrection
    from engine.usecases.correct_case import correct_case

    typed: dict[str, Value] = {}

    def put_right(line: Line, actor: Actor) -> Step | Refusal:
        asked = line.about(case_id)
        facts = read_facts(asked.content, source, pairs, asked.case)
        typed.update(facts)
        if not facts:
            raise UsageError("Er is niets om te verbeteren.", next_step="Geef NAAM=WAARDE, of --from BESTAND.")
        return correct_case(line, case_id, FactCorrection(facts=facts, reason=reason), actor, dry_run=acting.dry_run)

    _mend(case_id, acting, put_right, typed)


@click.command()
@CASE_ARGUMENT
@REASON_OPTION
@acting_options
def reopen(case_id: str, reason: str, acting: Acting) -> None:
    """Heropen een gesloten zaak, waar de procedure zegt hoe en wie dat mag."""
    from engine.usecases.reopen_case import reopen_case

    _mend(case_id, acting, lambda line, actor: reopen_case(line, case_id, reason, actor, dry_run=acting.dry_run))


@click.command()
@click.argument("case_id", metavar="[ZAAK]", default="")
@click.option("--all", "everything", is_flag=True, help="Elke open zaak die nog niet op deze versie is.")
@click.option("--to", "version", required=True, metavar="DAG", help="De dag waarop de versie inging.")
@REASON_OPTION
@acting_options
def move(case_id: str, everything: bool, version: str, reason: str, acting: Acting) -> None:
    """Zet een zaak over naar een andere versie van haar workflow en regels.

    Met --dry-run ziet u de laatste dagen voor en na, en welke brieven anders worden. Wat in de zaak staat blijft staan.
    Bijvoorbeeld: trede case move TLV-2026-0001 --to 2027-01-01 --reason "nieuwe wet" --as toeleiding --dry-run
    """
    from engine.core.language.values import read_day
    from engine.usecases.move_case import move_case

    if bool(case_id) is everything:
        raise UsageError("Noem een zaak, of geef --all.", next_step="Zie `trede case move --help`.")
    to = read_day(version, "--to")
    if everything:
        _move_all(to, reason, acting)
    else:
        _mend(case_id, acting, lambda line, actor: move_case(line, case_id, to, reason, actor, dry_run=acting.dry_run))


def _move_all(to: date, reason: str, acting: Acting) -> None:
    """Every case with what came of it; ends with exit code 1 when one could not be moved."""
    from engine.core.deciding.step import Step
    from engine.usecases.move_case import move_all
    from engine.words.short_reasons import say_shortly

    with open_workplace() as runtime:
        organisation = runtime.catalogue.organisation(runtime.settings.organisation)
        actor = actor_from(runtime, organisation, acting.role, acting.name)
        found = list(move_all(runtime, to, reason, actor, dry_run=acting.dry_run))
    refused = {
        one: outcome if isinstance(outcome, str) else say_shortly(outcome.blockers)
        for one, outcome in found
        if not isinstance(outcome, Step)
    }
    moved = [one for one, _ in found if one not in refused]
    word = "Zou overgaan" if acting.dry_run else "Overgezet"
    answer(
        acting.as_json,
        lambda: {"dry_run": acting.dry_run, "moved": moved, "refused": refused},
        lambda: [
            *(f"{word}: {one}" for one in moved),
            *(f"NIET: {one}: {why}" for one, why in refused.items()),
            f"{count_words(len(moved), 'zaak', 'zaken')}, {len(refused)} niet.",
        ],
    )
    if refused:
        sys.exit(1)


@click.command()
@CASE_ARGUMENT
@click.argument("text", metavar="TEKST", callback=lambda _, __, given: read_note(given, "TEKST", lines=10))
@acting_options
def note(case_id: str, text: str, acting: Acting) -> None:
    """Bewaar een notitie bij een zaak. Zij verandert niets aan wat er moet gebeuren."""
    from engine.usecases.note_case import note_case

    _mend(case_id, acting, lambda line, actor: note_case(line, case_id, text, actor, dry_run=acting.dry_run))


@click.command()
@CASE_ARGUMENT
@click.argument("text", metavar="[TEKST]", default="", callback=lambda _, __, given: read_note(given, "TEKST"))
@click.option(
    "--on", "day", default="", metavar="DAG", help="Vanaf welke dag de taak in de inbox ligt; zonder: vandaag."
)
@click.option("--for", "body", default="", metavar="ORGAAN", help="Voor wie; zonder: voor uzelf.")
@click.option("--done", type=int, metavar="NUMMER", help="Deze taak is gedaan.")
@acting_options
def task(case_id: str, text: str, day: str, body: str, done: int | None, acting: Acting) -> None:
    """Geef een taak bij een zaak, of zeg dat er een gedaan is.

    Bijvoorbeeld: trede case task TLV-2026-0001 "school bellen" --on 2026-12-01 --for consulent --as toeleiding
    """
    from engine.core.language.values import read_day
    from engine.core.moment import local_day
    from engine.usecases.note_case import close_task, give_task

    if (done is None) == (not text):
        raise UsageError("Geef een tekst, of --done NUMMER.", next_step="Zie `trede case task --help`.")

    def give_or_close(line: Line, actor: Actor) -> Step | Refusal:
        if done is not None:
            return close_task(line, case_id, done, actor, dry_run=acting.dry_run)
        on = read_day(day, "--on") if day else local_day(line.moment)
        return give_task(line, case_id, text, body or actor.role, on, actor, dry_run=acting.dry_run)

    _mend(case_id, acting, give_or_close)


@click.command()
@CASE_ARGUMENT
@click.option("--opening", "whole", is_flag=True, help="De hele zaak: zij sluit alsof zij nooit geopend was.")
@REASON_OPTION
@acting_options
def undo(case_id: str, whole: bool, reason: str, acting: Acting) -> None:
    """Neem de laatste handeling van een zaak terug, zolang er niets van naar buiten ging.

    Met --opening de hele zaak, als er ook geen besluit is genomen en niets in het dossier erop rust.
    """
    from engine.usecases.undo_act import undo_act

    _mend(
        case_id,
        acting,
        lambda line, actor: undo_act(line, case_id, reason, actor, whole=whole, dry_run=acting.dry_run),
    )


def _mend(
    case_id: str, acting: Acting, do: Callable[[Line, Actor], Step | Refusal], typed: Mapping[str, Value] | None = None
) -> None:
    """Let who acts do this to a case, and show what came of it; a refusal ends the command with exit code 1.

    `typed` is filled by `do` with what it read, so that its language is looked at once it was taken.
    """
    with open_workplace() as runtime, open_line(runtime) as line:
        content = line.about(case_id).content
        show_outcome(content, do(line, acting.actor(runtime, content)), acting, line.names)
        tell_hard_words(runtime, content, typed or {}, as_json=acting.as_json)
