"""Whole lives, typed at the terminal on the test clock (issues 7 and 8, "seen to hold" 2).

Noor: one pupil through four procedures. Two parents at two addresses; one objects by post in the last week, the other
on the portal a minute late, the board too. An expert replaced after advising. A typo taken back, a case opened by
mistake undone. Three applications at once, one refused, one placed for a time. A second impasse after a relapse. A year
later back to a regular school.

Tegenslag: a sign that cannot be printed, a backup put back, an outbox away for weeks, a scheduler away for months, a
colleague who falls ill, a clock that was set back.
"""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.core.moment import LOCAL_ZONE
from tests.cli.terminal import ROOT, Terminal

# Some eighty commands, with real letters: too long for the inner loop.
pytestmark = pytest.mark.slow

LIVES = sorted((Path(__file__).parent / "lives").glob("*.txt"))


@pytest.mark.parametrize("life", LIVES, ids=[path.stem for path in LIVES])
def test_a_life_goes_as_it_is_written(life: Path, tmp_path: Path) -> None:
    """A line `$ trede ...` is typed; `> text` must stand in its answer, `< text` must not; `[1]`: it is refused.

    `! move A B` and `! copy A B` do that with a file or folder of the workplace, `! clock MOMENT` puts the clock.
    """
    Terminal(tmp_path).run(
        "init", "wp", "--content", str(ROOT), "--organisation", "almere", "--rehearsal", "--clock", "2026-09-07 09:00"
    ).expect(0)
    folder = tmp_path / "wp"
    for file in (ROOT / "examples/kennismaking").glob("*.yaml"):
        shutil.copy(file, folder)
    terminal = Terminal(folder)
    for command, expected in commands_in(life.read_text(encoding="utf-8")):
        if command.startswith("! "):
            meddle(folder, *shlex.split(command[2:]))
            continue
        typed = command.removeprefix("$ trede ")
        answer = terminal.run(*shlex.split(typed))
        told = answer.out + answer.err
        refused = next((int(line[1:-1]) for line in expected if line.startswith("[")), 0)
        assert answer.code == refused, f"{typed}\n{told}"
        for line in expected:
            text = line[2:]
            assert not line.startswith("> ") or text in told, f"{typed}\nmist: {text}\n{told}"
            assert not line.startswith("< ") or text not in told, f"{typed}\nte veel: {text}\n{told}"


def commands_in(text: str) -> list[tuple[str, list[str]]]:
    """Each command or meddling, with what is expected of it."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith(("$ trede ", "! ")):
            found.append((line, []))
        elif found and line.startswith(("> ", "< ", "[")):
            found[-1][1].append(line)
    return found


def meddle(folder: Path, verb: str, first: str, second: str = "") -> None:
    """What happens to a workplace outside the program."""
    if verb == "clock":
        moment = datetime.fromisoformat(first).replace(tzinfo=LOCAL_ZONE).astimezone(UTC).isoformat()
        with closing(sqlite3.connect(folder / "trede.db")) as other, other:
            assert other.execute("UPDATE meta SET value = ? WHERE key = 'clock_moment'", (moment,)).rowcount == 1
        return
    # The program is not running: what it wrote beside the database belongs to the one that is put away.
    for beside in folder.glob("trede.db-*"):
        beside.unlink()
    {"move": shutil.move, "copy": shutil.copy}[verb](folder / first, folder / second)
