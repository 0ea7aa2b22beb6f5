"""What fails after an act was stored says that the act is done: nobody may do it a second time for a full disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from tests.cli.terminal import Terminal

pytestmark = pytest.mark.long

ACT = ["case", "record", "TUIN-2026-0001", "tuin.maat=9", "--as", "tuincommissie"]


def type_it(folder: Path, words: list[str], stdout: IO[str] | int, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, its output where the test wants it."""
    return subprocess.run(
        [sys.executable, "-c", "from engine.cli.main import run; run()", *words],
        cwd=folder,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environ},
        check=False,
    )


def version(terminal: Terminal) -> int:
    return int(terminal.run("case", "show", "TUIN-2026-0001", "--json").json["case_version"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_an_answer_that_does_not_fit_on_the_disk_says_that_the_act_is_done(with_case: Terminal) -> None:
    with Path("/dev/full").open("w") as full:
        answer = type_it(with_case.folder, ACT, full)
        looked = type_it(with_case.folder, ["case", "show", "TUIN-2026-0001"], full)
    assert answer.returncode != 0
    assert "IS gedaan en opgeslagen" in answer.stderr
    assert "niet opgeslagen" not in answer.stderr
    assert version(with_case) == 2
    assert "IS gedaan" not in looked.stderr


def test_a_console_that_cannot_print_a_sign_prints_another(with_case: Terminal) -> None:
    answer = type_it(with_case.folder, ["doctor"], subprocess.PIPE, PYTHONIOENCODING="cp1252:strict", PYTHONUTF8="0")
    assert answer.returncode == 0, answer.stderr
    assert "? database" in answer.stdout
