"""`trede audit`: hold cases against their journal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, open_workplace
from engine.cli.output import answer
from engine.core.dutch import count_words
from engine.core.errors import UsageError

if TYPE_CHECKING:
    from engine.usecases.audit_cases import Replayed


@click.group()
def audit() -> None:
    """Zaken nagespeeld uit het logboek."""


@audit.command()
@click.argument("case_id", metavar="[ZAAK]", default="")
@click.option("--all", "whole", is_flag=True, help="Speel alle zaken na.")
@JSON_OPTION
def replay(case_id: str, whole: bool, as_json: bool) -> None:
    """Bouw ZAAK, of alle zaken, opnieuw op uit het logboek, en noem het eerste verschil met hoe zij erbij staan.

    Het logboek bewaart wat mensen en zaken meldden, elke klokregel en elke brief. Wat de regels daaruit afleiden,
    staat er niet in en wordt niet vergeleken.
    """
    from engine.usecases.audit_cases import replay_all, replay_case

    if bool(case_id) is whole:
        raise UsageError("Noem een zaak, of geef --all.", next_step="Bijvoorbeeld: trede audit replay --all")
    with open_workplace() as runtime:
        found = tuple(replay_all(runtime)) if whole else (replay_case(runtime, case_id),)
    answer(as_json, lambda: {"replayed": found}, lambda: list(_lines(found)))
    if any(one.first for one in found):
        sys.exit(1)


@audit.command()
@click.argument("case_id", metavar="ZAAK")
@click.argument("step", metavar="[STAP]", type=click.IntRange(1), default=None, required=False)
@JSON_OPTION
def receipt(case_id: str, step: int | None, as_json: bool) -> None:
    """Waarop elke stap van ZAAK rust, of STAP in het geheel: bestanden, regels, gegevens; nagerekend met wat toen gold.

    Rekent met wat gepubliceerd was toen de stap werd gezet, ook als de bestanden daarna zijn gewijzigd of weg zijn.
    """
    from engine.cli.pages.receipt_page import receipts_page
    from engine.usecases.receipt import receipts

    with open_workplace() as runtime:
        found = receipts(runtime, case_id, step or 0)
    answer(as_json, lambda: {"receipts": found}, lambda: receipts_page(found, in_full=step is not None))
    if not all(one.agrees for one in found):
        sys.exit(1)


def _lines(found: tuple[Replayed, ...]) -> Iterator[str]:
    for one in found:
        if one.first:
            what, told, held = one.first
            yield f"✗ {one.case_id}: {what} is in het logboek {_said(told)}, in de zaak {_said(held)}."
        elif len(found) == 1:
            yield f"✓ {one.case_id}: {count_words(one.lines, 'regel', 'regels')}, versie {one.version}, {one.state}."
    if len(found) != 1:
        wrong = sum(one.first is not None for one in found)
        yield f"{count_words(len(found), 'zaak', 'zaken')} nagespeeld, {count_words(wrong, 'verschil', 'verschillen')}."


def _said(value: object) -> str:
    return "onbekend" if value in (None, "") else repr(value)
