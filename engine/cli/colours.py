"""What catches the eye on a terminal: lateness red, what is done green, what is a name or a side remark quiet.

Only marks that already stand in the words get a colour, so that nobody misses anything on paper, in a pipe, with a
screen reader or with NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text

STYLES: Mapping[str, str] = {
    r"TE LAAT|NIET gelukt|MISLUKT|GEWEIGERD|\bte laat\b": "bold red",
    r"^\s*[✗✘×]": "bold red",
    r"^\s*✓": "green",
    r"(?<![\w-])[A-Z]{2,}-\d{4}-\d{4,}(?!\d)": "cyan",
    r"^[A-Z].*:$": "bold",
    r"`[^`]+`": "bold",
    r"\([^()]*\)$": "dim",
}


def painted(line: str) -> Text:
    """The line with its marks in colour; the letters stay the same."""
    text = Text(line)
    for pattern, style in STYLES.items():
        text.highlight_regex(pattern, style)
    return text


def print_coloured(lines: Iterable[str]) -> None:
    """Print on the terminal; long lines run on as they would without colour."""
    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        console.print(painted(line), soft_wrap=True)
