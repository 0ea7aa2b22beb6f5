"""Colour is for a terminal, and never says what the words do not say."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cli.colours import painted

pytestmark = pytest.mark.long

LINES = ["Termijnen:", "  beslistermijn TE LAAT (sinds 3 dagen)"]
PRINT = f"from engine.cli.output import print_lines; print_lines({LINES!r})"


@pytest.mark.parametrize(
    ("line", "marked", "style"),
    [
        ("    TE LAAT: Beslistermijn", "TE LAAT", "bold red"),
        ("✓ database: bereikbaar", "✓", "green"),
        ("TLV-2026-0001  wacht", "TLV-2026-0001", "cyan"),
        ("Wat kan:", "Wat kan:", "bold"),
    ],
)
def test_what_matters_catches_the_eye(line: str, marked: str, style: str) -> None:
    spans = [(line[span.start : span.end], str(span.style)) for span in painted(line).spans]
    assert (marked, style) in [(words.strip(), kind) for words, kind in spans]


@given(st.text())
def test_the_letters_stay_the_same(line: str) -> None:
    # Rich takes control signs out of a text; on a terminal that is what a person needs.
    kept = "".join(sign for sign in line if sign not in "\x07\x08\x0b\x0c\r")
    assert painted(line).plain == kept


def _on_a_terminal(environ: dict[str, str]) -> str:
    outer, inner = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", PRINT], stdout=inner, env=os.environ | {"TERM": "xterm"} | environ, check=True
    )
    os.close(inner)
    said = os.read(outer, 65536).decode()
    os.close(outer)
    return said


def test_a_terminal_gets_colour_and_a_pipe_does_not() -> None:
    assert "\x1b[" in _on_a_terminal({"NO_COLOR": ""})
    assert "\x1b[" not in _on_a_terminal({"NO_COLOR": "1"})
    piped = subprocess.run([sys.executable, "-c", PRINT], capture_output=True, encoding="utf-8", check=True)
    assert piped.stdout.splitlines() == LINES
