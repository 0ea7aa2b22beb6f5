"""What is due, claimed by the worker that asks for it: by Core, for only a server has a clause for that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal_column, select, tuple_

from engine.core.deciding.case import Case
from engine.store.codec import read_row
from engine.store.columns import Statement
from engine.store.link import Link
from engine.store.readings import Readings
from engine.store.records import DeadlineRow
from engine.store.subject_readings import DOSSIER_MARK, read_mark
from engine.store.tables import cases, deadlines

_ORDER = (deadlines.c.due_at, deadlines.c.case_id, deadlines.c.key)
_FIRST = (
    select(deadlines)
    .join(cases, and_(cases.c.organisation == deadlines.c.organisation, cases.c.id == deadlines.c.case_id))
    # The status is written out: only then does the database use the index on open rows.
    .where(
        deadlines.c.organisation == bindparam("organisation"),
        deadlines.c.status == literal_column("'open'"),
        deadlines.c.due_at <= bindparam("now"),
    )
    .order_by(*_ORDER)
    .limit(bindparam("limit"))
    .with_for_update(of=[deadlines, cases], skip_locked=True)
)
_BEHIND = tuple_(*_ORDER) > tuple_(*(bindparam(f"after_{column.name}", type_=column.type) for column in _ORDER))
_DUE, _DUE_AFTER = Statement(_FIRST), Statement(_FIRST.where(_BEHIND))


class ClaimingReadings(Readings):
    """The questions, asked on the connection on which is written."""

    _link: Link

    def mark_later(self, kind: str, case: Case, then: Callable[[tuple[int, bool]], None]) -> None:
        """The mark of a dossier as it is now, for `then` before anything is kept; nobody waits for it."""
        these = {"organisation": case.organisation, "kind": kind, "number": case.subject, "besides": case.id}
        self._link.ask_later(DOSSIER_MARK, these, lambda found: then(read_mark(found)))

    def due(self, now: datetime, limit: int, *, after: DeadlineRow | None = None) -> tuple[DeadlineRow, ...]:
        """The oldest open deadlines whose moment has come, on PostgreSQL claimed until the transaction ends.

        On SQLite another worker may get the same ones: whoever writes second finds the case changed, and has done
        nothing. `after` goes on behind one that was already tried, so that one that cannot be handled does not hold
        up the rest.
        """
        asked: dict[str, Any] = {"organisation": self.organisation, "now": now, "limit": limit}
        if after is not None:
            asked |= {
                "after_due_at": after.deadline.due_at,
                "after_case_id": after.case_id,
                "after_key": after.deadline.key,
            }
        found = self._link.answer(_DUE if after is None else _DUE_AFTER, asked)
        return tuple(read_row(DeadlineRow, row) for row in found)
