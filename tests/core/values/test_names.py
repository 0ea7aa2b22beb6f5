"""One person in many spellings is one; two persons are never one without a word (F-6)."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.core.language.names import NameRules, is_like_name, is_same_name, read_name

RULES = NameRules(
    titles=("dr.", "drs.", "mr.", "prof.", "ing.", "MSc"),
    salutations=(("dhr.", ("de heer", "heer")), ("mw.", ("mevrouw", "mevr."))),
)


def same(one: str, other: str) -> bool:
    return is_same_name(read_name(one, RULES), read_name(other, RULES))


def like(one: str, other: str) -> bool:
    return is_like_name(read_name(one, RULES), read_name(other, RULES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A. de Boer", "a. de boer"),
        ("A. de Boer", "A.  de\u00a0Boer"),
        ("A. de Boer", "De Boer, A."),
        ("A. de Boer", "Boer, A. de"),
        ("A. de Boer", "A de Boer"),
        ("A. de Boer", "prof. dr. A. de Boer"),
        ("A. de Boer", "mevrouw A. de Boer, MSc"),
        ("A.B. de Boer", "A. B. de Boer"),
        ("S. Yildiz", "S. Yıldız"),
        ("S. Yildiz", "S. YILDIZ"),
        ("I. İnan", "I. Inan"),
        ("J. Sørensen", "J. Sorensen"),
        ("Z. Wałęsa", "Z. Walesa"),
        ("B. 't Lam", "B. ’t Lam"),
        ("F. El-Amrani", "F. El Amrani"),
        ("de heer Bakker", "dhr. Bakker"),
        ("R. Ing", "ing. R. Ing"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A. de Boer", "de Boer"),
        ("A. de Boer", "A.B. de Boer"),
        ("A. de Boer", "Anna de Boer"),
        ("A. de Boer", "A. Boer"),
        ("A. de Boer", "A. de Boor"),
        ("R. Bakker", "dhr. Bakker"),
        ("mw. Bakker", "dhr. Bakker"),
        ("S. Yildiz", "S. Yidliz"),
    ],
)
def test_what_may_be_the_same_person_is_asked_and_not_taken(one: str, other: str) -> None:
    assert not same(one, other)
    assert like(one, other)
    assert like(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("A. Jansen", "K. Jansen"), ("C. Yildiz", "S. Yildiz"), ("A. de Boer", "M. de Vries"), ("A.", "A.")],
)
def test_other_people_are_neither(one: str, other: str) -> None:
    assert not same(one, other)
    assert not like(one, other)


WORD = st.text(ascii_lowercase, min_size=2, max_size=9).filter(
    lambda word: word not in ("de", "ing", "mr", "dr", "msc")
)
NAMES = st.builds(
    lambda initials, infix, surname: (initials, infix, surname),
    st.lists(st.sampled_from(ascii_lowercase), min_size=1, max_size=3),
    st.sampled_from(["", "de", "van der", "el"]),
    WORD.filter(lambda word: word not in ("drs", "prof", "dhr", "mw", "heer", "mevr", "mevrouw")),
)
ACCENTS = str.maketrans({"a": "á", "e": "ë", "i": "ı", "o": "ø", "u": "ü", "n": "ñ", "s": "ş"})


@st.composite
def spellings(draw: st.DrawFn, name: tuple[list[str], str, str]) -> str:
    """One of the many ways in which people write a name."""
    initials, infix, surname = name
    letters = draw(st.sampled_from([".".join(initials) + ".", ". ".join(initials) + ".", " ".join(initials)]))
    behind = draw(st.booleans())
    family = f"{infix} {surname}".strip()
    text = (
        draw(st.sampled_from([f"{family}, {letters}", f"{surname}, {letters} {infix}"]))
        if behind
        else f"{letters} {family}"
    )
    text = draw(st.sampled_from(["", "drs. ", "Prof. dr. ", "mw. "])) + text if not behind else text
    text = draw(st.sampled_from([str.upper, str.lower, str.title, str]))(text)
    text = text.translate(ACCENTS) if draw(st.booleans()) else text
    return text.replace(" ", draw(st.sampled_from([" ", "  ", " \u00a0"])))


@given(st.data(), NAMES)
def test_every_spelling_of_a_name_is_that_name(data: st.DataObject, name: tuple[list[str], str, str]) -> None:
    assert same(data.draw(spellings(name)), data.draw(spellings(name)))


@given(st.data(), NAMES, NAMES)
def test_two_names_are_never_one(
    data: st.DataObject, one: tuple[list[str], str, str], other: tuple[list[str], str, str]
) -> None:
    assume(one != other)
    assert not same(data.draw(spellings(one)), data.draw(spellings(other)))


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_typed_has_an_answer_that_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert same(one, other) == same(other, one)
    assert like(one, other) == like(other, one)
