"""Gives inputs to the program, one after the other, and says which end in a mistake, take too long or too much memory.

    python -m tests.fuzz.run --first 1 --count 20000 --processes 2

Each process has a limit on what it may take; when one is stopped by it, the number it was at is named.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tests.cli.conftest import ASKED, START, make_world
from tests.cli.terminal import ROOT, Terminal
from tests.fuzz.inputs import Input, make_input

SECONDS, WAITING = 10, 60
"""Of work, and of the clock: on a busy machine the clock alone would call slow what only waited for its turn."""
MOST_MEGABYTES = 500
_MISTAKE = 70


class TooLong(BaseException):
    """An input that the program is still busy with."""


def make_workplace(folder: Path) -> Terminal:
    """A workplace of the small world with one case in it."""
    make_world(folder)
    terminal = Terminal(folder)
    terminal.run("init", ".", "--organisation", "almere", "--rehearsal", "--clock", START).expect(0)
    terminal.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(0)
    return terminal


def try_inputs(first: int, count: int) -> Iterator[dict[str, object]]:
    """What was wrong with these inputs, each with its number. Also marks on the way where it is, for who waits."""
    for late in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(late, _stop)
    with tempfile.TemporaryDirectory() as top:
        home = Path(top) / "werkplek"
        terminal = make_workplace(home)
        shutil.copytree(home, Path(top) / "bewaard")
        for number in range(first, first + count):
            print(f"at {number}", file=sys.stderr, flush=True)
            one = make_input(number, Path(top) / "bewaard")
            wrong = _try(terminal, one, Path(top) / "bewaard")
            if wrong:
                yield {"number": number, "wrong": wrong, "words": [repr(word)[:80] for word in one.words]}


def _try(terminal: Terminal, one: Input, kept: Path) -> str:
    with _lying(terminal.folder, kept, one.files):
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        signal.alarm(WAITING)
        try:
            answer = terminal.run(*one.words)
        except TooLong:
            return "hangs"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.alarm(0)
    if answer.code == _MISTAKE or "Traceback" in answer.err:
        return answer.err.strip().splitlines()[-1][:300]
    if set(answer.out + answer.err) & set("\x1b\x07\x9b\u202e"):
        return "printed raw"
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"takes {used} MB" if used > MOST_MEGABYTES else ""


@contextmanager
def _lying(folder: Path, kept: Path, files: dict[str, bytes]) -> Iterator[None]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        yield
    finally:
        for name in files:
            (folder / name).unlink(missing_ok=True)
            if (kept / name).exists():
                shutil.copy(kept / name, folder / name)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def run_children(first: int, count: int, processes: int) -> list[dict[str, object]]:
    """The same in children with limits of their own; a child that was stopped is a finding too."""
    share = -(-count // processes)
    starts = range(first, first + count, share)
    children = [_child(start, min(share, first + count - start)) for start in starts]
    return [finding for child in children for finding in _findings(child)]


def _child(first: int, count: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.fuzz.run", "--first", str(first), "--count", str(count), "--processes", "0"]
    return subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    )


def _findings(child: subprocess.Popen[str]) -> list[dict[str, object]]:
    out, err = child.communicate()
    found = [json.loads(line) for line in out.splitlines()]
    if child.returncode not in (0, 1):
        at = [line for line in err.splitlines() if line.startswith("at ")]
        found.append({"number": at[-1] if at else "start", "wrong": f"stopped ({child.returncode}) {err[-300:]}"})
    return found


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000_000, 300_000_000))


def main() -> None:
    """Entry point. Ends with 1 when something was found."""
    asked = argparse.ArgumentParser()
    for name, default in (("--first", 1), ("--count", 20_000), ("--processes", 2)):
        asked.add_argument(name, type=int, default=default)
    given = asked.parse_args()
    if given.processes:
        found = run_children(given.first, given.count, given.processes)
    else:
        _limit()
        found = []
        for one in try_inputs(given.first, given.count):
            found.append(one)
            print(json.dumps(one, ensure_ascii=True), flush=True)
        sys.exit(bool(found))
    for one in found:
        print(json.dumps(one, ensure_ascii=True))
    print(f"{given.count} inputs, {len(found)} found")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
