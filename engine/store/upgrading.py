"""Making the tables and bringing them up to date. Alembic is imported here only: it is slow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, delete, insert, inspect, select, text

from engine.store.complaints import SCHEMA_VERSION, missing_database, unreadable_database, wrong_schema
from engine.store.database import Store
from engine.store.dialects import EVERYONE, begin, open_memory
from engine.store.link import Links, links_to
from engine.store.quick import OPTIONS, TransactionKind, sqlite_path
from engine.store.refused_databases import foreign_tables, lost_version, other_kind, other_organisation
from engine.store.schema import SCHEMA
from engine.store.snapshot import moment_text
from engine.store.tables import meta

_AT_ONCE = 1000
_MIGRATIONS = Path(__file__).parent / "migrations"


def create_or_upgrade(
    url: str, *, organisation: str, is_rehearsal: bool = False, joins: bool = False, may_create: bool = True
) -> Store:
    """What an organisation has at this URL, with the tables of this program; made when there is no database.

    `organisation` and `is_rehearsal` are remembered when it is made, and never changed afterwards: a workplace for
    rehearsal cannot become a real one, nor the other way round. Only who `joins` comes beside another organisation, and
    unless it `may_create` one, an empty database is one that was lost.
    Raises StoreError when it cannot be reached, is of a newer version, or belongs to another.
    """
    path = sqlite_path(url)
    if path and may_create:
        _touch(Path(path))
    elif path and not Path(path).is_file():
        raise missing_database(path)
    elif path and not Path(path).stat().st_size:
        raise wrong_schema(path, "")
    links = links_to(url, EVERYONE)
    try:
        with links.explained(), changing(links.engine) as connection:
            _bring_up_to_date(connection, links.shown, may_create=may_create)
            _belong(connection, links.shown, organisation, is_rehearsal=is_rehearsal, joins=joins)
    finally:
        links.close()
    return Store(url, organisation)


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction to change the tables in; all of it, or nothing when the block raises."""
    with engine.connect() as connection:
        begin(connection)
        yield connection
        connection.commit()


def schema_version(connection: Connection) -> str:
    """The version of the tables in this database; empty when it has none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or ""


def migration_config(connection: Connection) -> Config:
    """The configuration Alembic needs to work on this connection, without a file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _touch(path: Path) -> None:
    try:
        # Readable by its owner alone: it tells about the health of children. The log beside it gets the same rights.
        path.touch(mode=0o600)
    except OSError as error:
        raise unreadable_database(str(path), str(error)) from error


def _bring_up_to_date(connection: Connection, shown: str, *, may_create: bool) -> None:
    if connection.dialect.name == "postgresql":
        # Only one program at a time changes the tables.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('trede.schema'))"))
    found = schema_version(connection)
    if found > SCHEMA_VERSION:
        raise wrong_schema(shown, found)
    if not found:
        # Tables without a version are not ours to change: they are damaged, or another program's.
        there = set(inspect(connection).get_table_names())
        if there:
            raise lost_version(shown) if {"cases", "journal"} <= there else foreign_tables(shown, sorted(there))
        if not may_create:
            raise wrong_schema(shown, found)
    if found != SCHEMA_VERSION:
        command.upgrade(migration_config(connection), "head")


def _belong(connection: Connection, shown: str, organisation: str, *, is_rehearsal: bool, joins: bool) -> None:
    """See to it that the database, or the part of it that joins, is of this organisation and kind."""
    asked = text("SELECT organisation, value FROM meta WHERE key = 'is_rehearsal' ORDER BY organisation")
    kinds = {row[0]: row[1] == "yes" for row in connection.execute(asked)}
    if kinds.get(organisation, is_rehearsal) != is_rehearsal:
        raise other_kind(shown, is_rehearsal=is_rehearsal)
    if organisation in kinds:
        return
    if kinds and not joins:
        raise other_organisation(shown, organisation, sorted(kinds))
    _remember(connection, organisation, is_rehearsal)


def _remember(connection: Connection, organisation: str, is_rehearsal: bool) -> None:
    kind = "yes" if is_rehearsal else "no"
    connection.execute(insert(meta), [{"organisation": organisation, "key": "is_rehearsal", "value": kind}])


class MemoryStore(Store):
    """For a rehearsal that leaves nothing behind: SQLite in memory, made once, and empty again in a moment."""

    def __init__(self, organisation: str) -> None:
        self._raw = sqlite3.connect(":memory:", **OPTIONS)
        links = Links(open_memory(self._raw), "sqlite://")
        with changing(links.engine) as connection:
            _bring_up_to_date(connection, links.shown, may_create=True)
            _belong(connection, links.shown, organisation, is_rehearsal=True, joins=False)
        super().__init__(links.shown, organisation, links=links)
        self._empty = self._raw.serialize()

    def begin_from(self, database: Path, moment: datetime) -> None:
        """Begin with what a SQLite database of this organisation holds, which is only read; the clock stands here."""
        with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as source:
            source.backup(self._raw)
        self._rehearse(moment)

    def begin_with(self, source: Store, moment: datetime) -> None:
        """The same with what a database on a server holds of this organisation, read as of one moment."""
        with changing(self.links.engine) as here, source.links.begun(TransactionKind.READING) as there:
            for table in reversed(SCHEMA.sorted_tables):
                here.execute(delete(table))
            for table in SCHEMA.sorted_tables:
                asked = select(table)
                if "organisation" in table.c:
                    asked = asked.where(table.c.organisation == self.organisation)
                for rows in there.connection.execute(asked).mappings().partitions(_AT_ONCE):
                    here.execute(insert(table), [dict(row) for row in rows])
        self._rehearse(moment)

    def _rehearse(self, moment: datetime) -> None:
        """What was copied is a rehearsal, and its clock stands at this moment."""
        with self.transaction() as tx:
            tx.set_meta("is_rehearsal", "yes")
            tx.set_meta("clock_moment", moment_text(moment))

    def begin(self, moment: datetime) -> None:
        """Throw everything away; the clock of the rehearsal stands at this moment."""
        self._raw.deserialize(self._empty)
        with self.transaction() as tx:
            tx.set_clock_moment(moment)
