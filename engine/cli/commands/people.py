"""`trede person` and `trede whoami`: who works on cases, and who acts here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import (
    JSON_OPTION,
    NAME_OPTION,
    Acting,
    acting_options,
    actor_from,
    open_workplace,
    reason_option,
)
from engine.cli.commands.person_options import (
    SINCE_OPTION,
    UNTIL_OPTION,
    SaidOfPerson,
    noted,
    person_options,
    read_days,
)
from engine.cli.output import answer
from engine.core.errors import UsageError
from engine.core.language.values import read_note

if TYPE_CHECKING:
    from engine.core.deciding.keeping_people import Keeping, Kept
    from engine.core.deciding.people import Person
    from engine.core.deciding.step import Refusal

_Decide = Callable[["Keeping"], "Kept | Refusal"]


@click.group()
def person() -> None:
    """Personen die aan zaken werken: toevoegen, zoeken, wijzigen, samenvoegen."""


@person.command("add")
@click.argument("full_name", metavar="NAAM", callback=lambda _, __, text: read_note(text, "NAAM"))
@person_options
@click.option("--confirm", "is_sure", is_flag=True, help="Het is iemand anders dan wie erop lijkt.")
@acting_options
def add(full_name: str, said: SaidOfPerson, is_sure: bool, acting: Acting) -> None:
    """Voeg een persoon toe. Hij krijgt een nummer, dat nooit opnieuw wordt gebruikt.

    Bijvoorbeeld: trede person add "A. de Boer" --discipline orthopedagoog --body deskundige_1 --as toeleiding
    """
    from engine.core.deciding.keeping_people import add_person
    from engine.core.deciding.people import Person

    new = said.over(Person(organisation="", number="", name=full_name))
    _keep(lambda keeping: add_person(keeping, new, is_sure=is_sure), acting, "toegevoegd")


@person.command("change")
@click.argument("who", metavar="PERSOON")
@click.option("--rename", default=None, metavar="NAAM", callback=noted("--rename"), help="De naam zoals hij hoort.")
@person_options
@reason_option("Waarom; komt in het logboek.")
@acting_options
def change(who: str, rename: str | None, said: SaidOfPerson, reason: str, acting: Acting) -> None:
    """Wijzig wat van een persoon bekend is. --body vervangt alle organen.

    Wie vertrekt, houdt een nummer: trede person change P-0001 --until 2026-12-31 --as toeleiding
    """
    from engine.core.deciding.keeping_people import change_person

    def decide(keeping: Keeping) -> Kept | Refusal:
        before = _in(keeping, who)
        return change_person(keeping, before, said.over(replace(before, name=rename or before.name)), reason)

    _keep(decide, acting, "gewijzigd")


@person.command("merge")
@click.argument("old", metavar="VERVALT")
@click.argument("into", metavar="BLIJFT")
@reason_option("Waarom; verplicht.")
@acting_options
def merge(old: str, into: str, reason: str, acting: Acting) -> None:
    """Twee nummers zijn een mens: overal waar het eerste staat, is voortaan het tweede bedoeld."""
    from engine.core.deciding.keeping_people import merge_people

    def decide(keeping: Keeping) -> Kept | Refusal:
        return merge_people(keeping, _in(keeping, old, as_written=True), _in(keeping, into), reason)

    _keep(decide, acting, "samengevoegd")


@person.command("substitute")
@click.argument("who", metavar="PERSOON")
@click.argument("by", metavar="WAARNEMER")
@SINCE_OPTION
@UNTIL_OPTION
@reason_option("Waarom; komt in het logboek.")
@acting_options
def substitute(who: str, by: str, since: str | None, until: str | None, reason: str, acting: Acting) -> None:
    """Laat iemand de zaken van een ander waarnemen, van de eerste tot en met de laatste dag.

    Zonder --from eindigt de waarneming die er is op de laatste dag; lag haar eerste dag later, dan gaat zij niet door.
    """
    from engine.core.deciding.keeping_people import end_stand_in, let_stand_in

    if until is None or (since is None and not until.strip()):
        raise UsageError(
            "Het is niet bekend over welke dagen het gaat.",
            next_step="Geef --from DAG en --until DAG, of alleen --until DAG om eerder te stoppen.",
        )
    period = read_days(since or "", until)

    def decide(keeping: Keeping) -> Kept | Refusal:
        person, other = _in(keeping, who), _in(keeping, by)
        if since is None:
            assert period.until is not None  # it was typed
            return end_stand_in(keeping, person, other, period.until, reason)
        return let_stand_in(keeping, person, other, period, reason)

    _keep(decide, acting, "gewijzigd")


@person.command("find")
@click.argument("words", nargs=-1, required=True, metavar="WOORD...")
@JSON_OPTION
def find(words: tuple[str, ...], as_json: bool) -> None:
    """Zoek een persoon op naam, nummer, vakgebied of orgaan. Schrijfwijzen van een naam maken niet uit."""
    from engine.cli.pages.people_pages import person_lines
    from engine.usecases.keep_people import find_people, organisation_with_people

    with open_workplace() as runtime:
        organisation = organisation_with_people(runtime)
        found = find_people(runtime, organisation, words)
        answer(as_json, lambda: {"found": found}, lambda: person_lines(organisation, found))


@person.command("show")
@click.argument("who", metavar="PERSOON")
@JSON_OPTION
def show(who: str, as_json: bool) -> None:
    """Toon een persoon: organen, waarneming, zaken in handen, en wat er wijzigde."""
    from engine.cli.pages.people_pages import person_page
    from engine.usecases.keep_people import organisation_with_people, show_person
    from engine.usecases.known_contents import contents_today

    with open_workplace() as runtime:
        organisation = organisation_with_people(runtime)
        found = show_person(runtime, organisation, who)
        contents = contents_today(runtime, (row.workflow for row in found.cases))
        answer(as_json, lambda: {"person": found}, lambda: person_page(organisation, found, contents))


@click.command()
@NAME_OPTION
@JSON_OPTION
def whoami(name: str, as_json: bool) -> None:
    """Wie u hier bent, in welke rollen u handelt, en voor wie u waarneemt."""
    from engine.cli.pages.people_pages import whoami_page
    from engine.usecases.keep_people import organisation_with_people
    from engine.usecases.who_acts import who_is_there

    with open_workplace() as runtime:
        organisation = organisation_with_people(runtime)
        found = who_is_there(runtime, organisation, name, runtime.now())
        answer(as_json, lambda: {"who": found}, lambda: whoami_page(organisation, found))


def _keep(decide: _Decide, acting: Acting, done: str) -> None:
    """Let the register become what was decided, and tell it; a refusal ends the command with exit code 1."""
    from engine.cli.pages.people_pages import kept_lines, refused_lines
    from engine.core.deciding.step import Refusal
    from engine.line.case_line import open_line
    from engine.usecases.keep_people import keep_people, left_in_hand, organisation_with_people

    with open_workplace() as runtime, open_line(runtime) as line:
        organisation = organisation_with_people(runtime)
        actor = actor_from(runtime, organisation, acting.role, acting.name)
        outcome = keep_people(line, organisation, actor, decide, dry_run=acting.dry_run)
        if isinstance(outcome, Refusal):
            answer(acting.as_json, lambda: {"refused": outcome}, lambda: refused_lines(organisation, outcome))
            sys.exit(1)
        left = left_in_hand(line, organisation, outcome)
        told = {"kept": outcome, "left_in_hand": {one.number: count for one, count in left}}
        answer(acting.as_json, lambda: told, lambda: kept_lines(outcome, done, left, dry_run=acting.dry_run))


def _in(keeping: Keeping, text: str, *, as_written: bool = False) -> Person:
    from engine.usecases.keep_people import person_among

    return person_among(keeping.everybody.values(), keeping.organisation, text, as_written=as_written)
