"""A database of this program put back to how an older schema kept the same rows, to see that it is taken over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from engine.store.dialects import EVERYONE, open_engine
from engine.store.upgrading import changing, migration_config


@contextmanager
def tables_at(url: str) -> Iterator[Connection]:
    """A transaction to change tables in, on a database that need not be one of this program."""
    engine = open_engine(url, EVERYONE)
    try:
        with changing(engine) as connection:
            yield connection
    finally:
        engine.dispose()


def set_back(path: Path, revision: str) -> None:
    """Make the SQLite database at `path` anew with the tables of a revision, and the rows it held."""
    newer = path.with_suffix(".newer")
    path.rename(newer)
    path.touch()
    with tables_at(f"sqlite:///{path}") as connection:
        command.upgrade(migration_config(connection), revision)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("ATTACH ? AS newer", (str(newer),))
        for (table,) in database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if table != "alembic_version":
                _copy(database, table)
        if revision < "0005":  # from there on each row says for whom it is
            made_for = "SELECT 'organisation', organisation FROM newer.meta WHERE key = 'is_rehearsal'"
            database.execute(f"INSERT INTO main.meta (key, value) {made_for}")
        if revision < "0010":
            database.execute("DELETE FROM main.meta WHERE key = 'published'")
    newer.unlink()


def _copy(database: sqlite3.Connection, table: str) -> None:
    held = [{row[1] for row in database.execute(f"PRAGMA {part}.table_info({table})")} for part in ("main", "newer")]
    names = ", ".join(f'"{name}"' for name in sorted(held[0] & held[1]))
    # What the older schema has no place for (a line of no case) was not there.
    database.execute(f"INSERT OR IGNORE INTO main.{table} ({names}) SELECT {names} FROM newer.{table}")
