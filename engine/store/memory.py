"""A store in memory, for a rehearsal that leaves nothing behind: made once, and empty again in a moment."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from engine.store.database import Store
from engine.store.upgrading import create_or_upgrade

URL = "sqlite://"


class MemoryStore(Store):
    """An SQLite database of one connection, with the tables that the migrations make. It is never on disk."""

    def __init__(self, organisation: str) -> None:
        super().__init__(URL, engine=create_or_upgrade(URL, organisation=organisation, is_rehearsal=True).engine)
        raw = self.engine.raw_connection().driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._raw, self._empty = raw, raw.serialize()

    def begin(self, moment: datetime) -> None:
        """Throw everything away; the clock of the rehearsal stands at this moment."""
        self._raw.deserialize(self._empty)
        with self.transaction() as tx:
            tx.set_clock_moment(moment)
