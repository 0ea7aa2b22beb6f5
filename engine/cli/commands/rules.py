"""`trede rules`: check, test, publish, schema, assumptions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import (
    CONTENT_OPTION,
    FOLDER_OPTION,
    JSON_OPTION,
    ORGANISATION_OPTION,
    READER_OPTION,
    open_workplace,
    settings_here,
)
from engine.cli.commands.new_content import new
from engine.cli.commands.publishing import publish, today_for, versions
from engine.cli.commands.rule_codes import explain
from engine.cli.commands.rule_sources import sources
from engine.cli.commands.rule_tests import test
from engine.cli.output import answer_with_pages, print_json, print_lines, tell
from engine.core.dutch import count_words
from engine.core.errors import StoreError
from engine.core.language.values import read_day

if TYPE_CHECKING:
    from datetime import date

    from engine.usecases.kept_check import CheckReport


@click.group()
def rules() -> None:
    """Regels controleren en testen."""


def _in_this_workplace(report: CheckReport, on: date) -> CheckReport:
    """The report with what is published otherwise, and what cases run on; as it is where no database can be asked."""
    from engine.line.publishing import differing
    from engine.usecases.check_over_time import check_over_time

    try:
        with open_workplace() as runtime:
            return check_over_time(report, runtime, on).beside(differing(runtime))
    except StoreError:
        return report


def _root(content: Path | None) -> Path:
    return content or settings_here().content_root


@rules.command()
@click.argument("rule_set", metavar="[REGELSET]", default="")
@CONTENT_OPTION
@ORGANISATION_OPTION
@click.option("--on", "day", default="", metavar="DATUM", help="De dag waarop alles moet gelden; zonder: vandaag.")
@JSON_OPTION
def check(rule_set: str, content: Path | None, organisation: str, day: str, as_json: bool) -> None:
    """Controleer alle inhoud: namen, toestanden, termijnen, brieven, en of elke zaak een weg naar het eind heeft.

    Met REGELSET (ook de naam van een procedure) leest u alleen wat in de bestanden en brieven daarvan staat. Wat er mis
    is met een concept staat apart en telt niet mee, behalve als u met REGELSET en --on ernaar vraagt.
    """
    from engine.usecases.kept_check import check_once
    from engine.words.saying import say

    on = read_day(day, "--on") if day else today_for(content)
    settings = settings_here()
    root = content or settings.content_root
    if rule_set:
        from engine.usecases.chosen_organisation import refuse_unknown_rules

        refuse_unknown_rules(root, rule_set)
    if settings.has_file:
        report = check_once(root, organisation, on=on, cache=settings.workplace / ".trede-cache")
        report = report if content else _in_this_workplace(report, on)
    else:  # outside a workplace there is no place to keep anything
        from engine.usecases.check_rules import check_rules

        report = check_rules(root, organisation, on=on)
    report = report.about(rule_set) if rule_set else report
    if rule_set and day:
        report = report.counting_concepts()
    if as_json:
        said, apart = ([say(finding) for finding in found] for found in (report.findings, report.concepts))
        print_json(
            {
                "problems": said,
                "concepts": apart,
                **{name: getattr(report, name) for name in ("proven", "assumptions", "counts", "elsewhere")},
            }
        )
    else:
        _tell_of_check(report)
    if report.errors:
        sys.exit(3)


def _tell_of_check(report: CheckReport) -> None:
    from engine.words.saying import say

    for finding in report.findings:
        tell(f"{say(finding).text()} [{finding.kind}]")
    if report.concepts:
        tell("In een concept, dat vandaag niet meetelt:")
    for finding in report.concepts:
        tell(f"  {say(finding).text()} [{finding.kind}]")
    print_lines([f"✓ {line}" for line in report.proven])
    counts = ", ".join(f"{number} {name}" for name, number in report.counts.items())
    tell(f"Bekeken: {counts}." if counts else "Er is geen inhoud bekeken.")
    errors = count_words(report.errors, "fout", "fouten")
    warnings = count_words(report.warnings, "waarschuwing", "waarschuwingen")
    tell(f"{errors}, {warnings}, {count_words(report.assumptions, 'aanname', 'aannamen')}.")
    if report.elsewhere:
        more = count_words(report.elsewhere, "fout staat", "fouten staan")
        tell(f"Nog {more} in andere bestanden: kijk met `trede rules check`.")


@rules.command()
@click.argument("folder", metavar="MAP", type=click.Path(file_okay=False, path_type=Path))
def schema(folder: Path) -> None:
    """Schrijf de JSON Schema's in MAP: een editor vult dan aan en legt uit."""
    from engine.definitions.schema_files import write_schemas

    for path in write_schemas(folder):
        tell(str(path))


@rules.command()
@CONTENT_OPTION
@ORGANISATION_OPTION
@JSON_OPTION
def assumptions(content: Path | None, organisation: str, as_json: bool) -> None:
    """Toon alles wat de organisatie nog moet besluiten, met bestand en regel."""
    from engine.usecases.content_pages import list_assumptions
    from engine.words.saying import say

    found = list_assumptions(_root(content), organisation)
    if as_json:
        print_json({"assumptions": [say(finding) for finding in found]})
        return
    for finding in found:
        tell(say(finding).text())
    tell(f"{count_words(len(found), 'aanname', 'aannamen')}.")


@rules.command()
@click.argument("workflow", metavar="PROCEDURE")
@CONTENT_OPTION
@click.option("--organisation", default="", metavar="ORGANISATIE", help="Nodig als de inhoud er van meer heeft.")
@click.option("--on", "day", default="", metavar="DATUM", help="Zoals het geldt op die dag; zonder: vandaag.")
def picture(workflow: str, content: Path | None, organisation: str, day: str) -> None:
    """Teken PROCEDURE: toestanden en overgangen als Mermaid-tekst, die een wiki of editor als plaat toont."""
    from engine.usecases.draw_workflow import draw_workflow

    on = read_day(day, "--on") if day else today_for(content)
    tell(draw_workflow(_root(content), workflow, organisation=organisation, on=on), nl=False)


@rules.command()
@click.argument("letter", metavar="SJABLOON")
@READER_OPTION
@FOLDER_OPTION
@CONTENT_OPTION
@click.option("--organisation", default="", metavar="ORGANISATIE", help="Zonder: die van de werkplek.")
@click.option("--on", "day", default="", metavar="DATUM", help="Zoals hij geldt op die dag; zonder: vandaag.")
@JSON_OPTION
def preview(letter: str, folder: Path, content: Path | None, day: str, as_json: bool, **chosen: str) -> None:
    """Maak de brief van SJABLOON met verzonnen gegevens, voor elke lezer een bladzijde (HTML) en een PDF.

    Wat uit een zaak komt staat tussen vierkante haken. Zo ziet wie een tekst schrijft hoe hij wordt, nog voor er een
    zaak is.
    """
    from engine.usecases.preview_letter import preview_letter

    on = read_day(day, "--on") if day else today_for(content)
    if content is None and not chosen["organisation"]:
        chosen["organisation"] = settings_here().organisation
    found = preview_letter(_root(content), letter, on=on, **chosen)
    answer_with_pages(as_json, folder, {f"{letter}-{kind}": made for kind, made in found.items()})


rules.add_command(explain)
rules.add_command(new)
rules.add_command(sources)
rules.add_command(test)
rules.add_command(publish)
rules.add_command(versions)
