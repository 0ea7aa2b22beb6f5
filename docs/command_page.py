"""Writes docs/opdrachten.md from the commands themselves. Run by `make docs`; a test compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from engine.cli.dutch_click import name_parts
from engine.cli.main import COMMANDS, main

HEAD = """# Opdrachten

Deze bladzijde is gemaakt uit de opdrachten zelf (`make docs`). Elke opdracht legt zichzelf uit met `--help`.

Afloop van een opdracht, voor wie hem vanuit een script gebruikt:

| Code | Betekenis |
|---|---|
| 0 | gedaan |
| 1 | geweigerd: een gewoon antwoord, met de redenen |
| 2 | verkeerd gebruik, of geen werkplek |
| 3 | de inhoud (regels, workflow, brief) klopt niet |
| 4 | de zaak bestaat niet, is gesloten, of is intussen door een ander veranderd |
| 5 | de database is niet bereikbaar, of van een andere versie |
| 6 | een brief kan niet worden gemaakt of verstuurd |

Elke opdracht die iets laat zien, kent `--json` ([de vorm](json.md)). De rol waarin u handelt geeft u met `--as`, of u
zet hem in `trede.toml` bij `role`.
"""


def help_texts() -> dict[str, str]:
    """The help of every command, by the words that are typed."""
    return dict(_texts(name_parts(main), "trede", None))


def _texts(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    word = name.split()[-1]
    context = click.Context(command, info_name=word, parent=parent, terminal_width=78, **command.context_settings)
    yield name, command.get_help(context) + "\n"
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            if found is not None:
                yield from _texts(found, f"{name} {part}", context)


def command_page() -> str:
    """The whole page."""
    texts = help_texts()
    order = {name: number for number, name in enumerate(COMMANDS)}
    names = sorted(texts, key=lambda name: (order.get([*name.split(), ""][1], -1), name))
    return "\n".join([HEAD, *(f"## {name}\n\n```text\n{texts[name]}```\n" for name in names)])


if __name__ == "__main__":
    (Path(__file__).parent / "opdrachten.md").write_text(command_page(), encoding="utf-8")
