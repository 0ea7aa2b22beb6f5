"""One pupil through four procedures, typed at the terminal on the test clock (issue 7, "seen to hold" 2).

Two parents at two addresses; one objects by post in the last week, the other on the portal a minute late, the board
too. An expert replaced after advising. A typo taken back, a case opened by mistake undone. Three applications at once,
one refused, one placed for a time. A second impasse after a relapse. A year later back to a regular school.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, Terminal

# Some eighty commands, with real letters: too long for the inner loop.
pytestmark = pytest.mark.slow

LIFE = Path(__file__).parent / "lives" / "noor.txt"


def test_the_life_of_a_pupil_goes_as_it_is_written(tmp_path: Path) -> None:
    """A line `$ trede ...` is typed; `> text` must stand in its answer, `< text` must not; `[1]`: it is refused."""
    Terminal(tmp_path).run("init", "wp", "--content", str(ROOT), "--rehearsal", "--clock", "2026-09-07 09:00").expect(0)
    folder = tmp_path / "wp"
    for file in (ROOT / "examples/kennismaking").glob("*.yaml"):
        shutil.copy(file, folder)
    terminal, commands = Terminal(folder), LIFE.read_text(encoding="utf-8").split("\n$ trede ")
    for written in commands[1:]:
        typed, *expected = written.strip().splitlines()
        answer = terminal.run(*shlex.split(typed))
        told = answer.out + answer.err
        assert answer.code == (1 if "[1]" in expected else 0), f"{typed}\n{told}"
        for line in expected:
            text = line[2:]
            assert not line.startswith("> ") or text in told, f"{typed}\nmist: {text}\n{told}"
            assert not line.startswith("< ") or text not in told, f"{typed}\nte veel: {text}\n{told}"
