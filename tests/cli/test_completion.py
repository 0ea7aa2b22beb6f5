"""A shell proposes what can be typed here: commands, cases, acts, facts and bodies of this workplace (F-65)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ASKED
from tests.cli.terminal import Terminal

pytestmark = pytest.mark.long

CASE = "TUIN-2026-0001"


def proposed(folder: Path, *words: str) -> list[str]:
    """What bash gets when it asks behind these words, of which the last is half typed."""
    env = {**os.environ, "_TREDE_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(("trede", *words)),
           "COMP_CWORD": str(len(words))}  # fmt: skip
    asked = subprocess.run(
        [sys.executable, "-c", "from engine.cli.main import run; run()"],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.stderr == ""
    return [line.partition(",")[2] for line in asked.stdout.split()]


@pytest.fixture
def with_case(trede: Terminal) -> Terminal:
    """A member has asked for a garden."""
    trede.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(0)
    return trede


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("inb",), ["inbox"]),
        (("case", "show", "tuin"), [CASE]),
        (("case", "advance", CASE, "toe"), ["toewijzen"]),
        (("case", "record", CASE, "tuin.m"), ["tuin.maat="]),
        (("case", "advance", CASE, "toewijzen", "--set", "borg"), ["borg_betaald="]),
        (("case", "why", CASE, "afw"), ["afwijzen"]),
        (("inbox", "--owner", "tuin"), ["tuincommissie"]),
        (("case", "open", "t"), ["tuin"]),
        (("case", "advance", CASE, "toewijzen", "--as", "voor"), ["voorzitter"]),
        (("case", "show", "X"), []),
    ],
    ids=str,
)
def test_a_shell_gets_the_names_that_fit(with_case: Terminal, words: tuple[str, ...], expected: list[str]) -> None:
    assert proposed(with_case.folder, *words) == expected


def test_outside_a_workplace_and_of_a_case_that_is_not_there_nothing_is_proposed(
    with_case: Terminal, tmp_path: Path
) -> None:
    empty = tmp_path / "leeg"
    empty.mkdir()
    assert proposed(empty, "case", "show", "T") == []
    assert proposed(with_case.folder, "case", "advance", "TUIN-2026-9999", "t") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_lines_that_ask_this_program(trede: Terminal, shell: str) -> None:
    script = trede.run("completion", shell).expect(0).out
    assert f"_TREDE_COMPLETE={shell}_complete" in script
    trede.run("completion", "cmd").expect(2)
