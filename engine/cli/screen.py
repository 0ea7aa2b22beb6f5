"""What reaches a screen, or a pipe that leads to one: text, and never a sign that steers it.

A name in a register may hold anything; a terminal that gets it raw can be cleared, renamed or made to show other
words than are there. Such signs are written out (`\\u001b`), in JSON too, where that means the same.
"""

from __future__ import annotations

import re
from typing import Any

import click

# All controls but the line break and the tab, the marks that turn the direction of text, and halves of signs.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text with every sign that steers a screen written out."""
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def tell(message: object = "", **how: Any) -> None:
    """Print a message, as `click.echo` does and with what that takes, but harmless."""
    click.echo(harmless(str(message)), **how)
