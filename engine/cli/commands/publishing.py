"""`trede rules publish` and `versions`: what the folder holds counts from then on, and which version for whom."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from engine.cli.arguments import (
    AS_OPTION,
    CONTENT_OPTION,
    DRY_OPTION,
    JSON_OPTION,
    NAME_OPTION,
    ORGANISATION_OPTION,
    actor_from,
    open_workplace,
    reason_option,
    settings_here,
)
from engine.cli.output import answer, print_json, print_lines, tell
from engine.clock import system_now
from engine.core.errors import StoreError
from engine.core.language.values import read_day
from engine.core.moment import local_day


def today_for(content: Path | None) -> date:
    """Today; for the content of a rehearsal the day its clock stands at."""
    settings = settings_here()
    if content is None and settings.has_file and settings.is_rehearsal:
        try:
            with open_workplace() as runtime:
                return local_day(runtime.now())
        except StoreError:
            pass  # without its database a rehearsal has no clock
    return local_day(system_now())


@click.command()
@AS_OPTION
@NAME_OPTION
@reason_option("Waarom dit wordt gepubliceerd; het logboek bewaart het.")
@DRY_OPTION
@JSON_OPTION
def publish(role: str, name: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """Leg de inhoud van de map vast, nadat zij is gecontroleerd en getest: vanaf dan geldt zij.

    Lopende zaken houden de regels en de workflow waarmee zij begonnen. Een versie die is ingegaan verandert niet meer;
    een wijziging krijgt een eigen datum.
    """
    from engine.cli.pages.publication_page import barred_page, publication_page
    from engine.definitions.catalogue import Catalogue
    from engine.rehearsal.publish_rules import may_publish, publish_rules
    from engine.words.saying import say

    with open_workplace() as runtime:
        organisation = Catalogue(runtime.settings.content_root).organisation(runtime.settings.organisation)
        actor = actor_from(runtime, organisation, role, name)
        refusal = None if dry_run else may_publish(runtime, actor)
        if refusal is not None:
            answer(as_json, lambda: {"refused": refusal}, lambda: barred_page(refusal, organisation))
            sys.exit(1)
        done = publish_rules(runtime, actor, reason=reason, dry_run=dry_run)
    if as_json:
        names = ("workflow", "version", "rules", "open")
        cases = [dict(zip(names, (*key, number), strict=True)) for key, number in done.open_cases.items()]
        said = [say(finding) for finding in done.faults]
        print_json({"number": done.number, "changes": done.changes, "problems": said, "mismatches": done.mismatches,
                    "consents": done.consents, "cases": cases, "concepts": done.concepts,
                    "conditions": done.conditions})  # fmt: skip
    else:
        for line in (*(say(finding).text() for finding in done.faults), *done.mismatches):
            tell(line)
        print_lines(publication_page(done, dry_run=dry_run))
    if done.is_refused:
        sys.exit(3)


@click.command()
@click.argument("rule_set", metavar="[REGELSET]", default="")
@CONTENT_OPTION
@ORGANISATION_OPTION
@click.option("--on", "day", default="", metavar="DATUM", help="Zoals het staat op die dag; zonder: vandaag.")
@JSON_OPTION
def versions(rule_set: str, content: Path | None, organisation: str, day: str, as_json: bool) -> None:
    """Toon van elke versie waar zij staat, per sector: concept, voorgelegd, ingestemd, in werking, verlopen."""
    from engine.cli.pages.publication_page import versions_page
    from engine.definitions.catalogue import Catalogue
    from engine.usecases.chosen_organisation import choose_organisation, refuse_unknown_rules
    from engine.usecases.list_versions import list_versions

    root = content or settings_here().content_root
    if rule_set:
        refuse_unknown_rules(root, rule_set)
    on = read_day(day, "--on") if day else today_for(content)
    found = list_versions(root, choose_organisation(Catalogue(root), organisation), on, rule_set)
    answer(as_json, lambda: {"versions": found}, lambda: versions_page(found))
