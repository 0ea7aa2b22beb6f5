"""Questions about the whole house: does each table say what the others say. Cheap ones, over all cases at once."""

from __future__ import annotations

from datetime import datetime

from engine.core.deciding.step import Entry, RunningTerm
from engine.core.quick_class import dataclass
from engine.store.codec import read_row, running_from_json
from engine.store.readings import Readings
from engine.store.snapshot import maybe_moment

_BEHIND = """
    SELECT c.id FROM cases c
    LEFT JOIN (SELECT case_id, max(case_version) AS version FROM journal
               WHERE organisation = :organisation AND case_id IS NOT NULL GROUP BY case_id) j ON j.case_id = c.id
    WHERE c.organisation = :organisation AND coalesce(j.version, 0) <> c.version ORDER BY c.id
"""
_NEXT_MOMENTS = """
    SELECT c.id, c.next_due_at, d.due_at FROM cases c
    LEFT JOIN (SELECT case_id, min(due_at) AS due_at FROM deadlines
               WHERE organisation = :organisation AND status = 'open' GROUP BY case_id) d ON d.case_id = c.id
    WHERE c.organisation = :organisation AND (c.next_due_at IS NOT NULL OR d.due_at IS NOT NULL) ORDER BY c.id
"""
_RUNNING = "SELECT running_terms FROM cases WHERE organisation = :organisation AND id = :id"
_LAST = "SELECT max(at) AS at FROM journal WHERE organisation = :organisation"
_RECENT = """
    SELECT case_id FROM journal WHERE organisation = :organisation AND case_id IS NOT NULL
    GROUP BY case_id ORDER BY max(seq) DESC LIMIT :limit
"""
_ALL = "SELECT id FROM cases WHERE organisation = :organisation ORDER BY id"
_LINES = "SELECT * FROM journal WHERE organisation = :organisation AND case_id = :id ORDER BY seq"
_HANDED = """
    SELECT key, frozen_hash, pdf_path FROM letters
    WHERE organisation = :organisation AND status = 'sent' AND pdf_path <> '' AND substr(pdf_path, 1, 10) >= :since
    ORDER BY key
"""
_FILES = "SELECT html_path, pdf_path FROM letters WHERE organisation = :organisation AND status = 'sent'"


def cases_behind_their_journal(readings: Readings) -> tuple[str, ...]:
    """The cases whose last line is not that of their version: lines were lost, or the case was put back."""
    return tuple(row["id"] for row in readings.rows(_BEHIND))


def cases_without_their_deadline(readings: Readings) -> tuple[str, ...]:
    """The cases whose next moment is not that of their first open deadline: rows of deadlines were lost."""
    found = readings.rows(_NEXT_MOMENTS)
    return tuple(row["id"] for row in found if maybe_moment(row["next_due_at"]) != maybe_moment(row["due_at"]))


def last_moment(readings: Readings) -> datetime | None:
    """The moment of the latest line in UTC; None without lines."""
    return maybe_moment(readings.rows(_LAST)[0]["at"])


def recent_cases(readings: Readings, limit: int) -> tuple[str, ...]:
    """The cases that changed last, the latest first."""
    return tuple(row["case_id"] for row in readings.rows(_RECENT, limit=limit))


def all_cases(readings: Readings) -> tuple[str, ...]:
    """The numbers of all cases, in order; also of those that cannot be read any more."""
    return tuple(row["id"] for row in readings.rows(_ALL))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTold:
    """A line of a case: its number in the journal, the version it made, and the digest of the content it rested on."""

    seq: int
    version: int
    digest: str
    entry: Entry


def told_of_case(readings: Readings, case_id: str) -> tuple[LineTold, ...]:
    """The lines of a case, oldest first, with what they rested on."""
    return tuple(
        LineTold(seq=row["seq"], version=row["case_version"], digest=row["content_digest"], entry=read_row(Entry, row))
        for row in readings.rows(_LINES, id=case_id)
    )


def lines_of_case(readings: Readings, case_id: str) -> tuple[tuple[int, Entry], ...]:
    """The lines of a case with the version each made, oldest first."""
    return tuple((row["case_version"], read_row(Entry, row)) for row in readings.rows(_LINES, id=case_id))


def running_terms(readings: Readings, case_id: str) -> tuple[RunningTerm, ...]:
    """The running terms of a case, as its last step left them in its row."""
    return running_from_json(readings.rows(_RUNNING, id=case_id)[0]["running_terms"])


def letters_handed_over(readings: Readings, since: str) -> tuple[tuple[str, str, str], ...]:
    """What was put in the outbox from this day (yyyy-mm-dd) on: key, hash of its words, and where it lies there."""
    found = readings.rows(_HANDED, since=since)
    return tuple((row["key"], row["frozen_hash"] or "", row["pdf_path"]) for row in found)


def sent_files(readings: Readings) -> frozenset[str]:
    """Where letters lie, seen from the outbox."""
    return frozenset(path for row in readings.rows(_FILES) for path in (row["html_path"], row["pdf_path"]) if path)
