"""`trede rules explain`: what the code of a message means."""

from __future__ import annotations

import click

from engine.cli.output import tell
from engine.core.errors import UsageError


@click.command()
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    """Leg een melding uit: wat CODE betekent, een voorbeeld, en wat u doet."""
    from engine.words.explained import explain as explained

    told = explained(code)
    if told is None:
        raise _no_such_code(code)
    tell(" ".join(filter(None, (f"{told.code}:", told.what, told.why))))
    tell(f"Wat u doet: {told.next_step}")
    if told.example is not None:
        tell(f"\nFout, in {told.example.file}:\n{told.example.wrong}")
        if told.example.right:
            tell(f"\nGoed:\n{told.example.right}")
        tell(f"\nMelding:\n{told.example.says}")


def _no_such_code(code: str) -> UsageError:
    from engine.words.saying import WORDS
    from engine.words.spelling import suggest

    return UsageError(
        f"De code '{code}' bestaat niet.",
        why="Een code staat tussen haken achter een melding van `trede rules check`.",
        next_step=suggest(code, WORDS, otherwise="Neem de code over uit de melding."),
    )
