"""Every code that a check makes has words, and every entry of the words is made somewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import engine
from engine.core.finding import doubt, fault
from engine.words.of_clock import CLOCK
from engine.words.of_errors import ERRORS, OTHERS
from engine.words.of_inputs import INPUTS
from engine.words.of_mended_letters import MENDED_LETTERS
from engine.words.of_people import ACTING, PEOPLE
from engine.words.of_subjects import SUBJECTS
from engine.words.of_values import VALUES
from engine.words.phrases import read_words
from engine.words.saying import FOUND, ROOMS, WORDS, in_order, say
from tests.architecture.source import tree

SOURCES = [path for path in Path(engine.__file__).parent.rglob("*.py") if path.parent.name != "words"]


MAKERS = {"fault", "doubt", "make", "report"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path, tree(path)


@cache
def constants() -> frozenset[object]:
    """Every constant that stands in the program outside the words."""
    nodes = (node for _, parsed in trees() for node in ast.walk(parsed))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant))


def gaps(kind: str) -> set[str]:
    """The particulars a code needs, those that stand in the way of saying another one too."""
    found = [(name, way or "") for text in WORDS[kind] for _, name, way, _ in Formatter().parse(text) if name]
    inner = {name for _, way in found for _, name, _, _ in Formatter().parse(way) if name}
    return {name for name, _ in found} | inner


def test_no_code_stands_in_two_rooms() -> None:
    assert len(FOUND) == sum(len(room.WORDS) for room in ROOMS)
    rooms = (CLOCK, VALUES, INPUTS, SUBJECTS, PEOPLE, ACTING, MENDED_LETTERS, OTHERS)
    assert len(ERRORS) == sum(map(len, rooms))
    assert len(WORDS) == len(FOUND) + len(ERRORS)


def test_every_entry_of_the_words_is_made_somewhere() -> None:
    assert WORDS.keys() - constants() == set()


def test_every_word_about_a_given_file_is_said_somewhere() -> None:
    assert INPUTS.keys() - constants() == set()


def test_every_finding_that_is_made_has_words_and_fills_every_gap() -> None:
    wrong = []
    for path, parsed in trees():
        for node in ast.walk(parsed):
            if not isinstance(node, ast.Call) or ast.unparse(node.func).rpartition(".")[2] not in MAKERS:
                continue
            if not (node.args and isinstance(node.args[0], ast.Constant)):
                continue
            kind = node.args[0].value
            given = {keyword.arg for keyword in node.keywords} - {"at_key"}
            # `**told` is a spread of particulars; the tests that say every broken file see what is in it.
            if kind not in WORDS or (None not in given and given != gaps(kind)):
                wrong.append(f"{path.name}: {kind} {sorted(gaps(kind) ^ given if kind in WORDS else ())}")
    assert wrong == []


def test_words_are_read_with_what_why_and_next_step_and_long_lines_go_on() -> None:
    words = read_words("one: What is\n    wrong. ? Why.\n    > Do\n    this.\ntwo: Only: what. > Do.\n")
    assert words == {"one": ("What is wrong.", "Why.", "Do this."), "two": ("Only: what.", "", "Do.")}


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ((), "altijd"),
        ((("a", "unknown"), ("b", "is", "5")), 'als "a" onbekend is, "b" gelijk is aan 5'),
        ((("c", "holds", "x", "y"),), 'als "c" gelijk is aan [x, y]'),
        ((("d", "holds_nothing"), ("e", "true"), ("f", "false")),
         'als "d" niets van het genoemde bevat, "e" waar is, "f" niet waar is'),
        ((("g", "other"),), 'als "g" een andere waarde heeft'),
    ],
)  # fmt: skip
def test_a_situation_is_said_fact_by_fact(when: tuple[tuple[str, ...], ...], told: str) -> None:
    assert f"Beide gelden {told}." in say(fault("overlapping_rows", "", table="t", first=1, second=2, when=when)).why


def test_a_value_that_looks_like_a_gap_is_told_as_it_is() -> None:
    assert say(fault("no_owner", "f:1:1", state="{owner}")).text().startswith('f:1:1: De toestand "{owner}" heeft')


def test_findings_are_told_once_errors_first_and_then_by_place() -> None:
    late, early = fault("no_owner", "f:10:1", state="a"), fault("no_owner", "f:9:1", state="a")
    remark = doubt("idle_term", "a:1:1", term="t")
    assert in_order([remark, late, early, late]) == (early, late, remark)
