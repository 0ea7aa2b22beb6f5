"""Files and words that a person gives are answered in words, with their exit code; nothing steers the screen (F-89)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from engine.cli.output import harmless
from tests.cli.conftest import ASKED
from tests.cli.terminal import Answer, Terminal

CASE = "TUIN-2026-0001"
CLEARS = "An\x1b[2J\x07\x9b2J\u202e"


def in_words(answer: Answer, code: int) -> Answer:
    assert "Traceback" not in answer.err
    assert answer.err.strip()
    return answer.expect(code)


def from_file(trede: Terminal, path: str) -> Answer:
    return trede.run("case", "open", "tuin", "--as", "tuincommissie", "--from", path)


def test_a_pipe_or_a_loop_with_facts_is_refused_and_nothing_waits_for_it(trede: Terminal) -> None:
    os.mkfifo(trede.folder / "pijp")
    (trede.folder / "kring").symlink_to("kring")
    assert "geen gewoon bestand" in in_words(from_file(trede, "pijp"), 2).err
    in_words(from_file(trede, "kring"), 2)
    in_words(from_file(trede, "n" * 300), 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a: " + b"[" * 5000, 3),
        (("a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, 300))).encode(), 3),
        (b"a: 0001-01-01 00:00\n", 3),
        (b"a: 9" + b"9" * 5000, 3),
        (b"naam: \x00", 2),
        (b"naam: \x81", 2),
        (b"", 3),
    ],
)
def test_a_file_that_no_fact_can_be_read_from_is_answered_in_words(trede: Terminal, content: bytes, code: int) -> None:
    (trede.folder / "feiten.yaml").write_bytes(content)
    in_words(from_file(trede, "feiten.yaml"), code)


def test_facts_in_windows_letters_are_read_as_what_they_are(trede: Terminal) -> None:
    pairs = dict(word.split("=", 1) for word in ASKED if "=" in word)
    pairs["lid.naam"] = "Zoë"
    text = "".join(f'{name}: "{value}"\n' for name, value in pairs.items())
    (trede.folder / "feiten.yaml").write_bytes(text.encode("cp1252"))
    trede.run("case", "open", "tuin", "--as", "lid", "--from", "feiten.yaml").expect(0)
    assert "Zoë" in trede.run("case", "show", CASE).out


def test_a_byte_that_is_no_text_is_refused_before_anything_is_done(trede: Terminal) -> None:
    answer = trede.run("case", "open", "tuin", "--as", "lid", *ASKED, "--set", "lid.naam=An\udcff")
    assert "Woord" in in_words(answer, 2).err
    assert trede.run("inbox", "--json").json["cases"] == []


def test_what_steers_a_screen_is_written_out() -> None:
    assert harmless(CLEARS) == "An\\u001b[2J\\u0007\\u009b2J\\u202e"
    assert harmless("één\tregel\n") == "één\tregel\n"
    assert json.loads(harmless(json.dumps(CLEARS, ensure_ascii=False))) == CLEARS


def test_nothing_of_a_hostile_word_or_register_reaches_the_screen_raw(trede: Terminal) -> None:
    (trede.folder / "boos.csv").write_text(f"lidnummer,{CLEARS}\n1,{CLEARS}\n", encoding="utf-8")
    for words in (
        ("import", "tuin", "boos.csv", "--as", "tuincommissie"),
        ("case", "show", CLEARS),
        ("inbox", CLEARS),
        (CLEARS,),
    ):
        answer = in_words(trede.run(*words), trede.run(*words).code)
        assert not set(answer.out + answer.err) & set("\x1b\x07\x9b\u202e")


def test_every_command_prints_through_the_one_door() -> None:
    """Why: a second way to the screen is the one that lets a register clear it."""
    import engine.cli

    found = [
        path.name
        for path in Path(engine.cli.__file__).parent.rglob("*.py")
        if path.name != "output.py" and ("click.echo(" in path.read_text() or " print(" in path.read_text())
    ]
    assert found == []
