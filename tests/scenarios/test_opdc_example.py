"""The procedure that was written from the guide alone: put over the real content, it is clean and its tests hold."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.rehearsal.run_rule_tests import run_rule_tests
from engine.usecases.check_rules import check_rules
from engine.words.saying import say
from tests.definitions.test_schemas import kind_of, problems_of, read
from tests.real_content import REAL
from tests.usecases.workplace import change

pytestmark = pytest.mark.long

EXAMPLE = Path(__file__).parents[2] / "examples" / "opdc"
FOLDERS = ("rules", "workflows", "templates")
WORKFLOW = "workflows/almere/opdc_voorbeeld/2026-08-01.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The real content with the example over it."""
    for source in (REAL, EXAMPLE):
        for folder in FOLDERS:
            shutil.copytree(source / folder, tmp_path / folder, dirs_exist_ok=True)
    return tmp_path


def test_the_example_is_clean_beside_the_real_procedures(content: Path) -> None:
    found = [say(one).text() for one in check_rules(content, on=date(2026, 11, 27)).findings]
    assert [text for text in found if "voorbeeld" in text or "L-54V" in text] == []


def test_its_tests_and_stories_hold(content: Path) -> None:
    report = run_rule_tests(content, "almere", rule_set="opdc_voorbeeld")
    assert [one.text for one in report.mismatches] == []
    assert (report.tests, report.stories) == (3, 1)


def test_two_years_are_counted_over_all_stays_together(content: Path) -> None:
    change(content, WORKFLOW, "{subtract: [730, {fact: opdc_verblijven.sum.dagen}]}", "730")
    said = [one.text for one in run_rule_tests(content, "almere", rule_set="opdc_voorbeeld").mismatches]
    assert any("2029-02-28 verwacht" in text for text in said), said


def test_an_editor_finds_nothing_in_it() -> None:
    files = [path for path in EXAMPLE.rglob("*.*") if path.suffix in (".yaml", ".md") and path.name != "README.md"]
    assert len(files) == 4
    assert {path.name: found for path in files if (found := problems_of(kind_of(path), read(path)))} == {}
