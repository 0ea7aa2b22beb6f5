"""One reading of a database, as a command that reads does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from engine.store.quick import KeptReadings, sqlite_path
from engine.store.readings import Readings


@contextmanager
def open_readings(url: str) -> Iterator[Readings]:
    """The questions to this database; on PostgreSQL they go through SQLAlchemy."""
    path = sqlite_path(url)
    if path:
        with closing(KeptReadings(path)) as kept, kept.reading() as readings:
            yield readings
        return
    from engine.store.database import Store

    with closing(Store(url)) as store, store.reading() as readings:
        yield readings
