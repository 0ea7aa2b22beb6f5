"""The removal script: a thing that a test holds is noticed, and a thing that nothing holds survives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.definitions.reading.yaml_reader import read_yaml
from tests.cli.conftest import make_world
from tools.removals import Removal, Workshop, chosen, removals_in, without, written

RULES = "rules/volkstuin/tuin/2026-01-01.yaml"
FILE = """
rule_set: tuin
valid_from: 2026-01-01
rules:
  - {id: maat_past, then: {maat_past: true}}
tables:
  pacht: {rows: [{label: groot, then: 80}, {label: klein, then: 40}]}
terms:
  betalen:
    length: 2 weeks
    reminders: [{after: 1 weeks, to: [lid, voorzitter]}]
    passed: {tells: [voorzitter], letters: [{letter: T-01, to: [lid, buurman]}]}
"""


def of_file(text: str = FILE) -> tuple[Removal, ...]:
    return tuple(removals_in(RULES, read_yaml(text, RULES).value))


def test_everything_that_can_be_taken_away_is_listed_once() -> None:
    assert [(one.kind, one.name) for one in of_file()] == [
        ("rule", "rules.maat_past"),
        ("row", "tables.pacht.rows.groot"),
        ("row", "tables.pacht.rows.klein"),
        ("term", "terms.betalen"),
        ("reminder", "terms.betalen.reminders.0"),
        ("recipient", "terms.betalen.reminders.0.to.lid"),
        ("recipient", "terms.betalen.reminders.0.to.voorzitter"),
        ("notice", "terms.betalen.passed.tells.voorzitter"),
        ("letter", "terms.betalen.passed.letters.T-01"),
        ("recipient", "terms.betalen.passed.letters.T-01.to.lid"),
        ("recipient", "terms.betalen.passed.letters.T-01.to.buurman"),
    ]


def test_only_that_one_thing_is_gone_and_what_became_empty_with_it() -> None:
    value = read_yaml(FILE, RULES).value
    row = next(one for one in of_file() if one.name.endswith("rows.groot"))
    assert without(value, row.at)["tables"] == {"pacht": {"rows": [{"label": "klein", "then": 40}]}}  # type: ignore[index]
    notice = next(one for one in of_file() if one.kind == "notice")
    passed = without(value, notice.at)["terms"]["betalen"]["passed"]  # type: ignore[index]
    assert list(passed) == ["letters"]
    assert value == read_yaml(FILE, RULES).value, "the file itself stays whole"


def test_what_is_written_is_read_as_it_was() -> None:
    """Why: a day that came back as text would be noticed by everything, and the script would say nothing."""
    value = read_yaml(FILE, RULES).value
    assert read_yaml(written(value), RULES).value == value
    odd: dict[str, object] = {
        "waar": True,
        "dag": date(2026, 8, 1),
        "tekst": '2026-08-01 "x": #',
        "getal": 0.6,
        "lijst": [],
    }
    assert read_yaml(written(odd), RULES).value == odd


def test_a_part_goes_by_name_and_a_sample_by_its_seed() -> None:
    assert [one.kind for one in chosen(of_file(), "pacht", 0, 1)] == ["row", "row"]
    drawn = chosen(of_file(), "", 4, 7)
    assert drawn == chosen(of_file(), "", 4, 7)
    assert (len(drawn), len(chosen(of_file(), "", 99, 7))) == (4, 11)


@pytest.mark.long
def test_a_thing_that_a_test_holds_is_noticed_and_one_that_nothing_holds_survives(tmp_path: Path) -> None:
    workshop = Workshop(make_world(tmp_path / "inhoud"), tmp_path / "werk" / "inhoud", date(2026, 9, 7))
    before = {path: path.read_bytes() for path in workshop.root.rglob("*.yaml")}
    by_name = {f"{one.kind} {one.name}": one for one in workshop.removals()}
    held = next(one for name, one in by_name.items() if name.startswith("rule ") and "maat" in name)
    assert workshop.notices(held).startswith("rules/volkstuin/tuin/tests/regels.yaml: Een te grote tuin past niet")
    assert workshop.notices(by_name["notice terms.verzendtermijn.passed.tells.voorzitter"]) == ""
    assert workshop.notices(by_name["term terms.nog_open"]).startswith("rules check: ")
    assert {path: path.read_bytes() for path in workshop.root.rglob("*.yaml")} == before
