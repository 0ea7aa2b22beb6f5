"""How letters look in a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.core.deciding.outgoing import LetterChange
from engine.core.dutch import write_day, write_moment
from engine.words.forms import LETTER_STATUS

if TYPE_CHECKING:
    from engine.views.lists import LetterView, OwedLetter


def letter_lines(rows: Iterable[LetterView]) -> list[str]:
    """One or two lines a letter: its key, what it is, to whom, and where it lies."""
    lines: list[str] = []
    for row in rows:
        letter = row.letter
        status = LETTER_STATUS[row.status]
        when = f"{status} {write_day(row.sent_on)}" if row.sent_on else status
        lines.append(f"{letter.key}  {letter.title} — aan {letter.addressee_name} ({letter.addressee}); {when}")
        if not row.sent_on:
            lines.append(f"    klaargezet {write_moment(row.ordered_at)}")
        if row.pdf_path:
            lines.append(f"    {row.pdf_path}")
        if row.error:
            lines.append(f"    {row.error}")
    return lines or ["Er zijn geen brieven."]


def owed_lines(owed: Iterable[OwedLetter]) -> list[str]:
    """The letters that cannot be made yet, with where it stands what they wait for."""
    lines = [
        f"{one.case_id}  {one.letter} voor {one.addressee}; wat ontbreekt, staat in `trede case history {one.case_id}`"
        for one in owed
    ]
    return ["", "Brieven die nog niet gemaakt konden worden; zij gaan vanzelf zodra het kan", *lines] if lines else []


def became(change: LetterChange) -> str:
    """What a step made of a letter that had not left."""
    made = "opnieuw gemaakt, " if change.letter is not None and change.sent_on is None else ""
    return made + LETTER_STATUS[change.status]
