"""A skeleton works as it stands: nothing to be found, its tests green, and nothing of others overwritten."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.core.errors import UsageError
from engine.rehearsal.run_rule_tests import run_rule_tests
from engine.usecases.check_rules import check_rules
from engine.usecases.new_content import NewContent, make_new_content
from engine.words.saying import say
from tests.core.decisions.garden import ROOT
from tests.real_content import REAL

pytestmark = pytest.mark.long

DAY = date(2026, 11, 30)


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    root = tmp_path / "tuin"
    shutil.copytree(ROOT, root)
    return root


def wanted(kind: str = "procedure", name: str = "klacht", letter: str = "", owner: str = "") -> NewContent:
    return NewContent(kind=kind, name=name, valid_from=DAY, letter=letter, owner=owner)


def said_of(root: Path, word: str) -> list[str]:
    """What the check finds in files of this name."""
    found = check_rules(root, on=DAY).findings
    return [say(one).text() for one in found if word in one.where]


def texts(root: Path) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in root.rglob("*.*") if path.is_file()}


@pytest.mark.parametrize(("kind", "letter"), [("procedure", ""), ("procedure", "T-09"), ("rule-set", "")])
def test_a_skeleton_is_clean_and_its_tests_are_green(garden: Path, kind: str, letter: str) -> None:
    before = texts(garden)
    paths = make_new_content(garden, wanted(kind, letter=letter))
    assert all(texts(garden)[path] == text for path, text in before.items())
    assert len(paths) == (4 if letter else 3)
    assert said_of(garden, "klacht") + said_of(garden, "T-09") == []
    report = run_rule_tests(garden, "tuindorp", rule_set="klacht")
    assert [one.text for one in report.mismatches] == []
    assert (report.tests, report.stories) == (3, 0 if kind == "rule-set" else 1)


def test_a_letter_stands_by_itself_and_is_clean(garden: Path) -> None:
    (path,) = make_new_content(garden, wanted("letter", "T-09"))
    assert path == garden / "templates/letters/tuindorp/T-09/2026-11-30.md"
    assert said_of(garden, "T-09") == []


@pytest.mark.long
def test_a_skeleton_beside_the_real_procedures_is_clean_and_green(tmp_path: Path) -> None:
    for folder in ("rules", "workflows", "templates"):
        shutil.copytree(REAL / folder, tmp_path / folder)
    new = replace(wanted(name="navraag", letter="L-199", owner="toeleiding"), organisation="almere")
    make_new_content(tmp_path, new)
    assert said_of(tmp_path, "navraag") + said_of(tmp_path, "L-199") == []
    report = run_rule_tests(tmp_path, "almere", rule_set="navraag")
    assert [one.text for one in report.mismatches] == []
    assert (report.tests, report.stories) == (3, 1)


def test_a_skeleton_that_is_made_wrong_is_seen(garden: Path) -> None:
    make_new_content(garden, wanted())
    path = garden / "rules/tuindorp/klacht/2026-11-30.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("repeats: always", "repeats: 2"), encoding="utf-8")
    assert "in_behandeling" in "".join(said_of(garden, "klacht"))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (wanted(name="tuin"), "rules/tuindorp/tuin is er al"),
        (wanted("letter", "T-01"), "templates/letters/tuindorp/T-01 is er al"),
        (wanted(letter="T-01"), "T-01 is er al"),
        (wanted(name="Klacht"), "'Klacht' kan geen naam zijn"),
        (wanted(name="../klacht"), "kan geen naam zijn"),
        (wanted(name="calendar"), "is er al"),
        (wanted("letter", "brief"), "L-06"),
        (wanted(owner="burgemeester"), "geen orgaan 'burgemeester'"),
    ],
)
def test_what_is_there_is_not_overwritten_and_a_wrong_name_makes_nothing(
    garden: Path, asked: NewContent, words: str
) -> None:
    before = texts(garden)
    with pytest.raises(UsageError) as refused:
        make_new_content(garden, asked)
    assert words in f"{refused.value} {refused.value.next_step}"
    assert texts(garden) == before
