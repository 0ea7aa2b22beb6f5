"""The command `trede`: finds the command, imports only what it needs, and turns errors into words and exit codes."""

from __future__ import annotations

import gc
import io
import re
import sys
from importlib import import_module

import click

from engine import __version__
from engine.cli.dutch_click import name_parts
from engine.cli.output import tell
from engine.core.errors import IS_DONE, DefinitionError, EngineError, UsageError

COMMANDS = {
    "init": ("engine.cli.commands.init:init", "Maak een werkplek: instellingen, database, inhoud"),
    "demo": ("engine.cli.commands.demo:demo", "Een nagespeeld schooljaar, met cijfers aan het eind"),
    "case": ("engine.cli.commands.cases:case", "Zaken openen, bekijken en verder brengen"),
    "dossier": ("engine.cli.commands.dossier:dossier", "Dossiers bekijken, zoeken en verbeteren"),
    "person": ("engine.cli.commands.people:person", "Personen toevoegen, zoeken, wijzigen, samenvoegen"),
    "whoami": ("engine.cli.commands.people:whoami", "Wie u hier bent, en in welke rollen u handelt"),
    "inbox": ("engine.cli.commands.inbox:inbox", "Wat er ligt: te laat, vandaag, binnenkort, berichten"),
    "find": ("engine.cli.commands.finding:find", "Zoek zaken, dossiers en personen"),
    "list": ("engine.cli.commands.finding:list_names", "Hoe procedures, gegevens, rollen en scholen heten"),
    "due": ("engine.cli.commands.due:due", "Doe eenmaal wat nu aan de beurt is"),
    "serve": ("engine.cli.commands.serve:serve", "De planner: blijft doen wat aan de beurt is"),
    "calendar": ("engine.cli.commands.calendar:calendar", "Wat er volgens de kalender aankomt en gedaan is; lotingen"),
    "term": ("engine.cli.commands.terms:term", "Een termijn uitgelegd, dag voor dag"),
    "rules": ("engine.cli.commands.rules:rules", "Regels controleren en testen"),
    "letters": ("engine.cli.commands.letters:letters", "Brieven bekijken en versturen"),
    "import": ("engine.cli.commands.importing:import_register", "Een register overnemen uit een CSV-bestand"),
    "page": ("engine.cli.commands.cards:page", "Bladzijden voor een orgaan of de directeur, zonder server"),
    "completion": ("engine.cli.commands.finding:completion", "Laat uw shell namen voorstellen"),
    "upgrade": ("engine.cli.commands.doctor:upgrade", "Breng de database op de versie van dit programma"),
    "audit": ("engine.cli.commands.audit:audit", "Zaken nagespeeld uit het logboek"),
    "doctor": ("engine.cli.commands.doctor:doctor", "Is deze installatie gezond?"),
}


_HALF_SIGN = "[\ud800-\udfff]"  # how Python keeps a byte of the command that is no UTF-8
_BEFORE_COLLECTING = 100_000
"""So many objects may be made before the first look for what can go; a long sweep comes there in time."""
MISTAKE = 70
"""Exit code for a mistake in the program, apart from everything a person or the content can cause."""


class LazyGroup(click.Group):
    """Knows its commands by name; a command is imported when it is used, because a consultant waits for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return name_parts(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Opdrachten"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100})
@click.version_option(__version__, prog_name="trede", message="%(prog)s %(version)s", help="Toon de versie.")
def main() -> None:
    """Trede: zaken van een samenwerkingsverband, volgens de regels en op tijd.

    Begin met `trede init` in een lege map. Elke opdracht legt zichzelf uit met `--help`.
    """


def run() -> None:
    """Entry point of the program.

    Ends with the exit code of the design: 0 done, 1 refused, 2 to 6 errors; 70 for a mistake in the program itself.
    """
    collect_seldom()
    # Click repeats what was typed; that goes to the screen through the same door as everything else.
    setattr(click.exceptions, "echo", tell)  # noqa: B010  mypy knows this name as another function
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot print a sign shows another in its place
    try:
        name_parts(main)
        _refuse_odd_bytes(sys.argv[1:])
        main(prog_name="trede")
    except EngineError as error:
        show_error(error)
        sys.exit(error.exit_code)
    except Exception as error:  # the last line of defence: whatever it is, a person must know what to do
        show_mistake(error)
        sys.exit(MISTAKE)
    finally:
        gc.freeze()  # the program ends: nothing need be gone through once more


def collect_seldom() -> None:
    """Let the collector of this process come by seldom, as in every process of the program."""
    # A command lives half a second and leaves hardly anything to collect: looking for it took a fifth of an act.
    gc.set_threshold(_BEFORE_COLLECTING, 20, 50)


def _refuse_odd_bytes(words: list[str]) -> None:
    """Raise UsageError for a word with a byte that is no text: nothing could store it, or show it again."""
    for number, word in enumerate(words, 1):
        if not word.isascii() and re.search(_HALF_SIGN, word):
            raise UsageError("word_is_no_text", number=number)


def show_mistake(error: Exception) -> None:
    """A mistake in the program: what a person can do, then the trace for who mends it."""
    import traceback

    tell(f"Onverwachte fout: {type(error).__name__}: {error}", err=True)
    if IS_DONE in getattr(error, "__notes__", ()):
        tell("Wat u vroeg, IS gedaan en opgeslagen; alleen het antwoord is niet aangekomen.", err=True)
        tell("Doe het niet nog eens. Kijk met `trede case history`.", err=True)
    else:
        tell("Dit is een fout in het programma. Wat bezig was, is niet opgeslagen.", err=True)
    tell("Meld dit met de regels hieronder, en controleer de werkplek met `trede doctor`.\n", err=True)
    tell("".join(traceback.format_exception(error)), err=True)


def show_error(error: EngineError) -> None:
    """The message on standard error; all findings of content, each with its place."""
    from engine.words import of_errors, saying  # only an error needs words

    found = [saying.say(finding) for finding in error.findings] if isinstance(error, DefinitionError) else []
    told = [(one.where, (one.what, one.why, one.next_step)) for one in found] or [(error.where, of_errors.say(error))]
    for where, lines in told:
        if where:
            tell(where, err=True)
        for line in lines:
            if line:
                tell(f"  {line}" if where else line, err=True)
