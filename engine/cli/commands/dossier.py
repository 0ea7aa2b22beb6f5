"""`trede dossier`: what is known of somebody, apart from any case."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, Acting, acting_options, open_workplace
from engine.cli.output import answer, print_json, tell
from engine.core.errors import UsageError

if TYPE_CHECKING:
    from engine.core.content.subjects import SubjectKind
    from engine.core.deciding.amending import Amendment
    from engine.core.language.facts import FactRule, Value


@click.group()
def dossier() -> None:
    """Dossiers bekijken, zoeken en verbeteren."""


@dossier.command("show")
@click.argument("number", metavar="NUMMER")
@JSON_OPTION
def show(number: str, as_json: bool) -> None:
    """Toon een dossier: gegevens, ouders, alle zaken, en wat er wijzigde."""
    from engine.cli.pages.dossier_pages import dossier_page, dossier_plain
    from engine.usecases.dossier import show_dossier
    from engine.views.case_view import Purpose, Reader

    with open_workplace() as runtime:
        reader = Reader(role=runtime.settings.default_role)
        program = replace(reader, purpose=Purpose.HANDING_OVER)
        answer(
            as_json,
            lambda: dossier_plain(show_dossier(runtime, number, program)),
            lambda: dossier_page(show_dossier(runtime, number, reader)),
        )


@dossier.command("find")
@click.argument("words", nargs=-1, required=True, metavar="WOORD...")
@JSON_OPTION
def find(words: tuple[str, ...], as_json: bool) -> None:
    """Zoek een dossier op naam, nummer of school. Hoofdletters en accenten maken niet uit."""
    from engine.cli.pages.dossier_pages import found_page
    from engine.usecases.dossier import find_dossiers

    with open_workplace() as runtime:
        found = find_dossiers(runtime, words)
        answer(as_json, lambda: {"found": found}, lambda: found_page(found))


@dossier.command("correct")
@click.argument("number", metavar="NUMMER")
@click.argument("pairs", nargs=-1, required=True, metavar="NAAM=WAARDE...")
@click.option("--reason", default="", metavar="TEKST", help="Waarom; komt in het logboek.")
@click.option("--confirm", "is_sure", is_flag=True, help="Het is een ander die net zo heet.")
@acting_options
def correct(number: str, pairs: tuple[str, ...], reason: str, is_sure: bool, acting: Acting) -> None:
    """Verbeter een dossier. Elke zaak en elke brief die nog moet uitgaan, volgt.

    Een gegeven: adres="Laan 1 te Almere". Een veld van een regel: ouder.2.adres=... Een nieuwe regel: ouder.naam=...
    De stand van een regel: verklaring.1.life=ingetrokken.
    """
    from engine.cli.pages.register_words import changed
    from engine.cli.pages.wording import ContentWords
    from engine.core.deciding.step import Refusal
    from engine.line.case_line import open_line
    from engine.usecases.correct_dossier import correct_dossier
    from engine.usecases.dossier import content_about, load_dossier

    with open_workplace() as runtime, open_line(runtime) as line:
        content, kind = content_about(runtime)
        subject = load_dossier(line.work, runtime.settings.organisation, kind, number)
        command = replace(_amendment(kind, pairs, reason), confirmed=is_sure)
        actor = acting.actor(runtime, content)
        outcome = correct_dossier(line, content, subject, command, actor, dry_run=acting.dry_run)
        if acting.as_json:
            is_refused = isinstance(outcome, Refusal)
            print_json({"refused": outcome} if is_refused else {"dry_run": acting.dry_run, "step": outcome})
        else:
            words = ContentWords(content)
            told = words.refusal(outcome) if isinstance(outcome, Refusal) else changed(words, outcome.entry.details)
            if not isinstance(outcome, Refusal):
                tell(f"Dossier {number} {'zou worden' if acting.dry_run else 'is'} gewijzigd:")
                told = [f"  {line}" for line in told]
            for one in told:
                tell(one)
        if isinstance(outcome, Refusal):
            sys.exit(1)


def _amendment(kind: SubjectKind, pairs: Iterable[str], reason: str) -> Amendment:
    from engine.core.deciding.amending import Amendment, RecordAmendment
    from engine.core.language.values import read_value

    facts: dict[str, Value] = {}
    records: dict[tuple[str, int], dict[str, Value]] = {}
    for pair in pairs:
        name, separator, text = pair.partition("=")
        if not separator:
            raise UsageError(f"'{pair}' is geen NAAM=WAARDE.", next_step='Schrijf bijvoorbeeld adres="Laan 1".')
        parts = name.strip().removeprefix(f"{kind.id}.").split(".")
        if parts[0] in kind.records:
            number = int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() else 0
            of_record = f" Een regel die er al staat, noemt u met zijn nummer: {parts[0]}.1.VELD=WAARDE."
            rule = _rule(kind.records[parts[0]].amendable(), parts[-1], name, of_record)
            records.setdefault((parts[0], number), {})[parts[-1]] = read_value(rule, text)
        else:
            fact = kind.fact(".".join(parts))
            facts[fact] = read_value(_rule(kind.facts, fact, name), text)
    changed = tuple(RecordAmendment(kind=of, number=one, fields=said) for (of, one), said in records.items())
    return Amendment(facts=facts, records=changed, reason=reason)


def _rule(rules: Mapping[str, FactRule], name: str, typed: str, more: str = "") -> FactRule:
    if name not in rules:
        known = ", ".join(one.rpartition(".")[2] for one in rules)
        raise UsageError(f"'{typed}' staat niet in een dossier.", next_step=f"Er is: {known}.{more}")
    return rules[name]
