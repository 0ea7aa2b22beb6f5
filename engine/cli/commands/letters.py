"""`trede letters`: list, show, send, and where to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from engine.cli.arguments import JSON_OPTION, Acting, acting_options, open_workplace, reason_option
from engine.cli.output import answer, print_json, tell
from engine.core.dutch import count_words


@click.group()
def letters() -> None:
    """Brieven bekijken en versturen."""


@letters.command("list")
@click.option(
    "--status",
    type=click.Choice(["waiting", "claimed", "sent", "failed", "held", "withdrawn"]),
    help="Alleen met deze status.",
)
@click.option("--case", "case_id", default="", metavar="ZAAK", help="Alleen van deze zaak.")
@click.option("--to", default="", metavar="LEZER", help="Alleen aan deze lezer.")
@click.option("--template", default="", metavar="SJABLOON", help="Alleen van dit sjabloon.")
@click.option("--since", default="", metavar="DAG", help="Alleen wat vanaf die dag is klaargezet.")
@JSON_OPTION
def list_letters(status: str | None, as_json: bool, **chosen: str) -> None:
    """Toon alle brieven, of die met een status (waiting: staat klaar), van een zaak, aan een lezer."""
    from engine.cli.pages.letter_pages import letter_lines, owed_lines
    from engine.core.language.values import read_day
    from engine.usecases.list_work import LetterFilter, letters_owed
    from engine.usecases.list_work import list_letters as find

    with open_workplace() as runtime:
        since = read_day(chosen["since"], "--since") if chosen["since"] else None
        wanted = LetterFilter(
            case_id=chosen["case_id"], status=status or "", to=chosen["to"], letter=chosen["template"], since=since
        )
        rows = find(runtime, wanted)
        owed = letters_owed(runtime, case_id=chosen["case_id"])
        answer(as_json, lambda: {"letters": rows, "owed": owed}, lambda: [*letter_lines(rows), *owed_lines(owed)])


@letters.command("show")
@click.argument("key", metavar="BRIEF")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf de brief als HTML.")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf de brief als PDF.")
@JSON_OPTION
def show_letter(key: str, html: Path | None, pdf: Path | None, as_json: bool) -> None:
    """Toon de tekst van een brief. BRIEF is de sleutel uit `trede letters list`."""
    from engine.usecases.show_letter import show_letter as show

    with open_workplace() as runtime:
        shown = show(runtime, key)
        if html:
            html.write_text(shown.rendered.html, encoding="utf-8")
        if pdf:
            pdf.write_bytes(shown.rendered.pdf)
        if as_json:
            print_json({"letter": shown.row, "text": shown.text})
        else:
            tell(shown.text)
            for path in (html, pdf):
                if path:
                    tell(f"Geschreven: {path}")


@letters.command("send")
@click.option("--retry", metavar="BRIEF", default="", help="Zet eerst een mislukte brief weer klaar.")
@click.option("--retry-all", is_flag=True, help="Zet eerst alle mislukte brieven weer klaar.")
@JSON_OPTION
def send(retry: str, retry_all: bool, as_json: bool) -> None:
    """Verstuur alles wat klaarstaat, naar de map van de werkplek. Een tweede keer doet niets dubbel."""
    from engine.usecases.send_letters import claimed_elsewhere, put_back_all, put_back_letter, send_letters

    with open_workplace() as runtime:
        if retry:
            put_back_letter(runtime, retry)
        if retry_all:
            put_back_all(runtime)
        report = send_letters(runtime)
        if as_json:
            print_json({"sent": report.done, "failed": [one.named for one in report.failed]})
        else:
            outbox = runtime.settings.place(runtime.settings.outbox)
            done = f"{count_words(report.done, 'brief', 'brieven')} verstuurd naar {outbox}."
            many, until = claimed_elsewhere(runtime)
            tell(done if report.done or report.failed or many else "Er staat niets klaar.")
            if until is not None:
                taken = "1 brief wordt" if many == 1 else f"{many} brieven worden"
                minutes = max(1, round((until - runtime.now()).total_seconds() / 60))
                left = count_words(minutes, "minuut", "minuten")
                tell(f"  {taken} nu door een ander proces verstuurd; vrij over {left}, als dat is gestopt.")
            for key, why in (one.named for one in report.failed):
                tell(f"  NIET verstuurd: {key}: {why}")
        if report.failed:
            sys.exit(1)


def _mending(deed: str, what: str) -> Callable[..., None]:
    """The command for one deed on a letter that has not left."""

    @click.argument("key", metavar="BRIEF")
    @reason_option("Waarom; voor intrekken, vasthouden en 'elders verstuurd' verplicht.")
    @acting_options
    def command(key: str, reason: str, acting: Acting) -> None:
        mend(deed, key, acting, reason=reason)

    command.__doc__ = what
    return command


def mend(deed: str, key: str, acting: Acting, *, reason: str, on: str = "") -> None:
    """Do this with a letter, and say what came of it."""
    from engine.cli.pages.case_pages import show_outcome
    from engine.core.deciding.handling_letters import LetterAct, LetterDeed
    from engine.core.language.values import read_day
    from engine.line.case_line import open_line
    from engine.usecases.handle_letter import mend_letter

    day = read_day(on, "--on") if on else None
    with open_workplace() as runtime, open_line(runtime) as line:
        content = line.about(key.partition("/")[0]).content
        command = LetterAct(deed=LetterDeed(deed), key=key, reason=reason, on=day)
        outcome = mend_letter(line, command, acting.actor(runtime, content), dry_run=acting.dry_run)
        show_outcome(content, outcome, acting, line.names)


for _deed, _what in {
    "redo": "Maak een brief die nog niet weg is opnieuw, met wat nu bekend is; ook een mislukte of ingetrokken brief.",
    "withdraw": "Schrap een brief die nog niet weg is.",
    "hold": "Houd een brief vast: hij gaat pas na `trede letters release`.",
    "release": "Geef een brief vrij die werd vastgehouden.",
}.items():
    letters.command(_deed)(_mending(_deed, _what))


@letters.command("sent")
@click.argument("key", metavar="BRIEF")
@click.option("--on", "on", default="", metavar="DAG", help="De dag waarop hij wegging; zonder: vandaag.")
@reason_option("Hoe hij wegging; verplicht.")
@acting_options
def sent(key: str, on: str, reason: str, acting: Acting) -> None:
    """Leg vast dat een brief buiten dit systeem om is verstuurd. Termijnen lopen vanaf die dag."""
    mend("sent", key, acting, reason=reason, on=on)


@letters.command("outbox")
@click.option("--adopt", is_flag=True, help="Laat de brieven van deze database voortaan naar deze map gaan.")
@JSON_OPTION
def outbox(adopt: bool, as_json: bool) -> None:
    """Toon naar welke map de brieven gaan, en of dat de map van deze database is."""
    from engine.usecases.own_outbox import adopt_outbox, look_at_outbox

    with open_workplace() as runtime:
        seen = (adopt_outbox if adopt else look_at_outbox)(runtime)
        whose = {True: "de map van deze database", False: "NIET de map van deze database", None: "nog niet gebruikt"}
        answer(as_json, lambda: {"outbox": seen}, lambda: [f"{seen.folder}: {whose[seen.is_ours]}"])
