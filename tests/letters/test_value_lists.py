"""What somebody typed as a list is a list of the letter, on the page and for a screen reader; long words break."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from engine.letters.rendering import RenderedLetter, render
from tests.letters.samples import CASE_ID, CONTENT_ROOT, SENT_ON, letter, organisation, template


def made(value: str, body: str = "Dit spraken wij af:\n\n{{ afspraak }}\n\nBel ons gerust.") -> RenderedLetter:
    order = letter(fields={"afspraak": value})
    return render(
        order, template(body, "afspraak"), organisation(), sent_on=SENT_ON, case_id=CASE_ID, content_root=CONTENT_ROOT
    )


def _walk(pdf: bytes) -> str:
    found: list[str] = []
    waiting = [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"].get_object()]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        found.append(str(node.get("/S", "")))
        kids = node.get("/K", [])
        waiting += [
            kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")
        ]
    return " ".join(found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("- rust\n- een vaste leraar", "<ul><li>rust</li><li>een vaste leraar</li></ul>"),
        ("1. rust\n2. ritme", "<ol><li>rust</li><li>ritme</li></ol>"),
        ("3) rust\n4) ritme", '<ol start="3"><li>rust</li><li>ritme</li></ol>'),
        (
            "Eerst dit:\n• rust\n• ritme\nEn dan verder.",
            "<p>Eerst dit:</p>\n<ul><li>rust</li><li>ritme</li></ul>\n<p>En dan verder.</p>",
        ),
        ("- een streep alleen", "<p>- een streep alleen</p>"),
        ("rust - ritme\nregelmaat", "<p>rust - ritme<br>regelmaat</p>"),
        ("- <b>vet</b>\n- *ster*", "<ul><li>&lt;b&gt;vet&lt;/b&gt;</li><li>*ster*</li></ul>"),
    ],
)
def test_a_list_that_was_typed_is_a_list(typed: str, expected: str) -> None:
    assert expected in made(typed).html


def test_a_screen_reader_is_told_of_the_list() -> None:
    assert "/LI" in _walk(made("- rust\n- ritme").pdf)
    assert "/LI" not in _walk(made("rust en ritme").pdf)


@pytest.mark.parametrize(("word", "lines"), [("Donau" * 12, 1), ("x" * 110, 2), ("W" * 110, 3)])
def test_a_long_word_breaks_before_the_edge_of_the_paper(word: str, lines: int) -> None:
    text = PdfReader(BytesIO(made(f"Woont aan de {word} in Almere").pdf)).pages[0].extract_text()
    told = [line for line in text.splitlines() if set(line.split()) & set(word) or word[:5] * 2 in line]
    assert len(told) >= lines
    assert "".join(text.split()).count(word) == 1, "whoever copies the word gets the word"
