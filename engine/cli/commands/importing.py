"""`trede import`: take over a register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import AS_OPTION, DRY_OPTION, JSON_OPTION, NAME_OPTION, actor_from, open_workplace
from engine.cli.output import print_json, tell
from engine.cli.pages.wording import ContentWords
from engine.core.dutch import count_words
from engine.core.moment import local_day

if TYPE_CHECKING:
    from engine.usecases.import_register import ChangedRow, ImportReport


@click.command("import")
@click.argument("workflow", metavar="PROCEDURE")
@click.argument("path", metavar="BESTAND", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--entry", default="", metavar="INGANG", help="De ingang die de kolommen noemt; zonder: de eerste.")
@click.option(
    "--ignore-columns",
    "ignored",
    multiple=True,
    metavar="KOLOM",
    help="Sla deze kolom over; mag vaker, ook met komma's.",
)
@click.option("--skip-bad", is_flag=True, help="Neem de goede regels over en laat de foute liggen.")
@click.option("--update", is_flag=True, help="Neem over wat een bekende regel nu anders zegt.")
@DRY_OPTION
@AS_OPTION
@NAME_OPTION
@JSON_OPTION
def import_register(
    workflow: str,
    path: Path,
    entry: str,
    ignored: tuple[str, ...],
    skip_bad: bool,
    update: bool,
    dry_run: bool,
    role: str,
    name: str,
    as_json: bool,
) -> None:
    """Neem een register over: elke regel van BESTAND (.csv of .xlsx) wordt een zaak van PROCEDURE.

    Met een foute regel wordt niets overgenomen, tenzij --skip-bad. Een tweede keer doet niets dubbel: elke regel is
    bekend, gewijzigd of nieuw.
    """
    from engine.usecases.import_register import import_register as take_over

    with open_workplace() as runtime:
        content = runtime.content(workflow, local_day(runtime.now()))
        actor = actor_from(runtime, content.organisation, role, name)
        passed = [column for one in ignored for column in one.split(",")]
        report = take_over(
            runtime,
            workflow,
            path,
            actor,
            entry_id=entry,
            skip_bad=skip_bad,
            update=update,
            dry_run=dry_run,
            ignored=passed,
        )
        if as_json:
            told = {"opened": report.opened, "known": report.known, "bad": report.bad, "encoding": report.encoding}
            print_json(told | {"changed": report.changed, "updated": report.updated})
        else:
            _tell_rows(report, path)
            _tell_totals(report, update=update, dry_run=dry_run, skip_bad=skip_bad)
        if report.bad and not skip_bad:
            sys.exit(2)


def _tell_rows(report: ImportReport, path: Path) -> None:
    words = ContentWords(report.content)
    if report.encoding not in ("", "UTF-8"):
        tell(f"{path} is gelezen als {report.encoding}.", err=True)
    for cell in report.bad:
        place = f"{path}:{cell.line}" + (f", kolom '{cell.column}'" if cell.column else "")
        reasons = " ".join(line.strip() for line in words.blockers(cell.refusal.blockers)) if cell.refusal else ""
        tell(f"{place}: {cell.text} {reasons}".rstrip(), err=True)
    for row in report.changed:
        said = "; ".join(_changed(words, fact, row) for fact in row.facts)
        tell(f"{path}:{row.line}: gewijzigd ({row.case_id}): {said}")


def _tell_totals(report: ImportReport, *, update: bool, dry_run: bool, skip_bad: bool) -> None:
    opened = count_words(report.opened, "zaak", "zaken")
    wrong = count_words(len(report.bad), "fout", "fouten")
    renewed = f" {len(report.changed)} gewijzigd, {report.updated} overgenomen;" if report.changed else ""
    tell(f"{opened} geopend; {report.known} bekend van een vorige keer;{renewed} {wrong}.")
    if report.changed and not update:
        tell("Wat gewijzigd is, wordt overgenomen met --update.")
    if dry_run:
        tell("Er is niets gedaan (--dry-run).")
    if report.bad and not skip_bad:
        tell("Er is niets overgenomen. Verbeter het bestand, of geef --skip-bad.", err=True)


def _changed(words: ContentWords, fact: str, row: ChangedRow) -> str:
    old = row.old[fact]
    was = "" if old is None else f" (was {words.value(fact, old)})"
    return f"{words.fact(fact)}: {words.value(fact, row.facts[fact])}{was}"
