"""The questions asked inside a transaction of SQLAlchemy; and what is due, which is claimed where rows are locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from engine.core.moment import to_utc
from engine.store.deadlines import DUE, DUE_AFTER
from engine.store.dialects import lock_clause
from engine.store.readings import Readings
from engine.store.records import DeadlineRow
from engine.store.snapshot import Row, moment_text

_parsed = lru_cache(maxsize=200)(text)


class ConnectedReadings(Readings):
    """The questions, asked inside a transaction of SQLAlchemy."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer; moments may be given as they are."""
        bound = {name: self._bound(value) for name, value in parameters.items()}
        if not self._is_sqlite:
            return [dict(row) for row in self._connection.execute(_parsed(sql), bound).mappings()]
        # SQLite takes the text as it is; passing it on through SQLAlchemy costs ten times the question.
        cursor = self._connection.connection.cursor()
        cursor.execute(sql, bound)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def due(self, now: datetime, limit: int, *, after: DeadlineRow | None = None) -> tuple[DeadlineRow, ...]:
        """The oldest open deadlines whose moment has come, on PostgreSQL claimed until the transaction ends.

        On SQLite another worker may get the same ones: whoever writes second finds the case changed, and has done
        nothing. `after` goes on behind one that was already tried, so that one that cannot be handled does not hold
        up the rest.
        """
        asked: dict[str, Any] = {"now": now, "limit": limit}
        if after is not None:
            asked |= {
                "after_due_at": after.deadline.due_at,
                "after_case_id": after.case_id,
                "after_key": after.deadline.key,
            }
        sql = (DUE if after is None else DUE_AFTER) + lock_clause(self._connection, "d, c")
        return self._all(DeadlineRow, sql, **asked)

    def _bound(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return moment_text(value) if self._is_sqlite else to_utc(value)
        return value
