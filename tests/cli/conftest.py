"""A workplace to type commands in: a small invented world, copied for each test, and a terminal that remembers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, Terminal

WORLD = Path(__file__).parent / "world"
START = "2026-09-07 09:00"


def make_world(folder: Path) -> Path:
    """The content of the small world, with the letterhead and the demands on language of the real national layer."""
    shutil.copytree(WORLD, folder)
    look = "templates/letters/landelijk"
    shutil.copytree(ROOT / look, folder / look)
    return folder


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the small world; read only."""
    return make_world(tmp_path_factory.mktemp("world") / "content")


@pytest.fixture(scope="session")
def empty_workplace(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rehearsal workplace without cases; to be copied."""
    folder = tmp_path_factory.mktemp("workplace") / "werkplek"
    terminal = Terminal(folder.parent)
    shutil.copytree(world, folder)
    terminal.run("init", str(folder), "--rehearsal", "--clock", START).expect(0)
    Terminal(folder).run("case", "open", "tuin", "--as", "lid", *ASKED, "--dry-run").expect(0)  # fills the cache
    return folder


ASKED = ("--set", "lid.nummer=17", "--set", "lid.naam=Jo Voorbeeld", "--set", "tuin.soort=moes")


@pytest.fixture
def workplace(empty_workplace: Path, tmp_path: Path) -> Path:
    """A rehearsal workplace of its own; the clock stands at Monday 7 September 2026, nine o'clock."""
    folder = tmp_path / "werkplek"
    shutil.copytree(empty_workplace, folder)
    return folder


@pytest.fixture
def trede(workplace: Path) -> Terminal:
    """A terminal in an empty workplace."""
    return Terminal(workplace)


@pytest.fixture
def with_case(trede: Terminal) -> Terminal:
    """A terminal in a workplace with one case, TUIN-2026-0001."""
    trede.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(0)
    return trede


@pytest.fixture
def compare() -> Callable[[str, str], None]:
    """Compare a whole output with the text in `expected/`; TREDE_TEST_WRITE_EXPECTED=1 writes it anew."""
    import os

    def check(name: str, text: str) -> None:
        path = Path(__file__).parent / "expected" / f"{name}.txt"
        if os.environ.get("TREDE_TEST_WRITE_EXPECTED"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"zie {path.name}"

    return check
