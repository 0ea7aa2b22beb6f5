"""The calendar of a term in a letter: a picture for who can see it, words for who cannot."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from engine.core.errors import LetterError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.explain import free_ledger
from engine.core.legal_clock.ledger import Resumed, Suspended
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.term_days import read_term_days, tell_term_days, write_term_days
from engine.core.legal_clock.terms import TermSpec
from engine.letters.rendering import RenderedLetter, render
from engine.letters.words_only import words_of
from tests.letters.samples import CASE_ID, CONTENT_ROOT, SENT_ON, letter, organisation, template

CALENDAR = Calendar(loaded_years=frozenset({2026}))
TERM = TermSpec(period=parse_period("8 weeks"), termijnenwet=True)
TOLD = datetime(2026, 1, 1, tzinfo=UTC)
LEDGER = free_ledger(
    TERM,
    date(2026, 2, 6),
    CALENDAR,
    Suspended(recorded_at=TOLD, by="x", from_day=date(2026, 2, 20)),
    Resumed(recorded_at=TOLD, by="x", on_day=date(2026, 2, 27)),
)
DAYS = tell_term_days(TERM, LEDGER, CALENDAR)
WORDS = "Tijd om te beslissen. Laatste dag: donderdag 9 april 2026. Dagen die meetellen: 56. Dagen die stilstaan: 6."


def made(body: str, days: tuple[str, ...] = write_term_days(DAYS), **fields: str) -> RenderedLetter:
    text = template(body, "dagen", *fields)
    return render(
        letter(fields={"dagen": days, **fields}),
        text,
        organisation(),
        sent_on=SENT_ON,
        case_id=CASE_ID,
        content_root=CONTENT_ROOT,
    )


def test_the_days_can_be_frozen_in_a_letter_and_read_back() -> None:
    assert read_term_days(write_term_days(DAYS)) == DAYS


def test_the_page_holds_the_picture_with_its_words() -> None:
    html = made('Zo tellen wij.\n\n{{ dagen | kalender("Tijd om te beslissen") }}\n\nTot zover.\n').html
    figure = html[html.index("<figure") : html.index("</figure>")]
    assert f'role="img" aria-label="{WORDS}"' in figure
    drawing = ET.fromstring(figure[figure.index("<svg") :])
    cells = [node for node in drawing.iter() if node.get("class") in {day.tone.value for day in DAYS}]
    assert len(cells) == len(DAYS)
    assert "<p>Tot zover.</p>" in html


def test_the_pdf_is_accessible_and_carries_the_words() -> None:
    pdf = made('{{ dagen | kalender("Tijd om te beslissen") }}\n').pdf
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert WORDS.encode("utf-16-be").hex() in pdf.hex() or WORDS in _alternatives(root["/StructTreeRoot"])


def _alternatives(node: object) -> list[str]:
    """The text alternatives in the structure of a PDF."""
    from pypdf.generic import ArrayObject, DictionaryObject

    plain = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(plain, ArrayObject):
        return [found for child in plain for found in _alternatives(child)]
    if not isinstance(plain, DictionaryObject):
        return []
    own = [str(plain["/Alt"])] if "/Alt" in plain else []
    return own + (_alternatives(plain["/K"]) if "/K" in plain else [])


def test_the_words_of_a_letter_say_what_the_picture_shows() -> None:
    html = made('{{ dagen | kalender("Tijd om te beslissen") }}\n').html
    assert f"[{WORDS}]" in words_of(html)


def test_the_same_letter_gives_the_same_bytes_and_another_day_another_letter() -> None:
    body = "{{ dagen | kalender }}\n"
    assert made(body) == made(body)
    assert made(body).text_hash != made(body, write_term_days(DAYS[:-1])).text_hash


@pytest.mark.parametrize("body", ["# Kop {{ dagen | kalender }}\n", "| a |\n|---|\n| {{ dagen }} |\n"])
def test_a_picture_may_stand_in_a_text_only_as_a_block(body: str) -> None:
    made(body)


def test_what_are_no_days_of_a_term_is_named() -> None:
    with pytest.raises(LetterError, match="kan niet worden ingevuld"):
        made("{{ dagen | kalender }}\n", ("geen dag",))


@pytest.mark.parametrize("sign", ["\ue002", "\ue000ab\ue001", "<svg onload=alert(1)>"])
def test_no_value_can_forge_a_picture(sign: str) -> None:
    if sign.startswith("<"):
        assert "<svg onload" not in made("{{ naam }}\n\n{{ dagen | kalender }}\n", naam=sign).html
        return
    with pytest.raises(LetterError, match="kan niet in een brief worden afgedrukt"):
        made("{{ naam }}\n\n{{ dagen | kalender }}\n", naam=sign)
