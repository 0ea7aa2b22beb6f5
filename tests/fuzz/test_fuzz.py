"""No input ends in a mistake of the program, hangs it, or fills its memory (F-89); longer as `make fuzz`."""

from __future__ import annotations

import pytest

from tests.fuzz.run import run_children

COUNT = 300

# Starts processes and gives hundreds of commands.
pytestmark = pytest.mark.slow


def test_whatever_is_given_is_answered_in_words_in_time_and_in_bounds() -> None:
    assert run_children(first=1, count=COUNT, processes=2) == []
