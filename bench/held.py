"""How long another writer would have waited: the longest time that a transaction held the write lock."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Engine, event


class LockWatch:
    """Watches the transactions of an engine on SQLite, where every writing one holds the lock from its beginning."""

    def __init__(self, engine: Engine) -> None:
        self.longest = 0.0
        self._began = 0.0
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", self._end)
        event.listen(engine, "rollback", self._end)

    def _begin(self, connection: Any) -> None:
        is_reading = connection.get_execution_options().get("trede_reading", False)
        self._began = 0.0 if is_reading else time.perf_counter()

    def _end(self, _connection: Any) -> None:
        if self._began:
            self.longest = max(self.longest, time.perf_counter() - self._began)
