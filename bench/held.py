"""How long another writer would have waited: the longest time that a transaction held the write lock."""

from __future__ import annotations

import time

from engine.store.link import TransactionKind
from engine.store.sqlite import SqliteLink


class LockWatch:
    """Watches every transaction on SQLite from here on: one that writes holds the lock from its beginning."""

    def __init__(self) -> None:
        self.longest = 0.0
        began, begin, end = 0.0, SqliteLink.begin, SqliteLink.end

        def begun(link: SqliteLink, kind: TransactionKind) -> None:
            nonlocal began
            begin(link, kind)
            began = time.perf_counter() if kind is TransactionKind.WRITING else 0.0

        def ended(link: SqliteLink, *, keeps: bool) -> None:
            nonlocal began
            end(link, keeps=keeps)
            if began:
                self.longest = max(self.longest, time.perf_counter() - began)
                began = 0.0

        SqliteLink.begin, SqliteLink.end = begun, ended  # type: ignore[method-assign]
