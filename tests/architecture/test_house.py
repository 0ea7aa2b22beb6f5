"""The page about the house says how long the ways are, by running them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

PAGE = ROOT / "docs" / "house.md"
# The aim is forty. A way that grows beyond what it was when the page was first made must say why, here.
# With the register: how it is declared, its value, its row, how it is found; with what a value may be: signs, limits.
# With SQLAlchemy: what writes apart from what only reads. With records and mending: each a room of its own. With the
# latest start: one, which every step asks because the row of a case carries it.
# With people: who acts, and who is meant by what stands in the case.
LONGEST_ADVANCE = 90


@pytest.mark.slow  # watching every call makes the proofs of a check ten times as slow
def test_the_page_shows_the_ways_as_they_are() -> None:
    """Why: a picture of yesterday sends a stranger through rooms that are gone."""
    made = subprocess.run(
        [sys.executable, "-m", "docs.house_page", "--print"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert PAGE.read_text(encoding="utf-8") == made.stdout, "draai `make docs`"


def test_the_way_of_an_act_does_not_grow() -> None:
    """Why: whoever looks for the reason of a refusal walks that way."""
    written = re.search(r"### Advance.*?\n\n(\d+) files", PAGE.read_text(encoding="utf-8"))
    assert written
    assert int(written[1]) <= LONGEST_ADVANCE


def test_every_file_that_the_page_sends_to_exists() -> None:
    """Why: an answer that points nowhere is worse than none."""
    table = PAGE.read_text(encoding="utf-8").partition("## The flows")[0]
    named = re.findall(r"`((?:\w+/)*\w+\.py|(?:\w+/)+\w+|[a-z]+/)`", table)
    gone = [name for name in named if not any((ROOT / top / name).exists() for top in (".", "engine", "engine/cli"))]
    assert not gone
