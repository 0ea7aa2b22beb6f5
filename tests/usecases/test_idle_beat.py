"""A heartbeat with nothing to do asks one question and reads no file; whatever waits is still noticed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from engine.core.moment import LOCAL_ZONE
from engine.definitions.files import compiled_copy
from engine.definitions.files.compiled_copy import WatchedFiles
from engine.scheduler import beat
from engine.store.quick import QuickLink
from tests.core.decisions.garden import KEEPER, ROOT
from tests.usecases.workplace import Office, member


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Content that was put there long ago: the look at its times is trusted."""
    root = tmp_path / "inhoud"
    shutil.copytree(ROOT, root)
    monkeypatch.setattr(compiled_copy, "_DOUBT_NS", 0)
    return root


@pytest.fixture
def settled(office: Office) -> Office:
    """A workplace whose first beats did whatever there was to do."""
    office.open("tuin", member(1), KEEPER)
    for _ in range(2):
        assert beat(office.runtime).failed == ()
    return office


def test_an_idle_beat_asks_one_question_and_writes_nothing(settled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    really = QuickLink.rows
    monkeypatch.setattr(QuickLink, "rows", lambda self, sql, given: asked.append(sql) or really(self, sql, given))
    monkeypatch.setattr(type(settled.runtime.store), "transaction", None)
    monkeypatch.setattr(type(settled.runtime.store), "work", None)
    found = beat(settled.runtime)
    assert (found.done, found.failed) == ((), ())
    assert [sql for sql in asked if "alembic_version" in sql] == asked[:1], "the schema is looked at first"
    assert len(asked) == 2
    assert found.at.astimezone(LOCAL_ZONE) == settled.runtime.now().astimezone(LOCAL_ZONE)


def test_a_deadline_that_falls_due_is_noticed(settled: Office) -> None:
    with settled.runtime.reading() as readings:
        due_at = readings.next_due_at()
    assert due_at is not None
    settled.put_clock(due_at.astimezone(LOCAL_ZONE).strftime("%Y-%m-%d %H:%M"))
    if settled.runtime.now() < due_at:
        settled.put_clock((due_at.astimezone(LOCAL_ZONE).date()).strftime("%Y-%m-%d") + " 23:59")
    assert any("termijnen" in line for line in beat(settled.runtime).done)


def test_a_changed_rule_is_noticed_also_with_the_same_size_and_time(content: Path) -> None:
    watched = WatchedFiles(content, lambda: ("tuindorp",))
    before = watched.digest()
    path = min(content.glob("rules/*/*/*.yaml"))
    there, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "titel: ", 1), encoding="utf-8")
    os.utime(path, ns=(there.st_atime_ns, there.st_mtime_ns))
    assert path.stat().st_size == there.st_size
    assert watched.digest() != before


def test_a_file_put_in_the_place_of_another_is_noticed(content: Path, tmp_path: Path) -> None:
    watched = WatchedFiles(content, lambda: ("tuindorp",))
    before = watched.digest()
    path = min(content.glob("rules/*/*/*.yaml"))
    other = tmp_path / "ander.yaml"
    shutil.copy2(path, other)
    other.write_text(path.read_text(encoding="utf-8").replace("title: ", "titel: ", 1), encoding="utf-8")
    other.replace(path)
    assert watched.digest() != before


def test_a_new_and_a_removed_file_are_noticed(content: Path) -> None:
    watched = WatchedFiles(content, lambda: ("tuindorp",))
    before = watched.digest()
    path = min(content.glob("rules/*/*/*.yaml"))
    new = path.with_name("2031-01-01.yaml")
    shutil.copyfile(path, new)
    assert watched.digest() != before
    new.unlink()
    assert watched.digest() == before


def test_what_has_not_changed_is_not_read_again(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = WatchedFiles(content, lambda: ("tuindorp",))
    before = watched.digest()
    monkeypatch.setattr(Path, "read_bytes", None)
    assert watched.digest() == before


def test_a_file_too_fresh_to_be_known_by_its_time_is_read_again(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why: a file may change twice within one tick of the clock of the file system, and keep its size."""
    monkeypatch.setattr(compiled_copy, "_DOUBT_NS", 10**12)
    watched = WatchedFiles(content, lambda: ("tuindorp",))
    watched.digest()
    path = min(content.glob("rules/*/*/*.yaml"))
    assert path in map(Path, watched._places)
    assert watched._stamps == []
