"""A workplace is made whole or not at all, and never over something of another (F-82, F-84)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from engine.core.errors import StoreError, UsageError
from engine.runtime import open_runtime
from engine.settings import FILE_NAME
from engine.usecases.init_workplace import FOLDERS, init_workplace, upgrade_database
from tests.core.decisions.garden import ROOT
from tests.real_content import REAL


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in FOLDERS
        for path in (folder / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


class Killed(BaseException):
    """The process is gone in the middle."""


def stop_in(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Copy half of this folder, and then break off."""
    copy = shutil.copytree

    def half(source: Path, target: Path, *rest: Any, **how: Any) -> None:
        if Path(source).name != name:
            copy(source, target, *rest, **how)
            return
        target.mkdir()
        raise error

    monkeypatch.setattr("engine.usecases.init_workplace.shutil.copytree", half)


@pytest.mark.parametrize("name", FOLDERS)
def test_who_was_killed_halfway_is_told_so_and_nothing_looks_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "werkplek"
    with monkeypatch.context() as patched:
        stop_in(patched, name, Killed())
        with pytest.raises(Killed):
            init_workplace(folder, copied_from=ROOT, organisation="tuindorp")
    assert not (folder / FILE_NAME).exists()
    assert not (folder / name).exists()
    with pytest.raises(UsageError, match="niet afgemaakt") as caught:
        init_workplace(folder, copied_from=ROOT, organisation="tuindorp")
    shutil.rmtree(caught.value.where)
    init_workplace(folder, copied_from=ROOT, organisation="tuindorp")
    assert files_of(folder) == files_of(ROOT)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        stop_in(patched, "rules", OSError(28, "No space left on device"))
        with pytest.raises(UsageError, match="schijf is vol"):
            init_workplace(tmp_path / "werkplek", copied_from=ROOT, organisation="tuindorp")
    assert list((tmp_path / "werkplek").iterdir()) == []


def test_content_that_stands_there_already_must_be_that_of_the_source(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    changed = next((tmp_path / "rules").rglob("organisation.yaml"))
    changed.write_text(changed.read_text("utf-8") + "\n# anders\n", encoding="utf-8")
    with pytest.raises(UsageError, match="niet die van de bron"):
        init_workplace(tmp_path, copied_from=ROOT, organisation="tuindorp")
    assert not (tmp_path / FILE_NAME).exists()


def test_a_database_of_another_kind_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    first = init_workplace(tmp_path / "een", copied_from=ROOT, organisation="tuindorp")
    with pytest.raises(StoreError, match="echte database"):
        init_workplace(
            tmp_path / "twee",
            copied_from=ROOT,
            organisation="tuindorp",
            is_rehearsal=True,
            database_url=first.database_url,
        )
    assert not (tmp_path / "twee" / FILE_NAME).exists()


def test_a_database_that_was_emptied_is_not_made_to_look_right(tmp_path: Path) -> None:
    """F-84: `trede upgrade` made it whole and empty, and numbering began again."""
    init_workplace(tmp_path, copied_from=ROOT, organisation="tuindorp")
    database = tmp_path / "trede.db"
    for beside in tmp_path.glob("trede.db-*"):
        beside.unlink()
    database.write_bytes(b"")
    with open_runtime(tmp_path, {}) as runtime:
        with pytest.raises(StoreError, match="reservekopie"):
            upgrade_database(runtime)
        with pytest.raises(StoreError, match="reservekopie"), runtime.reading():
            pytest.fail("it was opened")
    assert database.read_bytes() == b""


def test_an_editor_finds_the_schemas_that_each_content_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "werkplek"
    init_workplace(folder, copied_from=REAL, organisation="almere", is_rehearsal=True)
    named = {
        (path.parent / line.partition("$schema=")[2]).resolve()
        for path in folder.rglob("*.yaml")
        if "$schema=" in (line := path.read_text(encoding="utf-8").partition("\n")[0])
    }
    assert {path.name for path in named} >= {"rule_set.schema.json", "workflow.schema.json", "rule_tests.schema.json"}
    assert [path for path in named if not path.is_file()] == []
    assert all(path.is_relative_to(folder.resolve()) for path in named)
