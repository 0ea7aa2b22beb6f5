"""One mistake per file: each message is provoked once, points to its line, and says what to do."""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.core.finding import Finding
from engine.definitions.loaded import load_all
from engine.usecases.check_rules import check_rules
from engine.words.explained import explain
from engine.words.saying import say

pytestmark = pytest.mark.long

ON = date(2026, 11, 23)
HERE = Path(__file__).parent
GOOD = HERE / "good"
BROKEN = sorted((HERE / "broken" / "reading").glob("*.yaml"))


def _mark(finding: Finding) -> tuple[str, str]:
    return finding.kind, finding.where.partition(":")[0]


@cache
def of_good_content() -> frozenset[tuple[str, str]]:
    """What the proofs find in the content that has no mistake in its form: it is made to be read, not to be used."""
    return frozenset(_mark(one) for one in check_rules(GOOD, on=ON).findings)


def read_case(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return case


def break_content(root: Path, case: dict[str, Any]) -> None:
    file = root / case["file"]
    if "change" not in case:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(case["to"], encoding="utf-8")
        return
    text = file.read_text(encoding="utf-8")
    assert case["change"] in text, "the good content no longer has the text this case changes"
    file.write_text(text.replace(case["change"], case["to"], 1), encoding="utf-8")
    if "also" in case:
        break_content(root, case["also"])


def points_to(root: Path, where: str, words: str) -> bool:
    place = re.fullmatch(r"(.+):(\d+):(\d+)", where)
    if place is None:
        return False
    lines = (root / place[1]).read_text(encoding="utf-8").splitlines()
    return words in lines[int(place[2]) - 1] and int(place[3]) <= len(lines[int(place[2]) - 1]) + 1


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_named_with_its_place(path: Path, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(GOOD, root)
    case = read_case(path)
    break_content(root, case)
    findings = [one for one in check_rules(root, on=ON).findings if _mark(one) not in of_good_content()]
    said = [say(finding) for finding in findings]
    texts = [one.text() for one in said]
    # The cause, and nothing of what follows from it; `besides` are the kinds of what is a mistake of its own.
    assert len(findings) == 1 + len(case.get("besides", ())), texts
    assert {finding.kind for finding in findings} >= {*case.get("besides", ())}
    matching = [one for one in said if all(word in one.text() for word in case["expect"])]
    assert matching, texts
    if "line" in case:
        assert any(points_to(root, one.where, case["line"]) for one in matching), texts
    assert all(one.next_step for one in said), texts
    # What is planted here is the example of its code: `python -m docs.messages_page` takes it from this file.
    meant = {one.kind for one, told in zip(findings, said, strict=True) if told in matching}
    assert all((told := explain(kind)) is not None and told.example is not None for kind in meant), meant


def test_the_good_content_has_no_problem() -> None:
    loaded, findings = load_all(GOOD)
    assert not findings
    assert {(organisation, name) for organisation, name, _ in loaded.contents} == {
        ("dorp", "kapvergunning"),
        ("dorp", "geschil"),
    }
