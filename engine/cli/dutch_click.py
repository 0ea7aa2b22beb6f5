"""Dutch for the words that Click itself says.

Click asks gettext for each of its sentences; a table here answers, so no compiled catalogue and no locale of the
machine is needed.
"""

from __future__ import annotations

import os
from types import ModuleType

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.types

WORDS = {
    "Aborted!": "Afgebroken.",
    "Argument {name!r} takes {nargs} values.": "Argument {name!r} vraagt {nargs} waarden.",
    "Choose from:\n\t{choices}": "Kies uit:\n\t{choices}",
    "Commands": "Opdrachten",
    "Could not open file {filename!r}: {message}": "Bestand {filename!r} kan niet worden geopend: {message}",
    "Do you want to continue?": "Wilt u doorgaan?",
    "Error: {message}": "Fout: {message}",
    "Invalid value for {param_hint}: {message}": "Onbruikbare waarde voor {param_hint}: {message}",
    "Invalid value: {message}": "Onbruikbare waarde: {message}",
    "Missing argument": "Er ontbreekt een argument:",
    "Missing command.": "Noem een opdracht.",
    "Missing option": "Er ontbreekt een optie:",
    "Missing parameter": "Er ontbreekt een gegeven:",
    "No such command {name!r}.": "De opdracht {name!r} bestaat niet.",
    "No such option {name!r}.": "De optie {name!r} bestaat niet.",
    "Option {name!r} does not take a value.": "De optie {name!r} krijgt geen waarde.",
    "Options": "Opties",
    "Positional arguments": "Argumenten",
    "Show the version and exit.": "Toon de versie.",
    "Show this message and exit.": "Toon deze uitleg.",
    "Try '{command} {option}' for help.": "Uitleg: '{command} {option}'.",
    "Usage:": "Gebruik:",
    "default: {default}": "standaard: {default}",
    "required": "verplicht",
    "file": "bestand",
    "directory": "map",
    "path": "pad",
    "{name} {filename!r} does not exist.": "{name} {filename!r} bestaat niet.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} is een map.",
    "{name} {filename!r} is a file.": "{name} {filename!r} is een bestand.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} is niet leesbaar.",
    "{value!r} is not a valid {number_type}.": "{value!r} is geen geldig getal.",
    "{value} is not in the range {range}.": "{value} valt buiten {range}.",
    "Did you mean {possibility}?": "Bedoelde u {possibility}?",
    "(Possible options: {possibilities})": "(Mogelijk: {possibilities})",
    "(Did you mean one of: {possibilities}?)": "(Bedoelde u een van: {possibilities}?)",
    "Did you mean {possibilities}?": "Bedoelde u {possibilities}?",
    "Did you mean one of: {possibilities}?": "Bedoelde u een van: {possibilities}?",
    "Got unexpected extra argument ({args})": "Onverwacht extra argument ({args})",
    "Got unexpected extra arguments ({args})": "Onverwachte extra argumenten ({args})",
    "{value!r} is not {choice}.": "{value!r} is niet {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} is geen van {choices}.",
    "Option {name!r} requires an argument.": "De optie {name!r} vraagt een waarde.",
    "Option {name!r} requires {nargs} arguments.": "De optie {name!r} vraagt {nargs} waarden.",
}
COMPLETE_VARIABLE = "_TREDE_COMPLETE"
"""While this is in the environment a shell asks for proposals, and no command runs."""
_MODULES: tuple[ModuleType, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.types,
)


def translate() -> None:
    """Let Click speak Dutch from here on."""
    for module in _MODULES:
        for name, words in (("_", _say), ("ngettext", _say_number)):
            if hasattr(module, name):
                setattr(module, name, words)


def name_parts(command: click.Command) -> click.Command:
    """The same command, whose line of usage is Dutch too; while a shell asks for names, it proposes them."""
    if COMPLETE_VARIABLE in os.environ:
        from engine.cli.completing import propose  # only for a shell that asks

        propose(command)
    return _in_dutch(command)


def _in_dutch(command: click.Command) -> click.Command:
    command.options_metavar = "[OPTIES]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "OPDRACHT [ARGUMENTEN]..."
        for part in command.commands.values():
            _in_dutch(part)
    return command


def _say(message: str) -> str:
    return WORDS.get(message, message)


def _say_number(one: str, many: str, number: int) -> str:
    return _say(one if number == 1 else many)
