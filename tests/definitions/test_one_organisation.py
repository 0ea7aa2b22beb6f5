"""What is looked at for one organisation alone: its own files over those of whom it inherits from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.definitions.loaded import load_all

GOOD = Path(__file__).parent / "good"
LETTERS = "templates/letters"


@pytest.mark.parametrize("only", ["dorp", ""])
def test_a_letter_of_a_lower_layer_that_cannot_be_read_is_told_once_and_still_exists(tmp_path: Path, only: str) -> None:
    """Whoever misses one parameter of a shared letter was told of every act that sends it."""
    root = tmp_path / "content"
    shutil.copytree(GOOD, root)
    shutil.move(root / LETTERS / "dorp/B-02", root / LETTERS / "land/B-02")
    assert load_all(root, only)[1] == ()
    letter = root / LETTERS / "land/B-02/2024-01-01.md"
    text = letter.read_text(encoding="utf-8")
    assert "fields: {naam" in text
    letter.write_text(text.replace("fields: {", "fields: {bel: {parameter: van_niemand}, "), encoding="utf-8")
    findings = load_all(root, only)[1]
    assert {one.kind for one in findings} == {"unknown_parameter"}
