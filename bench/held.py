"""How long another writer would have waited: the longest time that a transaction held the write lock."""

from __future__ import annotations

import time

from engine.store.link import Link
from engine.store.quick import TransactionKind


class LockWatch:
    """Watches every transaction on SQLite from here on: one that writes holds the lock from its beginning."""

    def __init__(self) -> None:
        self.longest = 0.0
        began, begin, end = 0.0, Link.begin, Link.end

        def begun(link: Link, kind: TransactionKind) -> None:
            nonlocal began
            begin(link, kind)
            began = time.perf_counter() if kind is TransactionKind.WRITING else 0.0

        def ended(link: Link, *, keeps: bool) -> None:
            nonlocal began
            end(link, keeps=keeps)
            if began:
                self.longest = max(self.longest, time.perf_counter() - began)
                began = 0.0

        Link.begin, Link.end = begun, ended  # type: ignore[method-assign]
