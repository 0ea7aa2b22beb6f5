"""The list of findings names real tests: a line that promises one that is not there is no proof."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = ROOT / "docs/decisions/findings-2026-11.md"
ROW = re.compile(r"^\| ((?:F-|A)\d+)[^|]*\| `([^`:]+)::([^`]+)` \|", re.MULTILINE)


def test_every_line_of_the_list_names_a_finding_and_a_test_that_exists() -> None:
    text = LIST.read_text(encoding="utf-8")
    found = ROW.findall(text)
    lines = [line for line in text.splitlines() if re.match(r"\| (F-|A)\d", line)]
    assert len(found) == len(lines) > 0, "a line of the table that cannot be read"
    missing = [f"{path}::{name}" for _, path, name in found if not _exists(path, name)]
    assert not missing


def test_every_finding_about_content_and_versions_has_a_line() -> None:
    """F-40 to F-54 are of issue 9. Why: what is not on the list is not missed by the test of the list."""
    found = {finding for finding, _, _ in ROW.findall(LIST.read_text(encoding="utf-8"))}
    assert {f"F-{number}" for number in range(40, 55)} - found == set()


def _exists(path: str, name: str) -> bool:
    """A function of a module (what stands between brackets is a case of it), or a story of the content by its name."""
    file = ROOT / path
    if not file.is_file():
        return False
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".yaml":
        return f"name: {name}\n" in text.replace('"', "")
    return re.search(rf"^def {re.escape(name.partition('[')[0])}\(", text, re.MULTILINE) is not None
