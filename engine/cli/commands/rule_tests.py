"""`trede rules test`: what the process owners expect of their rules, and the chronicles of their stories."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import CONTENT_OPTION, JSON_OPTION, ORGANISATION_OPTION, settings_here
from engine.cli.commands.publishing import today_for
from engine.cli.output import print_json, print_lines, tell
from engine.core.dutch import count_words
from engine.core.errors import UsageError

if TYPE_CHECKING:
    from engine.rehearsal.kept_chronicles import MovedStep
    from engine.rehearsal.rule_test_run import Mismatch
    from engine.rehearsal.run_rule_tests import RuleTestReport

_SHOWN = 4
"""So many differences of one story are written out; more of them mostly come of the same cause."""


@click.command("test")
@click.argument("rule_set", metavar="[REGELSET]", default="")
@CONTENT_OPTION
@ORGANISATION_OPTION
@click.option("-k", "named", default="", metavar="WOORD", help="Alleen wat dit woord in zijn naam heeft.")
@click.option("--keep", is_flag=True, help="Bewaar het verloop van de verhalen zoals het nu is, naast de verhalen.")
@JSON_OPTION
def test(rule_set: str, content: Path | None, organisation: str, named: str, keep: bool, as_json: bool) -> None:
    """Draai de tests en verhalen die naast de regels staan, en vergelijk wat elk verhaal doet met het bewaarde verloop.

    Met --keep geldt voortaan het verloop van nu. Lees eerst wat er anders is: dat staat er ook dan bij.
    """
    from engine.definitions.catalogue import Catalogue
    from engine.rehearsal.run_rule_tests import run_rule_tests, together
    from engine.usecases.chosen_organisation import choose_organisation, working_organisations

    root = content or settings_here().content_root
    catalogue, on = Catalogue(root), today_for(content)
    chosen = [choose_organisation(catalogue, organisation)] if organisation else working_organisations(catalogue)
    report = together([run_rule_tests(root, one, rule_set=rule_set, named=named, on=on, keep=keep) for one in chosen])
    if named and not report.files:
        raise UsageError(
            f"Geen test of verhaal heeft '{named}' in zijn naam.",
            next_step="Neem een deel van een naam over, of laat -k weg.",
        )
    if as_json:
        print_json(_plain(report))
    else:
        _tell_mismatches(report)
        _tell_differences(report.differences)
        _tell_counts(report)
        _tell_what_to_do(report, rule_set, keep=keep)
    if report.mismatches or (report.differences and not keep):
        sys.exit(3)


def _plain(report: RuleTestReport) -> dict[str, object]:
    told = {
        name: [{"name": one.name, "where": one.where, "text": one.text, "step": one.step} for one in found]
        for name, found in (("mismatches", report.mismatches), ("concepts", report.concepts))
    }
    counts = ("tests", "stories", "files", "situations", "compared", "untold")
    differences = [
        {"name": one.story, "where": one.page, "step": one.step, "gone": one.gone, "new": one.new}
        for one in report.differences
    ]
    kept = [{"page": one.page, "gone": one.gone, "new": one.new} for one in report.rewritten]
    more = {"differences": differences, "rewritten": kept, "not_kept": report.not_kept}
    return {name: getattr(report, name) for name in counts} | told | more


def _tell_mismatches(report: RuleTestReport) -> None:
    for mismatch in report.mismatches:
        tell(_mismatch_line(mismatch))
    if report.concepts:
        tell("Door een concept, dat vandaag niet meetelt:")
    for mismatch in report.concepts:
        tell(_mismatch_line(mismatch))


def _mismatch_line(mismatch: Mismatch) -> str:
    step = f", {mismatch.step}" if mismatch.step else ""
    return f"{mismatch.where}: {mismatch.name}{step}\n  {mismatch.text}"


def _tell_differences(differences: Iterable[MovedStep]) -> None:
    by_story: dict[tuple[str, str], list[MovedStep]] = {}
    for one in differences:
        by_story.setdefault((one.page, one.story), []).append(one)
    for (page, _), found in by_story.items():
        tell(f"{page}: {_what_differs(found[0])}")
        for one in (one for one in found[:_SHOWN] if one.step):
            signed = [*(f"- {line.strip()}" for line in one.gone), *(f"+ {line.strip()}" for line in one.new)]
            print_lines([f"  {one.step}", *(f"    {line}" for line in signed)])
        if len(found) > _SHOWN:
            tell(f"  En nog op {count_words(len(found) - _SHOWN, 'moment', 'momenten')}.")


def _what_differs(one: MovedStep) -> str:
    if not one.story:
        return "bij deze bladzijde hoort geen bestand met verhalen meer."
    if not one.step:
        return f"{one.story}: {'hiervan is nog geen verloop bewaard.' if one.new else 'dit verhaal is er niet meer.'}"
    return f"{one.story}: het verloop is anders."


def _tell_counts(report: RuleTestReport) -> None:
    failed = len({(mismatch.where.partition(":")[0], mismatch.name) for mismatch in report.mismatches})
    tests, stories = count_words(report.tests, "test", "tests"), count_words(report.stories, "verhaal", "verhalen")
    otherwise = len({(one.page, one.story) for one in report.differences})
    more = f", {otherwise} met een ander verloop" if otherwise else ""
    tell(f"{tests} en {stories} in {count_words(report.files, 'bestand', 'bestanden')}; {failed} mislukt{more}.")
    second = f"{report.compared} regels" if report.compared is not None else "niet aanwezig"
    tell(f"{report.situations} situaties ook gecompileerd beoordeeld; tweede regelmotor: {second}.")


def _tell_what_to_do(report: RuleTestReport, rule_set: str, *, keep: bool) -> None:
    """What is kept now, or with which command it would be."""
    for one in report.rewritten:
        tell(f"✓ {one.page}: {one.gone} regels weg, {one.new} erbij")
    for name in report.not_kept:
        tell(f"Niet bewaard, want het verhaal mislukt: {name}")
    if keep:
        return
    command = f"`trede rules test{f' {rule_set}' if rule_set else ''} --keep`"
    if report.differences:
        tell(f"Is dit wat u wilt, dan bewaart {command} het verloop van nu. Lees eerst wat er anders is.")
    elif report.untold:
        stories = count_words(report.untold, "verhaal", "verhalen")
        tell(f"Van {stories} is geen verloop bewaard. Doe dat met {command}; dan ziet u wat een wijziging verschuift.")
