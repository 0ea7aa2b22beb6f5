"""Sessions at the terminal, whole: every `$ trede ...` in sessions/*.txt is typed again and must answer the same.

A line of standard error starts with "! ", an exit code other than 0 stands as "[code]". To write them anew after a
change in wording: TREDE_TEST_WRITE_EXPECTED=1, then read the difference as a consultant would.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from engine.crosscheck.partner import why_absent
from tests.cli.terminal import Terminal

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.txt"))
FILES = Path(__file__).parent / "files"

# What a session says of the second evaluator, and what it says where that evaluator cannot run (Python 3.13 and later).
PRESENT_AND_ABSENT = (
    (r"✓ tweede regelmotor: aanwezig, stand 'alarm'", "✓ tweede regelmotor: {why}"),
    (r"tweede regelmotor: \d+ regels\.", "tweede regelmotor: niet aanwezig."),
)


def as_said_here(written: str) -> str:
    """The session as this interpreter must answer it."""
    if why_absent():
        for present, absent in PRESENT_AND_ABSENT:
            written = re.sub(present, absent.format(why=why_absent()), written)
    return written


def replay(text: str, terminal: Terminal) -> str:
    """The same commands with the answers they give now; other lines outside an answer are kept as they are."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("# "):
            lines += [line]
        elif line.startswith("$ trede "):
            answer = terminal.run(*shlex.split(line.removeprefix("$ trede ")))
            lines += ["", line, *answer.out.splitlines(), *(f"! {error}" for error in answer.err.splitlines())]
            lines += [f"[{answer.code}]"] if answer.code else []
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


@pytest.mark.parametrize("path", SESSIONS, ids=[path.stem for path in SESSIONS])
def test_the_session_answers_as_written_on_either_database(path: Path, on_either: Terminal) -> None:
    for file in FILES.iterdir():
        shutil.copy(file, on_either.folder / file.name)
    written = as_said_here(path.read_text(encoding="utf-8"))
    now = replay(written, on_either)
    if os.environ.get("TREDE_TEST_WRITE_EXPECTED"):
        path.write_text(now, encoding="utf-8")
        written = now
    assert now == written


def test_a_wrong_answer_would_be_seen(trede: Terminal) -> None:
    assert "Er ligt niets." in replay("$ trede inbox\nEr ligt van alles.\n", trede)
