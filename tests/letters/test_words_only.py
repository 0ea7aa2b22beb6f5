"""A letter can be read on a screen without pictures: every word of the page, a line for each line."""

from __future__ import annotations

from pathlib import Path

from engine.letters.words_only import words_of

EXPECTED = Path(__file__).parent / "expected"


def test_the_words_of_the_page_are_all_there_and_nothing_else() -> None:
    page = (EXPECTED / "decision.html").read_text(encoding="utf-8")
    assert words_of(page) + "\n" == (EXPECTED / "decision.words.txt").read_text(encoding="utf-8")


def test_style_and_title_are_no_words() -> None:
    assert words_of("<title>a</title><style>b {}</style><p>c &lt;d&gt;</p>") == "c <d>"
