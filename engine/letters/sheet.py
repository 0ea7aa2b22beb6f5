"""Everything that stands on one letter, before it gets a look: the same for the page and for the PDF."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date

from engine.core.deciding.readers import WINDOW_LINES, address_lines
from engine.core.dutch import write_day
from engine.core.errors import LetterError
from engine.core.quick_class import dataclass
from engine.letters.blocks import Block, Inline, walk

REFUSED_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One letter. `address` holds the lines under the name; `sender` the lines of the letterhead by name.

    `labels` are the organisation's own words around the text: over the date, under it the greeting.

    `is_closed_here`: the look prints greeting and signatory, because the text does not do so itself.
    `signer` is the person who signs for `signatory`, empty when nobody does by name. `on_behalf_of` is the authority
    for which is signed under mandate (Awb 10:10); empty without mandate.
    """

    title: str
    reference: str
    dated_on: date
    name: str
    address: tuple[str, ...]
    sender: Mapping[str, str]
    signatory: str
    signer: str = ""
    on_behalf_of: str
    is_closed_here: bool
    level: str
    is_draft: bool
    blocks: tuple[Block, ...]
    labels: Mapping[str, str]

    @property
    def dated(self) -> str:
        """The date of the letter in words, without the weekday."""
        return write_day(self.dated_on, weekday=False)


def as_plain(sheet: Sheet) -> str:
    """The sheet as JSON in one fixed form: what the look gets, and what is hashed."""
    # Written out: `dataclasses.asdict` copies every text and takes as long as the Markdown parser.
    plain = {field.name: getattr(sheet, field.name) for field in fields(sheet)} | {
        "dated": sheet.dated,
        "dated_on": [sheet.dated_on.year, sheet.dated_on.month, sheet.dated_on.day],
        "blocks": list(map(plain_block, sheet.blocks)),
    }
    if not sheet.signer:
        del plain["signer"]  # what left without a name is still recognised by the hash of its words
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(sheet: Sheet) -> str:
    """SHA-256 over the words and structure of the letter, apart from its look."""
    return hashlib.sha256(as_plain(sheet).encode()).hexdigest()


def split_address(address: str) -> tuple[str, ...]:
    """The lines of an address: as written, or, on a single line, split at its commas.

    Raises LetterError for an address that does not fit the window of an envelope.
    """
    lines = address_lines(address)
    if len(lines) >= WINDOW_LINES:
        raise LetterError(
            f"Het adres heeft {len(lines)} regels en past niet in het venster van de envelop.",
            why=f"Naam en adres samen zijn ten hoogste {WINDOW_LINES} regels.",
            next_step="Kort het adres in.",
        )
    return lines


def check_characters(sheet: Sheet) -> None:
    """Raise LetterError for a control character, or one that turns the reading direction around."""
    for text in texts_of(sheet):
        for sign in text:
            if unicodedata.category(sign) in ("Cc", "Co", "Cs", "Cn") or sign in REFUSED_DIRECTIONS:
                raise unwritable(sign, text)


def unwritable(sign: str, text: str = "") -> LetterError:
    """The error for a character that cannot be printed in a letter."""
    name = unicodedata.name(sign, "een teken zonder naam")
    shown = f"'{sign}' " if sign.isprintable() else ""
    return LetterError(
        f"Het teken {shown}(U+{ord(sign):04X}, {name}) kan niet in een brief worden afgedrukt.",
        why=f"Het staat in: {text!r}." if text else "",
        next_step="Schrijf het gegeven in andere letters, of voeg een lettertype toe aan de map 'fonts'.",
    )


def texts_of(sheet: Sheet) -> Iterator[str]:
    """Every text on the sheet, in the order of reading."""
    yield from (sheet.name, *sheet.address, *sheet.sender.values())
    yield from (sheet.reference, sheet.title)
    for block in walk(sheet.blocks):
        yield from _texts(block.inlines)
    yield from (sheet.on_behalf_of, sheet.signer, sheet.signatory)


def _texts(parts: Iterable[Inline]) -> Iterator[str]:
    for part in parts:
        yield part.text
        yield part.address
        yield from _texts(part.parts)


def plain_block(block: Block) -> dict[str, object]:
    """A block as plain JSON values: what the look gets."""
    drawn = {"drawing": block.drawing} if block.drawing else {}
    return drawn | {
        "kind": block.kind,
        "level": block.level,
        "start": block.start,
        "inlines": list(map(_plain_inline, block.inlines)),
        "blocks": list(map(plain_block, block.blocks)),
    }


def _plain_inline(part: Inline) -> dict[str, object]:
    parts = list(map(_plain_inline, part.parts))
    return {"kind": part.kind, "text": part.text, "address": part.address, "parts": parts}
