"""The years of two organisations, in one database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import main
from engine.rehearsal.make_demo import find_examples, make_demo, read_example
from engine.runtime import open_runtime
from engine.usecases.diagnose import diagnose
from tests.scenarios.played_year import never_played

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HAARLEMMERMEER = ROOT / "examples" / "haarlemmermeer"


def test_the_whole_year_of_haarlemmermeer_goes_as_its_script_says(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo", read_example(HAARLEMMERMEER), ROOT)
    assert made.report.surprises == ()
    assert made.is_sound
    assert never_played(made) == set()


def test_the_examples_are_played_beside_each_other_in_one_database(tmp_path: Path) -> None:
    until = datetime(2026, 8, 4, tzinfo=UTC)
    first, second = map(read_example, find_examples(ROOT))
    one = make_demo(tmp_path / "demo", first, ROOT, until=until)
    other = make_demo(tmp_path / "demo" / second.organisation, second, ROOT, beside=one.settings, until=until)
    assert one.settings.database_url == other.settings.database_url
    assert one.imported != other.imported
    for made in (one, other):
        with open_runtime(made.settings.workplace, {}) as runtime:
            assert all(check.is_sound for check in diagnose(runtime)), diagnose(runtime)
            with runtime.reading() as readings:
                cases = list(readings.each_case(made.settings.organisation))
        assert len(cases) >= made.imported
        assert {case.organisation for case in cases} == {made.settings.organisation}


def test_the_command_plays_all_of_them_and_says_where_each_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "demo"
    answer = CliRunner().invoke(main, ["demo", str(place), "--until", "2026-08-03 09:00", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told["workplace"] == place.as_posix()
    assert [one["workplace"] for one in told["beside"]] == [(place / "haarlemmermeer").as_posix()]
    assert told["is_sound"]
