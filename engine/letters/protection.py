"""Values are data, never markup.

A value goes into the Markdown as a token: two private-use characters around its code points in hexadecimal. No
parser of Markdown sees markup in such a token, and no value can forge one. After parsing the tokens become text
again. The step in between holds no state, so it cannot mix up letters.
"""

from __future__ import annotations

import re
import unicodedata

OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{OPEN}([0-9a-f ]*){CLOSE}")
PICTURE = "\ue002"
PICTURE_TOKEN = re.compile(f"{PICTURE}{OPEN}([0-9a-f]*){CLOSE}{OPEN}([0-9a-f]*){CLOSE}")
RESERVED = frozenset((OPEN, CLOSE, PICTURE))


class Protected(str):
    """Markdown whose values are already tokens."""

    __slots__ = ()


def protect(text: str) -> Protected:
    """The token for a value: in composed form (NFC), with a line feed as its only kind of line end."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return Protected(f"{OPEN}{plain.encode('utf-32-be').hex()}{CLOSE}")


def protect_picture(drawing: str, words: str) -> Protected:
    """The token for a picture: its SVG, and the words for who cannot see it. Only our own code draws."""
    return Protected(f"{PICTURE}{protect(drawing)}{protect(words)}")


def picture_in(text: str) -> tuple[str, str] | None:
    """The SVG and the words, when the text is one picture and nothing else."""
    found = PICTURE_TOKEN.fullmatch(text.strip())
    return (_decoded(found[1]), _decoded(found[2])) if found else None


def restore(text: str) -> str:
    """The text with every token replaced by its value."""
    return TOKEN.sub(lambda found: _decoded(found[1]), text)


def _decoded(code: str) -> str:
    return bytes.fromhex(code).decode("utf-32-be")
