"""What comes in as a text can leave in a letter: every sign that the door lets through is printed (F-20)."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from engine.core.language.facts import FactRule, FactType
from engine.core.language.signs import hidden_sign, unprintable_sign
from engine.core.language.values import read_value
from tests.letters.samples import letter, read_names, template
from tests.letters.test_rendering import made

NAME = FactRule(id="naam", type=FactType.PERSON, label="Naam")
SIGNS = [sign for sign in map(chr, range(0x21, sys.maxunicode)) if not (hidden_sign(sign) or unprintable_sign(sign))]


@pytest.mark.parametrize("name", read_names())
def test_a_name_that_a_letter_can_print_comes_in(name: str) -> None:
    assert read_value(NAME, name) == name


def test_every_sign_that_comes_in_is_printed() -> None:
    assert len(SIGNS) > 2000
    # A mark stands on a letter, as it does in a name.
    text = " ".join(f"a{sign}" if unicodedata.category(sign).startswith("M") else sign for sign in SIGNS)
    pdf = made(letter(fields={"naam": text}), template("Voor {{ naam }}.", "naam")).pdf
    assert pdf.startswith(b"%PDF-")
