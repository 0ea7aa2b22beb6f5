"""A sheet to PDF. The letterhead is Typst; the letter goes to it as JSON, never as Typst source.

The file claims PDF/UA-1 (accessible) and PDF/A-2a (archive), and Typst refuses to write one that breaks them.
Only fonts of the look and of Typst itself are used, so that every machine makes the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from engine.core.errors import LetterError
from engine.letters.look import Look
from engine.letters.sheet import Sheet, as_plain, texts_of, unwritable

if TYPE_CHECKING:
    from typst import Compiler, TypstError

STANDARDS: tuple[Literal["ua-1"], Literal["a-2a"]] = ("ua-1", "a-2a")
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed|codepoint `"(.+?)"`')
ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")

_one_at_a_time = Lock()


def write_pdf(sheet: Sheet, look: Look) -> bytes:
    """The PDF: the same bytes for the same sheet and look.

    Raises LetterError for a character that no font has, and for a letterhead that Typst refuses.
    """
    return typeset({"letter": as_plain(sheet)}, tuple(texts_of(sheet)), sheet.dated_on, look)


def typeset(inputs: Mapping[str, str], texts: Sequence[str], dated_on: date, look: Look) -> bytes:
    """The PDF that a look makes of these inputs, dated on a local day; `texts` is every text in it.

    Raises LetterError for a character that no font has, and for a look that Typst refuses.
    """
    from typst import TypstError

    made_at = datetime.combine(dated_on, time(12), UTC)
    with _one_at_a_time:
        try:
            made = _compiler(look, _changed_at(look)).compile(
                format="pdf",
                sys_inputs=dict(inputs),
                pdf_standards=list(STANDARDS),
                timestamp=int(made_at.timestamp()),
            )
        except TypstError as wrong:
            raise _explain(wrong, texts, look) from wrong
    if not isinstance(made, bytes):
        raise LetterError("Er is geen PDF gemaakt.", where=str(look.letterhead))
    return made


def _changed_at(look: Look) -> tuple[int, ...]:
    return tuple(file.stat().st_mtime_ns for file in sorted(look.root.glob("*/*.typ")))


# A compiler costs 10 ms to make and 5 ms to use. It must be made from a file: one made from bytes works once.
@lru_cache(maxsize=4)
def _compiler(look: Look, changed_at: tuple[int, ...]) -> Compiler:
    from typst import Compiler

    return Compiler(
        str(look.letterhead),
        root=look.root,
        font_paths=[str(folder) for folder in look.fonts],
        ignore_system_fonts=True,
        package_path=_nowhere(look),
        package_cache_path=_nowhere(look),
    )


def _nowhere(look: Look) -> Path:
    return look.root / "no-packages"


def _explain(wrong: TypstError, texts: Sequence[str], look: Look) -> LetterError:
    found = NO_GLYPH.search(wrong.message)
    if found:
        sign = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1] or found[2])[:1]
        return unwritable(sign, next((text for text in texts if sign in text), ""))
    return LetterError(
        "De brief kan niet worden opgemaakt.",
        where=str(look.letterhead),
        why=wrong.diagnostic or wrong.message,
        next_step="Verbeter het briefpapier en maak de brief opnieuw.",
    )
