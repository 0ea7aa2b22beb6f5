"""What would go out or move until a day, when nobody does anything: the sweep, played on a copy in memory.

The same use cases as the real sweep, so it cannot promise something else; nothing of it is written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from engine.core.deciding.step import EntryKind
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.rehearsal.memory import MemoryRuntime
from engine.runtime import Runtime
from engine.store.quick import sqlite_path
from engine.usecases.own_outbox import adopt_outbox
from engine.usecases.pass_time import pass_time
from engine.views.lists import EntryView, HistoryView

_SHOWN = (
    EntryKind.OPENED,
    EntryKind.MOVED,
    EntryKind.TERM_REMINDED,
    EntryKind.TERM_PASSED,
    EntryKind.LETTER_ORDERED,
    EntryKind.LETTER_SENT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would happen in each case, in order of time, and what could not be done (case or letter, and why)."""

    cases: tuple[tuple[str, HistoryView], ...]
    failed: tuple[tuple[str, str], ...]


def preview_due(runtime: Runtime, until: datetime) -> Preview:
    """Everything that would go out or move until this moment. Raises UsageError for one that has been."""
    ahead = MemoryRuntime(runtime.catalogue, runtime.settings.organisation)
    ahead.planned = runtime.planned
    try:
        if path := sqlite_path(runtime.settings.database_url):
            ahead.store.begin_from(Path(path), runtime.now())
        else:
            ahead.store.begin_with(runtime.store, runtime.now())
        adopt_outbox(ahead)  # the copy sends nowhere, and not to the folder that the database knows
        with ahead.reading() as readings:
            last = readings.last_line(ahead.settings.organisation)
        failed = pass_time(ahead, until).failed
        return Preview(cases=tuple(_seen(ahead, last)), failed=failed)
    finally:
        ahead.close()


def _seen(ahead: MemoryRuntime, last: int) -> list[tuple[str, HistoryView]]:
    found: list[tuple[str, HistoryView]] = []
    with ahead.reading() as readings:
        changed = readings.cases_changed_since(ahead.settings.organisation, last, 100_000)
        for case_id in sorted({case_id for _, case_id in changed if case_id}):
            entries = tuple(entry for entry in readings.journal(case_id) if entry.seq > last and entry.kind in _SHOWN)
            if entries:
                case = readings.load_case(case_id)
                content = ahead.content_of(case, local_day(entries[-1].at))
                found.append((case_id, HistoryView(content=content, entries=entries)))
    return sorted(found, key=lambda one: one[1].entries[0].at)


def without_orders(entries: Sequence[EntryView]) -> Iterator[EntryView]:
    """The entries, without the order of a letter that is sent further on: one line for one letter."""
    sent = {one.details.get("key") for one in entries if one.kind is EntryKind.LETTER_SENT}
    for entry in entries:
        is_order = entry.kind is EntryKind.LETTER_ORDERED
        if not (is_order and entry.details.get("key") in sent):
            yield entry
