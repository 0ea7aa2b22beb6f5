"""`make bench` fails when a bar does not hold or a part breaks down. Nothing here measures anything."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bench.__main__ import Results, run
from bench.figures import FIGURES, OTHER_PARTS, Figure, parts_of
from bench.pace import Pace, pace_now, pace_of

BENCH = Path(__file__).parents[2] / "bench"
COST = Figure(id="sound.cost", what="cost", unit="s", bar=5, goal=3)
SPEED = Figure(id="sound.speed", what="speed", unit="rows/s", bar=5, goal=7, more_is_better=True)
ELSEWHERE = Figure(id="sound.elsewhere", what="elsewhere", unit="s", bar=5, goal=3)
SILENT = Figure(id="silent.cost", what="silent", unit="s", bar=5, goal=3)
CRASHING = Figure(id="crashing.cost", what="crashing", unit="s", bar=5, goal=3)
SOUND = (COST, SPEED, ELSEWHERE)
SLOW = Pace(python=2, sqlite=1.5)


def bench(
    monkeypatch: pytest.MonkeyPatch, *words: str, figures: tuple[Figure, ...] = SOUND, cost: float = 4, speed: float = 6
) -> int:
    monkeypatch.setenv("MEASURED_COST", str(cost))
    monkeypatch.setenv("MEASURED_SPEED", str(speed))
    return run(words, figures=figures, others=(), package="tests.bench.parts")


@pytest.mark.parametrize(
    ("cost", "speed", "code"), [(4, 6, 0), (5, 5, 0), (3, 7, 0), (5.01, 6, 1), (4, 4.99, 1), (3, 0, 1)]
)
def test_a_bar_that_does_not_hold_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, cost: float, speed: float, code: int
) -> None:
    assert bench(monkeypatch, cost=cost, speed=speed) == code


def test_every_figure_is_printed_with_bar_goal_and_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench(monkeypatch, cost=6, speed=7)
    printed = capsys.readouterr().out
    assert "een regel voor mensen" in printed
    assert re.search(r"^cost +6\.00 +5 +3 +s +BAR DOES NOT HOLD$", printed, re.MULTILINE)
    assert re.search(r"^speed +7\.00 +5 +7 +rows/s +holds, goal reached$", printed, re.MULTILINE)


def test_what_cannot_be_measured_here_is_said_aloud_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(monkeypatch) == 0
    assert re.search(r"^elsewhere +- .*NOT MEASURED: there is no such database here$", capsys.readouterr().out, re.M)


def test_what_takes_cpu_is_told_at_the_pace_of_the_machine_that_the_bars_are_of() -> None:
    cost, speed = replace(COST, unit="CPU s"), replace(SPEED, unit="rows/CPU s")
    assert (cost.at_pace(9, SLOW), speed.at_pace(3, SLOW)) == (4.5, 6)
    assert (COST.at_pace(9, SLOW), SPEED.at_pace(3, SLOW)) == (9, 3)  # of the wall, or of both sides alike


@pytest.mark.long
def test_the_figure_as_it_was_stands_beside_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The pace is of the machine that runs this; what holds on any of them is that both stand there.
    bench(monkeypatch, figures=(replace(COST, unit="CPU s"), SPEED, ELSEWHERE), cost=4)
    assert re.search(r"^cost +[\d.]+ +5 +3 +CPU s .*; 4\.00 on this machine$", capsys.readouterr().out, re.M)


def test_a_part_that_does_not_tell_its_pace_is_missing() -> None:
    results = Results(values={"sound.cost": 4})
    assert results.of(replace(COST, unit="CPU s")) is None
    assert results.of(COST) == 4


def test_the_pace_of_a_machine_is_of_work_that_is_none_of_ours() -> None:
    source = (BENCH / "pace.py").read_text()
    assert not re.search(r"^(from|import) (engine|bench|tests)", source, re.M)
    assert pace_of([Pace(python=1, sqlite=4), SLOW, Pace(python=3, sqlite=1)]) == SLOW
    now = pace_now()
    assert now.python > 0
    assert now.sqlite > 0


def test_a_part_that_crashes_ends_with_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(monkeypatch, figures=(*SOUND, CRASHING)) == 1
    assert "tests.bench.parts.crashing broke down" in capsys.readouterr().out


def test_a_part_that_is_silent_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench(monkeypatch, figures=(*SOUND, SILENT)) == 1


def test_only_the_parts_named_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench(monkeypatch, "sound", figures=(*SOUND, CRASHING)) == 0


def test_an_unknown_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="Onbekend: sprint"):
        bench(monkeypatch, "sprint")


def test_every_part_of_the_table_is_a_module_that_measures() -> None:
    measuring = {path.stem for path in BENCH.glob("*.py") if re.search(r"^def measure\(", path.read_text(), re.M)}
    assert measuring == {*parts_of(FIGURES), *OTHER_PARTS}
    for part in measuring:  # what it measures may have moved elsewhere
        assert importlib.import_module(f"bench.{part}").measure


def test_every_figure_of_the_table_is_told_by_its_part_and_by_the_readme() -> None:
    readme = (BENCH / "README.md").read_text()
    for figure in FIGURES:
        source, name = (BENCH / f"{figure.part}.py").read_text(), figure.id.partition(".")[2]
        assert figure.id in source or (f'"{figure.part}.{{name}}"' in source and f'"{name}"' in source), figure.id
        assert f"`{figure.id}`" in readme, figure.id


def test_a_goal_is_at_least_as_good_as_its_bar() -> None:
    assert all(figure.holds(figure.goal) for figure in FIGURES)
    assert len({figure.id for figure in FIGURES}) == len(FIGURES)
