"""What figures are counted from: lines of the journal, letters; of a whole organisation at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from engine.core.deciding.step import EntryKind
from engine.core.quick_class import dataclass
from engine.store.readings import Readings
from engine.store.snapshot import as_moment

_EXAMPLE = """
    SELECT key FROM letters WHERE organisation = :organisation AND status = 'sent'
    ORDER BY clause = 'objection' DESC, sent_at DESC, key LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """A line of the journal, as far as reports need it."""

    case_id: str
    at: datetime
    kind: EntryKind
    details: Mapping[str, object]


def journal_lines(
    readings: Readings, organisation: str, kinds: Sequence[EntryKind]
) -> Iterator[tuple[str, JournalLine]]:
    """The lines of these kinds with the workflow of their case, by case and oldest first."""
    listed = ", ".join(f"'{kind.value}'" for kind in kinds)
    rows = readings.rows(
        "SELECT c.workflow, j.case_id, j.at, j.kind, j.details FROM journal j JOIN cases c ON c.id = j.case_id"
        f" WHERE j.organisation = :organisation AND j.kind IN ({listed}) ORDER BY j.case_id, j.seq",
        organisation=organisation,
    )
    for row in rows:
        line = JournalLine(
            case_id=row["case_id"],
            at=as_moment(row["at"]),
            kind=EntryKind(row["kind"]),
            details=json.loads(row["details"]),
        )
        yield row["workflow"], line


def letter_statuses(readings: Readings, organisation: str) -> tuple[tuple[str, str], ...]:
    """Of each letter what it is, and where it lies."""
    found = readings.rows("SELECT letter, status FROM letters WHERE organisation = :o", o=organisation)
    return tuple((row["letter"], row["status"]) for row in found)


def example_letter(readings: Readings, organisation: str) -> str:
    """The key of a letter worth looking at: with a clause about objection, of the last that went out; or empty."""
    found = readings.rows(_EXAMPLE, organisation=organisation)
    return str(found[0]["key"]) if found else ""
