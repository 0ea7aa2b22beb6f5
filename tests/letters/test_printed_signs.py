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

pytestmark = pytest.mark.long

NAME = FactRule(id="naam", type=FactType.PERSON, label="Naam")


@pytest.mark.parametrize("name", read_names())
def test_a_name_that_a_letter_can_print_comes_in(name: str) -> None:
    assert read_value(NAME, name) == name


def test_every_sign_that_comes_in_is_printed() -> None:
    every_sign = map(chr, range(0x21, sys.maxunicode))
    signs = [sign for sign in every_sign if not (hidden_sign(sign) or unprintable_sign(sign))]
    assert len(signs) > 2000
    # A mark stands on a letter, as it does in a name.
    text = " ".join(f"a{sign}" if unicodedata.category(sign).startswith("M") else sign for sign in signs)
    pdf = made(letter(fields={"naam": text}), template("Voor {{ naam }}.", "naam")).pdf
    assert pdf.startswith(b"%PDF-")
