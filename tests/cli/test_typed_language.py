"""A text that parents will read in a letter is looked at when it is typed: a remark, said once, and never a wall."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_invented_consent import SEARCH, workplace

LONG = "Op deze school is een kleine klas met een vaste leraar en daar heeft het kind volgens ons echt heel veel aan."
HARD = "Derhalve past deze school bij het kind."
PLAIN = "Deze school heeft kleine klassen. Er is een vaste leraar."


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    home: Path = tmp_path_factory.mktemp("getypt")
    rehearsal = workplace(home, "--rehearsal", "--clock", "2026-11-02 09:00")
    rehearsal.run(*SEARCH).expect(0)
    return rehearsal


def proposed(opened: Terminal, reason: str, *more: str) -> str:
    words = ("voorstel.school=23HU00", "voorstel.contact=Postbus 1 te Almere", f"voorstel.reden={reason}")
    pairs = [part for word in words for part in ("--set", word)]
    typed = ("case", "advance", "PLA-2026-0001", "school_voorstellen", "--as", "toeleiding", "--dry-run")
    return opened.run(*typed, *pairs, *more).expect(0).out


def test_a_long_sentence_and_a_hard_word_are_named_and_the_act_is_done(opened: Terminal) -> None:
    long = proposed(opened, LONG)
    assert long.count("Let op:") == 1
    assert "(voorstel.reden) komt in een brief. Een zin is lang, 22 woorden" in long
    hard = proposed(opened, HARD)
    assert "Het woord 'derhalve' is moeilijk voor wie die leest. Schrijf liever: daarom." in hard


def test_plain_text_and_names_get_no_remark_and_json_stays_what_it_is(opened: Terminal) -> None:
    assert "Let op:" not in proposed(opened, PLAIN)
    assert "Let op:" not in proposed(opened, HARD, "--json")
