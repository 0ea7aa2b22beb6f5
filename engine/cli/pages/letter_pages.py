"""How letters look in a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.core.dutch import write_day, write_moment

if TYPE_CHECKING:
    from engine.views.lists import LetterView

_STATUS = {"waiting": "staat klaar", "claimed": "wordt verstuurd", "sent": "verstuurd", "failed": "MISLUKT"}


def letter_lines(rows: Iterable[LetterView]) -> list[str]:
    """One or two lines a letter: its key, what it is, to whom, and where it lies."""
    lines: list[str] = []
    for row in rows:
        letter = row.letter
        when = f"{_STATUS[row.status]} {write_day(row.sent_on)}" if row.sent_on else _STATUS[row.status]
        lines.append(f"{letter.key}  {letter.title} — aan {letter.addressee_name} ({letter.addressee}); {when}")
        if not row.sent_on:
            lines.append(f"    klaargezet {write_moment(row.ordered_at)}")
        if row.pdf_path:
            lines.append(f"    {row.pdf_path}")
        if row.error:
            lines.append(f"    {row.error}")
    return lines or ["Er zijn geen brieven."]
