"""Every command explains itself, in Dutch, and stands in docs/opdrachten.md with exactly that explanation."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.command_page import command_page, help_texts
from tests.cli.terminal import ROOT, Terminal

ENGLISH = (" the ", " this ", " and ", "Usage", "Options", "Show ", "COMMAND", "TEXT", "INTEGER", "default:")


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    written = (ROOT / "docs" / "opdrachten.md").read_text(encoding="utf-8")
    assert written == command_page(), "draai `make docs`"


@pytest.mark.parametrize("name", sorted(help_texts()))
def test_help_is_dutch(name: str) -> None:
    text = help_texts()[name]
    assert "Gebruik: trede" in text
    assert [word for word in ENGLISH if word in text] == []


@pytest.mark.parametrize("name", sorted(help_texts()))
def test_the_typed_help_is_the_documented_help(name: str, tmp_path: Path) -> None:
    answer = Terminal(tmp_path).run(*name.split()[1:], "--help").expect(0)
    assert answer.out == help_texts()[name]


def test_the_version_is_told(tmp_path: Path, compare: Callable[[str, str], None]) -> None:
    compare("version", Terminal(tmp_path).run("--version").expect(0).out)


def test_the_words_are_dutch_whichever_command_was_imported_first() -> None:
    code = (
        "import engine.cli.arguments\n"
        "from engine.cli.commands.mending import correct\n"
        "import click\n"
        "option = next(one for one in correct.params if one.type.__class__.__name__ == 'Path')\n"
        "assert option.type.name == 'bestand', option.type.name\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
