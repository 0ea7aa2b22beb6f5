"""`trede case`: open, look, ask why, advance, record."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import click

from engine.cli.arguments import (
    AS_OPTION,
    AT_OPTION,
    FROM_OPTION,
    JSON_OPTION,
    SET_OPTION,
    Acting,
    acting_options,
    open_workplace,
    read_at,
    read_facts,
    reason_option,
)
from engine.cli.dutch_click import name_parts
from engine.cli.output import answer, tell, tell_hard_words
from engine.core.errors import UsageError

# Most commands on a case need not wait for these: in which module each stands.
ELSEWHERE = {
    "ask": "asking",
    "assign": "hands",
    "card": "cards",
    "correct": "mending",
    "list": "hands",
    "move": "mending",
    "note": "mending",
    "reopen": "mending",
    "task": "mending",
    "undo": "mending",
}


class _CommandsOnCases(click.Group):
    """Some commands stand apart, by what they are about."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, by name."""
        return sorted({*self.commands, *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name."""
        if cmd_name not in ELSEWHERE:
            return self.commands.get(cmd_name)
        module = import_module(f"engine.cli.commands.{ELSEWHERE[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_cases" if cmd_name == "list" else cmd_name)
        return name_parts(command)


@click.group(cls=_CommandsOnCases)
def case() -> None:
    """Zaken openen, bekijken en verder brengen."""


@case.command("open")
@click.argument("workflow", metavar="PROCEDURE")
@click.option("--entry", default="", metavar="INGANG", help="De ingang van de procedure; zonder: de eerste.")
@FROM_OPTION
@SET_OPTION
@click.option("--reason", default="", metavar="TEKST", help="Waarom er naast een lopende zaak een bij komt.")
@click.option("--confirm", "is_sure", is_flag=True, help="Het is iemand anders, of de nieuwe naam klopt.")
@acting_options
def open_command(
    workflow: str,
    entry: str,
    source: Path | None,
    pairs: tuple[str, ...],
    reason: str,
    is_sure: bool,
    acting: Acting,
) -> None:
    """Open een zaak in PROCEDURE.

    Bijvoorbeeld: trede case open tlv --as aanvrager --set sector=po
    """
    from engine.cli.pages.case_pages import show_outcome
    from engine.core.deciding.opening import Opening
    from engine.line.case_line import open_line
    from engine.usecases.open_case import open_case
    from engine.usecases.recognise import running_beside

    with open_workplace() as runtime, open_line(runtime) as line:
        content = line.content(workflow)
        facts = read_facts(content, source, pairs)
        content, _ = line.way_to_open(content, Opening(facts=facts))
        actor = acting.actor(runtime, content)
        running = running_beside(line.work, content, facts)
        outcome = open_case(
            line, workflow, facts, actor, entry=entry, reason=reason, is_sure=is_sure, dry_run=acting.dry_run
        )
        show_outcome(content, outcome, acting, line.names)
        tell_hard_words(runtime, content, facts, as_json=acting.as_json)
        if running and not acting.as_json:
            tell(f"Let op: over {running[0].subject} loopt al {', '.join(row.case_id for row in running)}.")


@case.command("show")
@click.argument("case_id", metavar="ZAAK")
@JSON_OPTION
def show(case_id: str, as_json: bool) -> None:
    """Toon een zaak: toestand, gegevens, termijnen, brieven."""
    from engine.cli.pages.case_pages import case_page, case_plain
    from engine.usecases.show_case import show_case
    from engine.views.case_view import Purpose, Reader

    with open_workplace() as runtime:
        reader = Reader(role=runtime.settings.default_role)
        program = replace(reader, purpose=Purpose.HANDING_OVER)
        answer(
            as_json,
            lambda: case_plain(show_case(runtime, case_id, program)),
            lambda: case_page(show_case(runtime, case_id, reader)),
        )


@case.command("history")
@click.argument("case_id", metavar="ZAAK")
@JSON_OPTION
def history(case_id: str, as_json: bool) -> None:
    """Toon wat er met een zaak gebeurde, in volgorde."""
    from engine.cli.pages.history_page import history_page
    from engine.usecases.show_case import show_history

    with open_workplace() as runtime:
        found = show_history(runtime, case_id)
        answer(as_json, lambda: {"entries": found.entries}, lambda: history_page(found))


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
    from engine.cli.pages.why_pages import page_of, why_plain
    from engine.usecases.explain_case import explain_case

    with open_workplace() as runtime:
        found = explain_case(runtime, case_id, subject, role or runtime.settings.default_role)
        answer(as_json, lambda: why_plain(found, subject), lambda: page_of(found, subject, in_full=in_full))


@case.command("letters")
@click.argument("case_id", metavar="ZAAK")
@JSON_OPTION
def case_letters(case_id: str, as_json: bool) -> None:
    """Toon de brieven van een zaak."""
    from engine.cli.pages.letter_pages import letter_lines, owed_lines
    from engine.usecases.list_work import LetterFilter, letters_owed, list_letters

    with open_workplace() as runtime:
        rows = list_letters(runtime, LetterFilter(case_id=case_id))
        owed = letters_owed(runtime, case_id=case_id)
        answer(as_json, lambda: {"letters": rows, "owed": owed}, lambda: [*letter_lines(rows), *owed_lines(owed)])


@case.command("advance")
@click.argument("case_id", metavar="ZAAK")
@click.argument("transition", metavar="OVERGANG")
@FROM_OPTION
@SET_OPTION
@reason_option("De reden, waar die gevraagd wordt.")
@AT_OPTION
@acting_options
def advance(
    case_id: str, transition: str, source: Path | None, pairs: tuple[str, ...], reason: str, at: str, acting: Acting
) -> None:
    """Breng een zaak verder langs OVERGANG. Wat mag, zegt `trede case why ZAAK`."""
    from engine.cli.pages.case_pages import show_outcome
    from engine.core.deciding.advance import Act
    from engine.line.case_line import open_line
    from engine.usecases.advance_case import advance_case

    with open_workplace() as runtime, open_line(runtime) as line:
        asked = line.about(case_id)
        facts = read_facts(asked.content, source, pairs, asked.case)
        command = Act(transition=transition, facts=facts, reason=reason)
        actor = acting.actor(runtime, asked.content)
        done = advance_case(line, case_id, command, actor, at=read_at(at), dry_run=acting.dry_run)
        show_outcome(asked.content, done, acting, line.names)
        tell_hard_words(runtime, asked.content, facts, as_json=acting.as_json)


@case.command("record")
@click.argument("case_id", metavar="ZAAK")
@click.argument("pairs", nargs=-1, metavar="[NAAM=WAARDE]...")
@FROM_OPTION
@AT_OPTION
@acting_options
def record(case_id: str, pairs: tuple[str, ...], source: Path | None, at: str, acting: Acting) -> None:
    """Leg gegevens vast die binnenkwamen."""
    from engine.cli.pages.case_pages import show_outcome
    from engine.line.case_line import open_line
    from engine.usecases.advance_case import record_facts

    with open_workplace() as runtime, open_line(runtime) as line:
        asked = line.about(case_id)
        facts = read_facts(asked.content, source, pairs, asked.case)
        if not facts:
            raise UsageError("Er is niets om vast te leggen.", next_step="Geef NAAM=WAARDE, of --from BESTAND.")
        actor = acting.actor(runtime, asked.content)
        done = record_facts(line, case_id, facts, actor, at=read_at(at), dry_run=acting.dry_run)
        show_outcome(asked.content, done, acting, line.names)
        tell_hard_words(runtime, asked.content, facts, as_json=acting.as_json)
