"""A link: one connection of SQLAlchemy, on which everything is written, in SQLite and in PostgreSQL.

What writes, and what claims rows, is a statement of Core made from the tables of `schema.py`: a column that is not
there is refused when it is made. Making one and writing it out costs more than running it, so that is done once for
each dialect; from then on it is a text with parameters, whose values go through the types of their columns.

Questions are texts, as they are without SQLAlchemy (`quick.py`). Both go to the driver of this same connection: what
SQLAlchemy does around each would take longer than the database does over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import Connection, Dialect, Engine, Table, text
from sqlalchemy.exc import StatementError

from engine.store.columns import TAKES_THE_RIGHT, Change, Statement, adding, changing
from engine.store.complaints import ExplainedErrors
from engine.store.dialects import is_locking_rows, open_engine
from engine.store.drivers import driver_of
from engine.store.quick import Given, TransactionKind, as_sqlite, check_schema, file_identity, sqlite_path
from engine.store.snapshot import Row

_TOGETHER = 12
"""How many new rows go in one statement to a server: more than an act writes, for each number is a text of its own."""


class Link:
    """A connection with at most one transaction under way; `file` is the one it is on, None of a server."""

    def __init__(self, connection: Connection, file: tuple[int, int] | None = None) -> None:
        self.connection, self.file = connection, file
        self.is_locking_rows = is_locking_rows(connection)
        self._dialect = connection.dialect
        self._driver = driver_of(connection)
        self.at_first: Row = {}

    def begin(self, kind: TransactionKind) -> None:
        """Begin a transaction. To write on SQLite waits until no other program writes."""
        self._driver.begin(kind)

    def begin_to_write(self) -> bool:
        """Begin to write, after what was asked; whether nobody can have written anything since the first question.

        On a server what was asked belongs to no transaction, or to the one in which rows were claimed.
        """
        if self.is_asked and not self.is_locking_rows:
            if self._driver.goes_on(TAKES_THE_RIGHT.written_for(self._dialect).sql):
                return True
            self.end(keeps=False)
        if not self.is_asked:
            self.begin(TransactionKind.WRITING)
        return False

    def end(self, *, keeps: bool) -> None:
        """End the transaction, if any: with all that was written in it, or without."""
        self._driver.end(keeps=keeps)

    def give_up(self) -> None:
        """Undo what was not kept, and give the connection back."""
        with self.connection:
            if not self.is_lost:
                self.end(keeps=False)

    @property
    def is_asked(self) -> bool:
        """Whether a transaction is under way."""
        return self._driver.is_begun

    @property
    def is_lost(self) -> bool:
        """Whether the connection is no more."""
        return self._driver.is_lost

    def rows(self, sql: str, given: Given) -> list[Row]:
        """All rows of the answer to a question."""
        if self.is_locking_rows:
            return self._driver.ask(_as_sent(sql, self._dialect), given)
        return self._driver.ask(sql, as_sqlite(given))

    def answer(self, statement: Statement, given: Given) -> list[Row]:
        """All rows that a statement claims, locks or gives back."""
        written = statement.written_for(self._dialect)
        return self._driver.claim(written.sql, written.bound(given))

    def run(self, statement: Statement, *given: Given) -> int:
        """Run a statement for each of these; the number of rows it changed."""
        written = statement.written_for(self._dialect)
        return self._driver.run(written.sql, [written.bound(one) for one in given])

    def send(self, statement: Statement, *given: Given) -> None:
        """The same for who asks nothing back: a server is not waited for, and what it refuses is told later."""
        written = statement.written_for(self._dialect)
        self._driver.send(written.sql, [written.bound(one) for one in given])

    def add(self, table: Table, rows: Sequence[Given], *, unless_there: bool = False) -> None:
        """Write new rows, all with the same columns; `unless_there`: a key that is there already is passed over."""
        if not rows:
            return
        if self.is_locking_rows and 1 < len(rows) <= _TOGETHER:
            self.send(*_adding_together(table, rows, unless_there=unless_there))
        else:
            self.send(adding(table, tuple(rows[0]), unless_there=unless_there), *rows)

    def add_new(self, table: Table, rows: Sequence[Given]) -> int:
        """Write those of these rows whose key is not there yet; how many those were."""
        return self.run(adding(table, tuple(rows[0]), unless_there=True), *rows)

    def add_all_new(self, table: Table, rows: Sequence[Given], unless: Callable[[], None]) -> None:
        """Write new rows; `unless` is called, before anything is kept, when the key of one is there already."""
        many = len(rows)
        if many > _TOGETHER:
            if self.add_new(table, rows) != many:
                unless()
            return
        statement, given = _adding_together(table, rows, unless_there=True)
        self._run_later(statement, given, many, unless)

    def change(self, table: Table, *changes: Change) -> int:
        """Change rows, all in the same columns; how many there were. None asks for a column that is empty."""
        return self.run(*changing(table, changes)) if changes else 0

    def change_one(self, table: Table, change: Change, unless: Callable[[], None]) -> None:
        """Change a row; `unless` is called, before anything is kept, when there was none. It may change another."""
        statement, given = changing(table, (change,))
        self._run_later(statement, given, 1, unless)

    def ask_later(self, sql: str, given: Given, then: Callable[[list[Row]], None]) -> None:
        """Ask what must be known before anything is kept: who writes on meanwhile does not wait for a server.

        `then` is called with all rows of the answer, which is of this moment; what it raises undoes the transaction.
        """
        if self.is_locking_rows:
            self._driver.ask_later(_as_sent(sql, self._dialect), given, then)
        else:
            self._driver.ask_later(sql, as_sqlite(given), then)

    def _run_later(self, statement: Statement, given: Given, many: int, unless: Callable[[], None]) -> None:
        def judge(changed: int) -> None:
            if changed != many:
                unless()

        written = statement.written_for(self._dialect)
        self._driver.run_later(written.sql, written.bound(given), judge)

    def send_changes(self, table: Table, *changes: Change) -> None:
        """The same for who asks nothing back."""
        if changes:
            self.send(*changing(table, changes))


class Links:
    """Links to one database. `shown` is the database as messages name it, without a password.

    A link is kept for the next who asks, because to take one from the pool and give it back costs more than most
    answers. The question after the version of the tables, asked each time, shows whether a kept one is still there.
    """

    def __init__(self, engine: Engine, shown: str, path: str = "") -> None:
        self.engine, self.shown = engine, shown
        self._path = path
        self._idle: list[Link] = []

    @contextmanager
    def begun(self, kind: TransactionKind, along: str = "", given: Given | None = None) -> Iterator[Link]:
        """A link with a transaction; what is not kept when the block ends is undone.

        `along` is asked at once, as columns of one row; the answer lies in `at_first`. Only for who does not write yet.
        Raises StoreError when the tables are of another version.
        """
        with self.explained():
            link = self._begin(kind, along, given)
            try:
                yield link
            except BaseException:
                link.give_up()
                raise
            link.end(keeps=False)
            self._idle.append(link)

    def close(self) -> None:
        """Close all connections."""
        while self._idle:
            self._idle.pop().connection.close()
        self.engine.dispose()

    def _begin(self, kind: TransactionKind, along: str, given: Given | None) -> Link:
        file = file_identity(self._path) if self._path else None
        while self._idle:
            link = self._idle.pop()
            if link.file != file:  # another file was put in its place
                link.connection.invalidate()
                link.connection.close()
                continue
            try:
                return self._checked(link, kind, along, given)
            except self.engine.dialect.loaded_dbapi.Error:
                if not link.is_lost:
                    raise
        return self._checked(Link(self.engine.connect(), file), kind, along, given)

    def _checked(self, link: Link, kind: TransactionKind, along: str, given: Given | None) -> Link:
        # Each time, which costs a file a few microseconds: a long-lived program must see an upgrade.
        try:
            link.begin(kind)
            link.at_first = check_schema(link, self.shown, along, given)
        except BaseException:
            link.give_up()
            raise
        return link

    def explained(self) -> ExplainedErrors:
        """Turn what SQLAlchemy and the driver raise into StoreError, or CaseError when another writer was first."""
        return ExplainedErrors(self.shown, StatementError, self.engine.dialect.loaded_dbapi.Error)


def links_to(url: str, organisation: str, *, survives_power_cut: bool = True) -> Links:
    """Links to the database at this URL, for one organisation.

    Raises StoreError for a URL of neither kind, or without a driver for it.
    """
    engine = open_engine(url, organisation, survives_power_cut=survives_power_cut)
    path = sqlite_path(url)
    return Links(engine, path or engine.url.render_as_string(hide_password=True), path)


def _adding_together(table: Table, rows: Sequence[Given], *, unless_there: bool) -> tuple[Statement, Given]:
    """What adds these rows in one statement: each statement is work for both sides of the line to a server."""
    if len(rows) == 1:
        return adding(table, tuple(rows[0]), unless_there=unless_there), rows[0]
    together = {f"{name}_{place}": value for place, row in enumerate(rows) for name, value in row.items()}
    return adding(table, tuple(rows[0]), len(rows), unless_there=unless_there), together


@lru_cache(maxsize=500)
def _as_sent(sql: str, dialect: Dialect) -> str:
    """A question as the driver of a server wants it."""
    return str(text(sql).compile(dialect=dialect))
