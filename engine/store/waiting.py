"""Whether anything waits, asked at once: nearly every heartbeat learns that nothing does."""

from __future__ import annotations

from engine.store.records import Waiting
from engine.store.snapshot import RowSource, maybe_moment

# Statuses are written out: only then does the database use the indexes on what is open.
_WAITING = """
    SELECT (SELECT min(due_at) FROM deadlines WHERE status = 'open') AS next_due_at,
      EXISTS (SELECT 1 FROM letters WHERE status IN ('waiting', 'claimed')) AS has_letters,
      (SELECT seq FROM chains WHERE organisation = :organisation) AS last_line,
      (SELECT value FROM meta WHERE key = 'second_look_seq') AS looked_at,
      (SELECT value FROM meta WHERE key = 'projected_with') AS projected_with,
      (SELECT value FROM meta WHERE key = 'clock_moment') AS clock_moment,
      (SELECT value FROM meta WHERE key = 'is_rehearsal') AS is_rehearsal,
      EXISTS (SELECT 1 FROM meta WHERE key LIKE 'left_behind.%' AND value <> '') AS left_behind
"""


def read_waiting(source: RowSource, organisation: str) -> Waiting:
    """What `Readings.waiting` promises."""
    (row,) = source.rows(_WAITING, organisation=organisation)
    moment = row["clock_moment"] if row["is_rehearsal"] == "yes" else None
    return Waiting(
        projected_with=row["projected_with"] or "",
        next_due_at=maybe_moment(row["next_due_at"]),
        has_letters=bool(row["has_letters"]),
        unseen=int(row["last_line"] or 0) - int(row["looked_at"] or 0),
        left_behind=bool(row["left_behind"]),
        clock_moment=maybe_moment(moment),
    )
