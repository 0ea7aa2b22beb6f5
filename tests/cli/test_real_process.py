"""The program as it is really started: terminals that know little, pipes that close, a planner that is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ASKED
from tests.cli.terminal import Terminal

# Every test starts processes: too long for the inner loop.
pytestmark = pytest.mark.slow

CASE = "TUIN-2026-0001"
PROGRAM = (sys.executable, "-c", "from engine.cli.main import run; run()")


def _environ(**extra: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TREDE_")} | extra


def _run(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words], cwd=folder, capture_output=True, encoding="utf-8", check=False, env=_environ(**environ)
    )


@pytest.mark.parametrize("environ", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}])
def test_signs_and_accents_never_break_a_command(with_case: Terminal, environ: dict[str, str]) -> None:
    run = _run(with_case.folder, "doctor", **environ)
    assert run.returncode == 0, run.stderr
    assert "✓ logboek" in run.stdout


def test_the_entry_point_answers_as_the_function_does(with_case: Terminal) -> None:
    typed = _run(with_case.folder, "case", "show", CASE)
    assert typed.returncode == 0
    assert typed.stdout == with_case.run("case", "show", CASE).out
    assert _run(with_case.folder, "case", "show", "TUIN-2026-0002").returncode == 4


def test_a_pipe_that_closes_is_no_crash(with_case: Terminal) -> None:
    run = subprocess.Popen(
        [*PROGRAM, "case", "show", CASE, "--json"],
        cwd=with_case.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environ(),
    )
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    error = run.stderr.read().decode()
    run.stderr.close()
    run.wait()
    assert "Traceback" not in error


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_planner_works_and_stops_when_asked(with_case: Terminal, sign: signal.Signals) -> None:
    # It looks at the database as soon as it starts, and says so; only then is it told to stop.
    run = subprocess.Popen(
        [*PROGRAM, "serve", "--every", "3600"],
        cwd=with_case.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=_environ(PYTHONUNBUFFERED="1"),
    )
    assert run.stdout is not None
    first, done = run.stdout.readline(), run.stdout.readline()
    run.send_signal(sign)
    rest, error = run.communicate(timeout=60)
    assert first == "De planner kijkt elke 3600 seconden. Stoppen: Ctrl-C.\n"
    assert "1 brieven" in done
    assert rest.endswith("De planner is gestopt.\n")
    assert (run.returncode, error) == (0, "")


def test_the_planner_keeps_looking(with_case: Terminal) -> None:
    run = subprocess.Popen(
        [*PROGRAM, "serve", "--every", "1"],
        cwd=with_case.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=_environ(PYTHONUNBUFFERED="1"),
    )
    try:
        assert run.stdout is not None
        assert "Stoppen" in run.stdout.readline()
        assert "1 brieven" in run.stdout.readline()
        with_case.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(0)
        later = run.stdout.readline()
        while "1 brieven" not in later:  # the second look may be a beat of its own
            assert later, "de planner is gestopt"
            later = run.stdout.readline()
    finally:
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=60)
    assert run.returncode == 0
