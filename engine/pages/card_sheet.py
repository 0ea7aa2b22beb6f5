"""A card as a page and as a PDF. The look is content; the card goes to it as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from engine.core.content.organisation import Organisation
from engine.core.dutch import write_day
from engine.core.quick_class import dataclass
from engine.letters.blocks import text_of, walk
from engine.letters.look import CARD, find_look, read_look
from engine.letters.pdf import typeset
from engine.letters.sheet import plain_block
from engine.pages.card_text import CardSheet
from engine.pages.markup import write_markup


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedCard:
    """A card for one reader, as it can be given to somebody."""

    reader: str
    html: str
    pdf: bytes


def render_card(sheet: CardSheet, organisation: Organisation, content_root: Path) -> RenderedCard:
    """The card in the look of the organisation; the same sheet gives the same bytes.

    Raises LetterError for a character that no font has, and for a look that is missing or wrong.
    """
    look = find_look(content_root, organisation, CARD)
    html = write_markup("card.html", sheet=sheet, style=read_look(look.style))
    pdf = typeset({"card": _as_plain(sheet)}, tuple(_texts(sheet)), sheet.made_on, look)
    return RenderedCard(reader=sheet.reader.id, html=html, pdf=pdf)


def _as_plain(sheet: CardSheet) -> str:
    day = sheet.made_on
    plain = {
        "organisation": sheet.organisation,
        "heading": sheet.heading,
        "about": sheet.about,
        "case_id": sheet.case_id,
        "level": sheet.reader.level,
        "aside": sheet.aside,
        "labels": dict(sheet.reader.headings),
        "steps": [{"name": name, "here": is_here} for name, is_here in sheet.steps],
        "parts": [{"heading": heading, "blocks": list(map(plain_block, blocks))} for heading, blocks in sheet.parts],
        "dated": write_day(day, weekday=False),
        "made_on": [day.year, day.month, day.day],
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _texts(sheet: CardSheet) -> Iterator[str]:
    yield from (sheet.organisation, sheet.heading, sheet.about, sheet.aside)
    for heading, blocks in sheet.parts:
        yield heading
        yield from (text_of(block.inlines) for block in walk(blocks))
