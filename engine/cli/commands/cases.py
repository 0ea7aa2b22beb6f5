"""`trede case`: open, look, ask why, advance, record."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from engine.cli.arguments import (
    AS_OPTION,
    DRY_OPTION,
    FROM_OPTION,
    JSON_OPTION,
    NAME_OPTION,
    SET_OPTION,
    actor_from,
    read_facts,
    read_facts_file,
)
from engine.cli.output import print_json, print_lines
from engine.cli.pages.outcomes import show_outcome
from engine.core.deciding.case import Case
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.runtime import open_runtime


@click.group()
def case() -> None:
    """Zaken openen, bekijken en verder brengen."""


@case.command("open")
@click.argument("workflow", metavar="PROCEDURE")
@click.option("--entry", default="", metavar="INGANG", help="De ingang van de procedure; zonder: de eerste.")
@FROM_OPTION
@SET_OPTION
@AS_OPTION
@NAME_OPTION
@DRY_OPTION
@JSON_OPTION
def open_command(
    workflow: str,
    entry: str,
    source: Path | None,
    pairs: tuple[str, ...],
    role: str,
    name: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Open een zaak in PROCEDURE.

    Bijvoorbeeld: trede case open tlv --as aanvrager --set sector=po
    """
    from engine.usecases.open_case import open_case

    with open_runtime(Path.cwd(), os.environ) as runtime, open_line(runtime) as line:
        content = line.content(workflow)
        facts = _typed_facts(content, source, pairs)
        actor = actor_from(runtime.settings, content, role, name)
        outcome = open_case(line, workflow, facts, actor, entry=entry, dry_run=dry_run)
        show_outcome(content, outcome, as_json=as_json, dry_run=dry_run)


@case.command("show")
@click.argument("case_id", metavar="ZAAK")
@JSON_OPTION
def show(case_id: str, as_json: bool) -> None:
    """Toon een zaak: toestand, gegevens, termijnen, brieven."""
    from engine.cli.pages.case_pages import case_page, case_plain
    from engine.usecases.show_case import show_case
    from engine.views.reader import Purpose, Reader

    with open_runtime(Path.cwd(), os.environ) as runtime:
        reader = Reader(role=runtime.settings.default_role)
        if as_json:
            print_json(case_plain(show_case(runtime, case_id, replace(reader, purpose=Purpose.HANDING_OVER))))
        else:
            print_lines(case_page(show_case(runtime, case_id, reader)))


@case.command("history")
@click.argument("case_id", metavar="ZAAK")
@JSON_OPTION
def history(case_id: str, as_json: bool) -> None:
    """Toon wat er met een zaak gebeurde, in volgorde."""
    from engine.cli.pages.case_pages import history_page
    from engine.usecases.show_history import show_history

    with open_runtime(Path.cwd(), os.environ) as runtime:
        found = show_history(runtime, case_id)
        if as_json:
            print_json(found.entries)
        else:
            print_lines(history_page(found))


@case.command("why")
@click.argument("case_id", metavar="ZAAK")
@click.argument("subject", metavar="[OVERGANG|GEGEVEN]", default="")
@click.option("--all", "in_full", is_flag=True, help="Vertel ook van alles wat niet kan de hele reden.")
@AS_OPTION
@JSON_OPTION
def why(case_id: str, subject: str, in_full: bool, role: str, as_json: bool) -> None:
    """Zeg wat er kan, wat niet, wat ontbreekt en van wie dat komt.

    Met de naam van een overgang: alleen die, met de hele reden. Met de naam van een gegeven: waarom het deze
    waarde heeft.
    """
    from engine.cli.pages.why_pages import fact_page, given_fact_page, transition_page, why_page, why_plain
    from engine.usecases.explain_case import explain_case

    with open_runtime(Path.cwd(), os.environ) as runtime:
        answer = explain_case(runtime, case_id, subject, role or runtime.settings.default_role)
        if as_json:
            print_json(why_plain(answer, subject))
        elif answer.reason is not None:
            print_lines(fact_page(answer, subject))
        elif subject and not answer.possibilities:
            print_lines(given_fact_page(answer, subject))
        elif subject:
            print_lines(transition_page(answer))
        else:
            print_lines(why_page(answer, in_full=in_full))


@case.command("letters")
@click.argument("case_id", metavar="ZAAK")
@JSON_OPTION
def case_letters(case_id: str, as_json: bool) -> None:
    """Toon de brieven van een zaak."""
    from engine.cli.pages.letter_pages import letter_lines
    from engine.usecases.list_letters import list_letters

    with open_runtime(Path.cwd(), os.environ) as runtime:
        rows = list_letters(runtime, case_id=case_id)
        if as_json:
            print_json(rows)
        else:
            print_lines(letter_lines(rows))


@case.command("advance")
@click.argument("case_id", metavar="ZAAK")
@click.argument("transition", metavar="OVERGANG")
@FROM_OPTION
@SET_OPTION
@click.option("--reason", default="", metavar="TEKST", help="De reden, waar die gevraagd wordt.")
@AS_OPTION
@NAME_OPTION
@DRY_OPTION
@JSON_OPTION
def advance(
    case_id: str,
    transition: str,
    source: Path | None,
    pairs: tuple[str, ...],
    reason: str,
    role: str,
    name: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Breng een zaak verder langs OVERGANG. Wat mag, zegt `trede case why ZAAK`."""
    from engine.core.deciding.advance import Act
    from engine.usecases.advance_case import advance_case

    with open_runtime(Path.cwd(), os.environ) as runtime, open_line(runtime) as line:
        content, case = line.about(case_id).content, line.about(case_id).case
        command = Act(transition=transition, facts=_typed_facts(content, source, pairs, case), reason=reason)
        actor = actor_from(runtime.settings, content, role, name)
        outcome = advance_case(line, case_id, command, actor, dry_run=dry_run)
        show_outcome(content, outcome, as_json=as_json, dry_run=dry_run)


@case.command("record")
@click.argument("case_id", metavar="ZAAK")
@click.argument("pairs", nargs=-1, metavar="[NAAM=WAARDE]...")
@FROM_OPTION
@AS_OPTION
@NAME_OPTION
@DRY_OPTION
@JSON_OPTION
def record(
    case_id: str,
    pairs: tuple[str, ...],
    source: Path | None,
    role: str,
    name: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Leg gegevens vast die binnenkwamen."""
    from engine.usecases.record_facts import record_facts

    if not pairs and source is None:
        raise UsageError("Er is niets om vast te leggen.", next_step="Geef NAAM=WAARDE, of --from BESTAND.")
    with open_runtime(Path.cwd(), os.environ) as runtime, open_line(runtime) as line:
        content, case = line.about(case_id).content, line.about(case_id).case
        actor = actor_from(runtime.settings, content, role, name)
        outcome = record_facts(line, case_id, _typed_facts(content, source, pairs, case), actor, dry_run=dry_run)
        show_outcome(content, outcome, as_json=as_json, dry_run=dry_run)


def _typed_facts(
    content: Content, source: Path | None, pairs: tuple[str, ...], case: Case | None = None
) -> dict[str, Value]:
    """The facts in a file, and over them what was typed."""
    facts = read_facts_file(content, source) if source else {}
    return facts | read_facts(content, pairs, case)
