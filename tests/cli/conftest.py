"""A workplace to type commands in: a small invented world, copied for each test, and a terminal that remembers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from engine.core.moment import LOCAL_ZONE
from engine.store.upgrading import create_or_upgrade
from tests.cli.terminal import ROOT, Terminal
from tests.store.conftest import POSTGRES_URL, new_postgres_database

WORLD = Path(__file__).parent / "world"
START = "2026-09-07 09:00"


def make_world(folder: Path) -> Path:
    """The content of the small world, with the letterhead and the demands on language of the real national layer."""
    shutil.copytree(WORLD, folder)
    look = "templates/letters/landelijk"
    shutil.copytree(ROOT / look, folder / look, ignore=shutil.ignore_patterns("L-*"))
    return folder


@pytest.fixture(autouse=True)
def _user_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs the tests is nobody here, and has the same name everywhere."""
    monkeypatch.setattr("engine.usecases.who_acts.system_user", lambda: "tuinman")


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


@pytest.fixture(params=["sqlite", "postgresql"])
def on_either(request: pytest.FixtureRequest, workplace: Path) -> Iterator[Terminal]:
    """The same on a file and on a server, where there is one to test on."""
    if request.param == "sqlite":
        yield Terminal(workplace)
        return
    if not POSTGRES_URL:
        pytest.skip("TREDE_TEST_POSTGRES_URL is not set: no PostgreSQL to test on")
    with new_postgres_database() as url:
        made = create_or_upgrade(url, organisation="volkstuin", is_rehearsal=True)
        with closing(made) as store, store.transaction() as tx:
            tx.set_clock_moment(datetime.fromisoformat(START).replace(tzinfo=LOCAL_ZONE))
        (workplace / "trede.db").unlink()
        with (workplace / "trede.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'database = "{url}"\n')
        yield Terminal(workplace)


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
