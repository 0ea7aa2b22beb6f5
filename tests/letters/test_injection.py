"""A value is data: whatever stands in it, it comes out literally and changes nothing around it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from engine.letters.blocks import Block, Inline, parse_blocks, text_of
from engine.letters.filling import fill
from engine.letters.page import write_page
from engine.letters.protection import protect, restore
from engine.letters.rendering import compose, render
from tests.letters.samples import CASE_ID, CONTENT_ROOT, SENT_ON, letter, organisation, read_table, template

PLACES = template(
    "# Kop {{ x }}\n\n{{ x }}\n\nIn *{{ x }}* en **{{ x }}**.\n\n- {{ x }}\n\n{{ l | opsomming }}\n\n"
    "> {{ x }}\n\n| kop |\n|---|\n| {{ x }} |\n\n1. {{ x }} en [{{ x }}](https://voorbeeld.example)\n",
    "x",
    "l",
)
NASTY = read_table("values.yaml")


MARK = "Qzzq"


def tree(value: str) -> tuple[Block, ...]:
    return parse_blocks(fill(PLACES, {"x": value, "l": (value, value)}))


def expected_tree(value: str) -> tuple[Block, ...]:
    """The tree of a harmless value, with the value put in its texts afterwards."""
    return tuple(_with(block, value) for block in tree(MARK))


def _with(block: Block, value: str) -> Block:
    inlines = tuple(_with_inline(part, value) for part in block.inlines)
    return replace(block, inlines=inlines, blocks=tuple(_with(part, value) for part in block.blocks))


def _with_inline(part: Inline, value: str) -> Inline:
    parts = tuple(_with_inline(inner, value) for inner in part.parts)
    return replace(part, text=part.text.replace(MARK, value), parts=parts)


@pytest.mark.parametrize("value", NASTY)
def test_a_value_that_looks_like_markup_changes_no_structure(value: str) -> None:
    assert tree(value) == expected_tree(value)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_no_text_at_all_changes_the_structure(value: str) -> None:
    composed = restore(protect(value))
    assert tree(composed) == expected_tree(composed)


def test_a_line_feed_in_a_value_is_a_line_feed_and_no_new_block() -> None:
    lines = parse_blocks(fill(template("Voor {{ x }}.", "x"), {"x": "a\r\n\r\n# b"}))
    assert [block.kind for block in lines] == ["paragraph"]
    assert text_of(lines[0].inlines) == "Voor a\n\n# b."


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=150, deadline=None)
def test_a_token_gives_its_text_back(value: str) -> None:
    once = restore(protect(value))
    assert restore(protect(once)) == once
    assert restore(f"a{protect(once)}b{protect(once)}") == f"a{once}b{once}"


def page_and_pdf(value: str) -> tuple[str, bytes]:
    made = letter(fields={"x": value}, addressee_name=f"N {value}", title=f"T {value}")
    text = template("Waarde: {{ x }} einde.", "x")
    sheet = compose(made, text, organisation(), sent_on=SENT_ON, case_id=CASE_ID)
    made_letter = render(made, text, organisation(), sent_on=SENT_ON, case_id=CASE_ID, content_root=CONTENT_ROOT)
    return write_page(sheet, ""), made_letter.pdf


@pytest.mark.parametrize("value", NASTY)
def test_a_value_stands_literally_in_the_page_and_the_pdf(value: str) -> None:
    page, pdf = page_and_pdf(value)
    plain_page, _ = page_and_pdf("Sam")
    assert tags(page) == tags(plain_page)
    assert f"<p>Waarde: {value} einde.</p>" in unescape(page)
    assert squeeze(f"Waarde: {value} einde.") in squeeze(PdfReader(BytesIO(pdf)).pages[0].extract_text())


def tags(page: str) -> list[str]:
    return re.findall(r"<[^>]*>", page)


def squeeze(text: str) -> str:
    """Without white space: a PDF breaks lines where it likes."""
    return "".join(text.split())
