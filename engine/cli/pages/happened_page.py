"""Single entries of a journal on a line, apart from the history of their case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.cli.pages.history_page import entry_text
from engine.cli.pages.wording import ContentWords
from engine.core.dutch import count_words

if TYPE_CHECKING:
    from engine.usecases.tell_sweep import Happened
    from engine.views.lists import EntryView, HistoryView


def entry_line(history: HistoryView, entry: EntryView) -> str:
    """What one entry says, without who did it and when."""
    return entry_text(ContentWords(history.content, history.names), entry.kind, entry.details)


def happened_lines(happened: Happened) -> list[str]:
    """What a sweep did, a line each, with the case it is about."""
    more = f"  En nog {count_words(happened.more, 'regel', 'regels')}; zie trede case history ZAAK."
    lines = (
        f"  {entry.case_id}  {entry_text(ContentWords(content), entry.kind, entry.details)}"
        for entry in happened.entries
        if (content := happened.contents.get(entry.case_id)) is not None
    )
    return [*lines, *([more] if happened.more else [])]
