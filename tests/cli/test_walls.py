"""Every command, given from the workplace of another organisation in the same database (F-60)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest

from engine.cli.main import main
from tests.cli.conftest import ASKED, START
from tests.cli.terminal import Terminal

CASE = "TUIN-2026-0001"
NAME = "Jo Voorbeeld"
# What a command asks for, by how its help names it; a command with a new word of its own is given a name.
WORDS = {
    "ZAAK": CASE,
    "[ZAAK]": CASE,
    "OVERGANG": "toewijzen",
    "[OVERGANG|GEGEVEN]": "toewijzen",
    "[NAAM=WAARDE]...": "borg_betaald=ja",
    "PROCEDURE": "tuin",
    "TERMIJN": "beslissen",
    "[TERMIJN]": "beslissen",
    "REGEL": "1",
    "[NUMMER]...": "1",
    "[bash|zsh|fish]": "bash",
    "DATUM": "2026-11-26",
    "[REGELSET]": "tuin",
    "[STAP]": "1",
    "BRIEF": f"{CASE}/T-01/lid/1",
    "BESTAND": "goed.csv",
    "MAP": "schemas",
}
# These make a workplace of their own, or wait for ever; the beat of the second is that of `due`.
ELSEWHERE = frozenset({"init", "demo", "serve"})


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(command)
    if not isinstance(command, click.Group):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    for name in command.list_commands(context):
        part = command.get_command(context, name)
        assert part is not None
        yield from leaves(part, (*path, name))


COMMANDS = {path: command for path, command in leaves(main) if path[0] not in ELSEWHERE}


def typed(path: tuple[str, ...], command: click.Command) -> tuple[str, ...]:
    arguments = [WORDS.get(str(one.metavar), "iets") for one in command.params if isinstance(one, click.Argument)]
    options = {option for one in command.params if isinstance(one, click.Option) for option in one.opts}
    acting = ("--as", "tuincommissie") if "--as" in options else ()
    reason = ("--reason", "zo is het") if "--reason" in options else ()
    day = [
        word for one in command.params if one.required and one.metavar == "DAG" for word in (one.opts[0], "2027-01-04")
    ]
    return (*path, *arguments, *acting, *reason, *day)


def rows_of(database: Path, organisation: str) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in tables}
        return {
            table: connection.execute(f"SELECT * FROM {table} WHERE organisation = ?", (organisation,)).fetchall()
            for table in tables
            if "organisation" in columns[table]
        }


@pytest.fixture(scope="module")
def homes(world: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two workplaces on one database: the first with a case that has work waiting, the second empty."""
    top = tmp_path_factory.mktemp("muren")
    content, ours, theirs = top / "inhoud", top / "ons", top / "hun"
    shutil.copytree(world, content)
    for folder in ("rules", "workflows", "templates/letters"):
        shutil.copytree(content / folder / "volkstuin", content / folder / "moestuin")
        for file in (content / folder / "moestuin").rglob("*.*"):
            if file.suffix in (".yaml", ".md"):
                file.write_text(file.read_text("utf-8").replace("volkstuin", "moestuin"), encoding="utf-8")
    made = ("--content", str(content), "--rehearsal", "--clock", START)
    here = Terminal(top)
    here.run("init", str(ours), "--organisation", "volkstuin", *made).expect(0)
    database = f"sqlite:///{ours / 'trede.db'}"
    beside = ("init", str(theirs), "--organisation", "moestuin", "--database", database, *made)
    assert "volkstuin" in here.run(*beside).expect(5).err, "only with intent"
    here.run(*beside, "--join").expect(0)
    Terminal(ours).run("case", "open", "tuin", "--as", "lid", *ASKED).expect(0)
    for folder in (ours, theirs):
        shutil.copy(Path(__file__).parent / "files" / "goed.csv", folder)
    return ours, theirs


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_neither_shows_nor_touches_what_is_of_another(
    homes: tuple[Path, Path], path: tuple[str, ...]
) -> None:
    ours, theirs = homes
    before = rows_of(ours / "trede.db", "volkstuin")
    assert before["cases"]
    assert before["letters"]
    words = typed(path, COMMANDS[path])
    has_one_of_its_own = bool(rows_of(ours / "trede.db", "moestuin")["cases"])
    answer = Terminal(theirs).run(*words)
    assert "Traceback" not in answer.err
    if any(word.startswith(CASE) for word in words) and not has_one_of_its_own:
        assert answer.code in (4, 6), "neither the case nor its letters are there"
    assert NAME not in answer.out + answer.err
    assert rows_of(ours / "trede.db", "volkstuin") == before
    assert not list(theirs.rglob(f"outbox/*/{CASE}*.pdf")), "no letter of theirs lies in this outbox"


def test_the_case_of_another_is_not_there_and_ones_own_may_have_its_number(homes: tuple[Path, Path]) -> None:
    ours, theirs = homes
    other = Terminal(theirs)
    if not other.run("inbox", "--json").json["cases"]:
        other.run("case", "show", CASE).expect(4)
    opened = other.run("case", "open", "tuin", "--as", "lid", "--set", "lid.nummer=3", "--set", "lid.naam=Bo",
                       "--set", "tuin.soort=moes", "--json").expect(0)  # fmt: skip
    assert opened.json
    assert NAME in Terminal(ours).run("case", "show", CASE).expect(0).out
    assert NAME not in other.run("case", "show", CASE).expect(0).out
