"""What is asked of the work that waits: deadlines, letters, alarms; a heartbeat asks it of thousands of cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from engine.store.codec import read_row
from engine.store.records import Alarm, Waiting
from engine.store.snapshot import as_moment
from engine.store.subject_readings import SubjectReadings

T = TypeVar("T")

# A status is written out, never a parameter: only then does the database use the index on open rows.
_NEXT_DUE = "SELECT min(due_at) AS due_at FROM deadlines WHERE organisation = :organisation AND status = 'open'"
_OUTGOING = """
    SELECT count(*) AS number FROM letters WHERE organisation = :organisation AND status IN ('waiting', 'claimed')
"""
CLOCK = """SELECT clock.value FROM meta clock
       JOIN meta kind ON kind.organisation = clock.organisation AND kind.key = 'is_rehearsal' AND kind.value = 'yes'
       WHERE clock.organisation = :organisation AND clock.key = 'clock_moment'"""
_WAITING = f"""
    SELECT
      coalesce((SELECT value FROM meta WHERE organisation = :organisation AND key = 'projected_with'), '')
        AS projected_with,
      coalesce((SELECT value FROM meta WHERE organisation = :organisation AND key = 'law_due'), '') AS law_due,
      coalesce((SELECT value FROM meta WHERE organisation = :organisation AND key = 'published'), '') AS published,
      coalesce((SELECT value FROM meta WHERE organisation = :organisation AND key = 'planned_due'), '') AS planned_due,
      (SELECT min(due_at) FROM deadlines WHERE organisation = :organisation AND status = 'open') AS next_due_at,
      EXISTS (SELECT 1 FROM letters WHERE organisation = :organisation AND status IN ('waiting', 'claimed'))
        OR EXISTS (SELECT 1 FROM meta WHERE organisation = :organisation AND key LIKE 'owed.%' AND value <> '')
        AS has_letters,
      coalesce((SELECT seq FROM chains WHERE organisation = :organisation), 0)
        - coalesce((SELECT CAST(value AS integer) FROM meta
                    WHERE organisation = :organisation AND key = 'second_look_seq'), 0) AS unseen,
      EXISTS (SELECT 1 FROM meta WHERE organisation = :organisation AND key LIKE 'left_behind.%' AND value <> '')
        AS left_behind,
      ({CLOCK}) AS clock_moment,
      (SELECT value FROM meta WHERE organisation = :organisation AND key = 'swept_at') AS swept_at,
      (SELECT at FROM journal WHERE organisation = :organisation ORDER BY seq DESC LIMIT 1) AS last_line_at
"""


class WaitingReadings(SubjectReadings):
    """The questions about work that waits."""

    def next_due_at(self, after: datetime | None = None) -> datetime | None:
        """The moment (UTC) of the first open deadline of all cases (later than `after`): what an idle tick asks."""
        asked = {} if after is None else {"after": after}
        due_at = self.rows(_NEXT_DUE + (" AND due_at > :after" if asked else ""), **asked)[0]["due_at"]
        return None if due_at is None else as_moment(due_at)

    def outgoing_letters(self) -> int:
        """Number of letters that are not yet sent and not given up."""
        return int(self.rows(_OUTGOING)[0]["number"])

    def waiting(self, organisation: str) -> Waiting:
        """Whether there is anything for a heartbeat to do: one question, however many cases there are."""
        return self._all(Waiting, _WAITING, organisation=organisation)[0]

    def alarms(self, *, is_seen: bool = False) -> tuple[Alarm, ...]:
        """What the second evaluator found differently: not yet seen (or seen), oldest first."""
        sql = f"""SELECT * FROM alarms WHERE organisation = :organisation
                  AND seen_at IS {"NOT " if is_seen else ""}NULL ORDER BY at, id"""
        return self._all(Alarm, sql)

    def _all(self, kind: type[T], sql: str, **parameters: Any) -> tuple[T, ...]:
        return tuple(read_row(kind, row) for row in self.rows(sql, **parameters))
