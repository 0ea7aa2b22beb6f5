"""Every code of a check is explained: in general words, and by a mistake that shows it where one is planted."""

from __future__ import annotations

import pytest

from docs import messages_page
from engine.words.explained import explain
from engine.words.saying import WORDS
from tests.proofs.samples import read_mistakes


@pytest.mark.parametrize("code", sorted(WORDS))
def test_every_code_is_explained_without_gaps(code: str) -> None:
    told = explain(code)
    assert told is not None
    assert told.what
    assert told.next_step
    assert "{" not in f"{told.what}{told.why}{told.next_step}"


def test_what_the_proofs_find_is_shown_by_an_example() -> None:
    for mistake in read_mistakes():
        told = explain(mistake.kind)
        assert told is not None
        assert told.example is not None, mistake.kind


def test_there_is_no_code_of_another_name() -> None:
    assert explain("bestaat_niet") is None


def test_the_page_is_made_from_the_words() -> None:
    assert messages_page.PAGE.read_text(encoding="utf-8") == messages_page.made_page(), "draai `make docs`"
