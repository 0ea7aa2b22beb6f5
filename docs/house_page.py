"""Writes into house.md which files each flow passes: python -m docs.house_page

The flows are really run, in a rehearsal workplace of their own, and watched: a file is passed when a function of it
runs. So the page cannot say that a way is shorter than it is.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "engine"
PAGE = ROOT / "docs" / "house.md"
BEGIN, END = "<!-- made by docs/house_page.py -->", "<!-- end of what is made -->"
# From the screen down to the floor: the order in which the pictures show the rooms.
ROOMS = (
    "cli", "scheduler", "rehearsal", "usecases", "pages", "views", "line", "runtime", "definitions", "proofs",
    "crosscheck", "store", "letters", "exchange", "reports", "words", "clock", "settings", "given_file",
    "core/deciding", "core/evaluation", "core/content", "core/legal_clock", "core/language", "core",
)  # fmt: skip
# Not a stop on the way: what is made when a class or a module comes into being.
_MAKING = frozenset({"<module>", "<lambda>", "<listcomp>", "<dictcomp>", "<genexpr>"})
_CASE = "TLV-2026-0001"
_APPLY = (
    "case open tlv --as aanvrager --set leerling.nummer=900000001 --set leerling.naam=Sam --set sector=vo "
    "--set tlv.soort=vso"
)
_HAND_IN = f"case advance {_CASE} indienen --as aanvrager --from {ROOT}/examples/kennismaking/aanvraag.yaml"
FLOWS = (
    ("Advance: a person takes a transition", f"case advance {_CASE} aanvulling_vragen --as toeleiding"),
    ("Letter: what was ordered leaves", "letters send"),
    ("Due: a term passes, the scheduler or cron deals with it", "due --now '2026-11-30 09:00' --no-letters"),
    ("Rule: why a case stands where it stands", f"case why {_CASE}"),
    ("Check: content is read, checked and proven", "rules check aanmelding --organisation almere --on 2026-11-23"),
)


@contextmanager
def passed_files() -> Iterator[list[str]]:
    """Fills the list with the files of the engine (relative to it) that are passed within the block, sorted."""
    met: set[str] = set()

    def look(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_filename
        is_call = event == "call" and name.startswith(str(ENGINE)) and frame.f_code.co_name not in _MAKING
        if is_call and name not in met and not _is_imported_now(frame):
            met.add(name)

    found: list[str] = []
    # Not a profiler: that is called for everything that the interpreter itself does, too, and takes four times as long.
    sys.settrace(look)
    try:
        yield found
    finally:
        sys.settrace(None)
        found.extend(sorted(Path(name).relative_to(ENGINE).as_posix() for name in met))


def _is_imported_now(frame: FrameType | None) -> bool:
    """Whether this call is made while a module of ours is being imported: its tables and classes are filled then."""
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_code.co_filename.startswith(str(ENGINE)):
            return True
        frame = frame.f_back
    return False


def watch_flows() -> dict[str, list[str]]:
    """The files that each flow passes, by its title."""
    from engine.definitions.files import compiled_copy

    compiled_copy._DOUBT_NS = 0  # as in a workplace whose content was not put there this very moment
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        _type("init werkplek --organisation almere --rehearsal --clock '2026-09-07 09:00'")
        os.chdir("werkplek")
        _type(_APPLY)
        _type(_HAND_IN)
        _type("letters send")
        _type(f"{FLOWS[0][1]} --dry-run")
        return {title: _watched(words) for title, words in FLOWS}


def _watched(words: str) -> list[str]:
    with passed_files() as files:
        _type(words)
    return files


def _type(words: str) -> None:
    import shlex

    from engine.cli.main import run

    before, sys.argv = sys.argv, ["trede", *shlex.split(words)]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            run()
    except SystemExit as ending:
        if ending.code:
            raise RuntimeError(f"{words}: {said.getvalue()}") from ending
    finally:
        sys.argv = before


def made_part(flows: dict[str, list[str]]) -> str:
    """The part of the page that is made: a picture and the files, for each flow."""
    return "\n".join(line for title, files in flows.items() for line in _flow(title, files))


def _flow(title: str, files: list[str]) -> Iterator[str]:
    by_room: dict[str, list[str]] = {}
    for file in files:
        by_room.setdefault(_room_of(file), []).append(file)
    rooms = [room for room in ROOMS if room in by_room]
    yield from (f"### {title}", "", f"{len(files)} files.", "", "```mermaid", "flowchart TD")
    for number, room in enumerate(rooms):
        names = ", ".join(Path(file).stem for file in by_room[room])
        yield f'  r{number}["{room}: {names}"]'
        if number:
            yield f"  r{number - 1} --> r{number}"
    yield from ("```", "")


def _room_of(file: str) -> str:
    fitting = (room for room in ROOMS if file == f"{room}.py" or file.startswith(f"{room}/"))
    return max(fitting, key=len)


def page(flows: dict[str, list[str]]) -> str:
    """The whole page, with the part that is made put in anew."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{made_part(flows)}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    made = page(watch_flows())
    if "--print" in sys.argv:
        sys.stdout.write(made)
    else:
        PAGE.write_text(made, encoding="utf-8")
