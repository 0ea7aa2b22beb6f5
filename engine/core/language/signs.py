"""The signs of a text: made the same whoever typed it, and refused when no person or letter can show them.

What looks the same must be the same: a name with a no-break space, or with its accent apart, is no other person.
"""

from __future__ import annotations

import re
import unicodedata

# Kept as texts: `re` compiles each when it is first asked for, and most commands meet plain text only.
# Seen by nobody, and kept by every office program: they would make two names of one.
_NOTHING = "[\u00ad\u200b\u2060\ufeff]"
# Tabs and the spaces of typographers.
_SPACES = "[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
# Every way to break a line, also those of word processors (U+000B) and of JSON (U+2028).
_BREAKS = "\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_PLAIN = re.compile(r"[ -~\n]*")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# What the fonts of Typst itself can print, so that every machine prints it: the scripts of Europe, Hebrew, Arabic.
# No emoji, no signs of China, India or Japan. A test of the letters prints every one of them.
_PRINTED = (
    r"[\n\x20-~\u00a1-\u00ac\u00ae-\u0481\u048a-\u04ff\u0531-\u058a\u0591-\u05f4\u060c\u061b\u061f\u0621-\u063a"
    r"\u0640-\u0655\u0660-\u0669\u067e\u0686\u0698\u06a9\u06af\u06cc\u1d00-\u1dbf\u1e00-\u1fff\u2010-\u2027"
    r"\u2030-\u2040\u2044-\u2052\u2070-\u209c\u20a0-\u20bf\u2100-\u211e\u2122\u2126-\u214f\u2150-\u2184"
    r"\u2190-\u22ff\u25a0-\u25ff\u2713\u2714\ufb00-\ufb06\ufb1d-\ufb4f]*"
)


# What a spreadsheet shows in place of a value it could not find or compute, in English and in Dutch.
SHEET_ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#N/B", "#VERW!", "#WAARDE!", "#NAAM?", "#DEEL/0!", "#GETAL!", "#LEEG!", "#OVERLOOP!", "#BEREKENEN!",
})  # fmt: skip


def clean(text: str) -> str:
    """The text as the house keeps it: composed (NFC), with plain spaces and line breaks, nothing around it.

    Each line loses the blanks at its end. What only makes a difference to a machine is gone; what is left and cannot
    be seen is for `hidden_sign` to find.
    """
    if _PLAIN.fullmatch(text):  # nearly every value
        return _trimmed(text)
    spaced = re.sub(_SPACES, " ", re.sub(_BREAKS, "\n", re.sub(_NOTHING, "", text)))
    return _trimmed(unicodedata.normalize("NFC", spaced))


def _trimmed(text: str) -> str:
    if "\n" not in text:
        return text.strip(" ")
    return "\n".join(line.rstrip(" ") for line in text.split("\n")).strip(" \n")


def is_blank(text: str) -> bool:
    """Whether nothing is left of the text once it is clean."""
    return not clean(text)


def hidden_sign(text: str) -> str:
    """The first sign that steers a machine instead of being read (a line break is none); empty when there is none."""
    if _PLAIN.fullmatch(text):
        return ""
    return next((sign for sign in text if sign != "\n" and unicodedata.category(sign) in _HIDDEN), "")


def unprintable_sign(text: str) -> str:
    """The first sign that a letter cannot print; empty when there is none."""
    if _PLAIN.fullmatch(text):  # nearly every value
        return ""
    printed = re.match(_PRINTED, text)
    assert printed is not None  # it matches at least nothing
    return text[printed.end() : printed.end() + 1]


def name_of_sign(sign: str) -> str:
    """A sign as a message can show it, also when it cannot be shown: its code, with its name in Unicode."""
    name = unicodedata.name(sign, "")
    return f"U+{ord(sign):04X}, {name}" if name else f"U+{ord(sign):04X}"
