from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.clock import system_now
from engine.core.errors import UsageError
from engine.settings import Settings, find_workplace, load_settings, write_settings
from engine.store.upgrading import MemoryStore


def write(folder: Path, text: str) -> Path:
    (folder / "trede.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_workplace_is_the_nearest_folder_upward_with_a_settings_file(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_workplace(deep) is None
    write(tmp_path, "")
    assert find_workplace(deep) == tmp_path
    assert load_settings(deep, {}).workplace == tmp_path


def test_an_empty_file_gives_the_defaults_seen_from_the_workplace(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    settings = load_settings(write(tmp_path, ""), {})
    assert settings == Settings(
        workplace=tmp_path,
        content_root=tmp_path,
        database_url=f"sqlite:///{tmp_path}/trede.db",
        outbox=tmp_path / "outbox",
        has_file=True,
    )
    assert (settings.second_evaluator, settings.is_rehearsal) == ("alarm", False)


def test_without_a_workplace_everything_is_seen_from_here(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    assert (settings.has_file, settings.workplace) == (False, tmp_path)


def test_the_environment_goes_above_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'organisation = "dorp"\noutbox = "uit"\nsecond_evaluator = "off"\nrole = "loket"')
    settings = load_settings(
        tmp_path, {"TREDE_ORGANISATION": "stad", "TREDE_OUTBOX": "weg", "TREDE_TEST_X": "1", "PATH": "/bin"}
    )
    assert (settings.organisation, settings.outbox) == ("stad", tmp_path / "weg")
    assert (settings.second_evaluator, settings.default_role) == ("off", "loket")


def test_the_environment_can_name_the_workplace(tmp_path: Path) -> None:
    workplace, elsewhere = tmp_path / "werk", tmp_path / "elders"
    workplace.mkdir()
    elsewhere.mkdir()
    write(workplace, 'organisation = "dorp"')
    assert load_settings(elsewhere, {"TREDE_WORKPLACE": str(workplace)}).organisation == "dorp"
    with pytest.raises(UsageError, match=r"staat geen trede\.toml"):
        load_settings(elsewhere, {"TREDE_WORKPLACE": str(elsewhere)})


@pytest.mark.parametrize(
    ("database", "url"),
    [
        ("sqlite:///zaken.db", "sqlite:///{}/zaken.db"),
        ("sqlite:////var/lib/zaken.db", "sqlite:////var/lib/zaken.db"),
        ("postgresql://een@elders/trede", "postgresql://een@elders/trede"),
    ],
)
def test_a_relative_database_file_lies_in_the_workplace(tmp_path: Path, database: str, url: str) -> None:
    write(tmp_path, f'database = "{database}"')
    assert load_settings(tmp_path, {}).database_url == url.format(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('organisatie = "dorp"', "Bedoelde u 'organisation'?"),
        ("zzz = 1", "Kies uit: organisation, content"),
        ("organisation = 3", "3 is geen tekst"),
        ('rehearsal = "ja"', "Schrijf true of false"),
        ('second_evaluator = "aan"', "Kies uit: off, alarm, stop"),
        ("outbox = [", "trede.toml: De instelling is niet bruikbaar. Het bestand is geen geldige TOML"),
        ("role = 'x'\nrole 3", "trede.toml:2: De instelling"),
    ],
)
def test_a_setting_that_is_not_understood_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_settings(write(tmp_path, text), {})
    assert words in str(caught.value)
    assert "trede.toml" in caught.value.where
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["TREDE_DATABSE", "TREDE_REHEARSAL"])
def test_a_variable_that_is_not_understood_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=name):
        load_settings(tmp_path, {name: "true"})


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    settings = replace(
        load_settings(tmp_path, {}),
        content_root=tmp_path / 'map met "aanhaling"',
        database_url="postgresql://een@elders/trede",
        outbox=Path("/elders/uit"),
        organisation="dorp",
        second_evaluator="stop",
        is_rehearsal=True,
        default_role="loket",
        has_file=True,
    )
    write_settings(settings)
    assert load_settings(tmp_path, {}) == settings


def test_reading_settings_imports_nothing_slow(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from engine.settings import load_settings;"
        "load_settings(Path.cwd(), {});"
        "sys.exit(' '.join({'pydantic', 'sqlalchemy', 'ruamel', 'importlib.metadata'} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=write(tmp_path, ""), capture_output=True, encoding="utf-8", check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_real_clock_tells_aware_moments_that_do_not_go_back() -> None:
    first, second = system_now(), system_now()
    assert first.tzinfo is second.tzinfo is UTC
    assert first <= second


def test_the_rehearsal_clock_stands_where_it_was_put() -> None:
    moment = datetime(2026, 8, 3, 7, 0, tzinfo=UTC)
    store = MemoryStore("dorp")
    with store.transaction() as tx:
        tx.set_clock_moment(moment)
        with pytest.raises(UsageError, match="moment_without_zone"):
            tx.set_clock_moment(datetime(2026, 8, 3, 7, 0))  # noqa: DTZ001 - the mistake under test
    with store.reading() as readings:
        assert readings.clock_moment() == moment
    store.close()
