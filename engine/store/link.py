"""A link: one connection to a database, and all in which SQLite and PostgreSQL differ when rows are asked or written.

Statements are texts that both understand, with `:name` where a value comes. They are written by hand, and not built
by a library on each call: building one costs more than running it, and so does the start of the library.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from enum import Enum
from functools import cache
from typing import Any, ClassVar

from engine.store.snapshot import Row

Given = Mapping[str, Any]
"""Values by name. Days and moments go as they are: a link knows what its database wants."""

BUSY_SECONDS = 10
"""How long a writer waits for another one before it gives up."""

SERVER_OPTIONS: dict[str, Any] = {"connect_timeout": BUSY_SECONDS, "options": f"-c lock_timeout={BUSY_SECONDS}s"}
"""How a server is connected to."""


class TransactionKind(Enum):
    """What a transaction is begun for."""

    ASKING = "asking"
    """Questions, of which some may be followed by writing. It holds up no writer."""
    READING = "reading"
    """Questions alone: all answered as of one moment."""
    WRITING = "writing"


class Link(ABC):
    """One connection, with at most one transaction under way."""

    doubled: ClassVar[type[Exception]]
    """What the driver raises when a rule of the tables is broken, such as a key that is there already."""

    @abstractmethod
    def begin(self, kind: TransactionKind) -> None:
        """Begin a transaction. To write on SQLite waits until no other program writes."""

    @abstractmethod
    def end(self, *, keeps: bool) -> None:
        """End the transaction, if any: with all that was written in it, or without."""

    @property
    @abstractmethod
    def is_asked(self) -> bool:
        """Whether a transaction is under way."""

    @abstractmethod
    def rows(self, sql: str, given: Given) -> list[Row]:
        """All rows of the answer."""

    @abstractmethod
    def run(self, sql: str, *given: Given) -> int:
        """Run a statement for each of these; the number of rows it changed."""

    def send(self, sql: str, *given: Given) -> None:
        """The same for who asks nothing back: a server is not waited for, and what it refuses is told later."""
        self.run(sql, *given)

    def wait(self) -> None:  # noqa: B027  a file answers at once
        """Wait for all that was sent; what was refused of it is raised here."""

    @abstractmethod
    def schema_version(self) -> str:
        """The version of the tables; empty when there are none."""

    def claiming(self, table: str) -> str:
        """What ends a SELECT that claims the rows of this table, so that no second worker gets them.

        Empty on SQLite: the immediate transaction already keeps every other writer out.
        """
        return ""

    def locking(self) -> str:
        """What ends a SELECT whose rows nobody else may change until the transaction ends."""
        return ""

    @property
    def is_locking_rows(self) -> bool:
        """Whether asking and writing can be one transaction, because rows are what is locked."""
        return bool(self.locking())

    def add(self, table: str, rows: Sequence[Given], *, unless_there: bool = False) -> None:
        """Write new rows, all with the same columns; `unless_there`: a key that is there already is passed over."""
        if rows:
            self.send(_insert(table, tuple(rows[0]), unless_there), *rows)


class Links(ABC):
    """Links to one database: taken, given back, and kept meanwhile, because making one costs more than most answers.

    `shown` is the database as messages name it, without a password.
    """

    shown: str

    @abstractmethod
    def take(self) -> Link:
        """A link that nobody else has. Raises StoreError when there is no database."""

    @abstractmethod
    def give_back(self, link: Any) -> None:
        """The link may be taken by another; what was not kept of its transaction is undone."""

    @abstractmethod
    def close(self) -> None:
        """Close what was given back."""

    @abstractmethod
    def explained(self) -> AbstractContextManager[None]:
        """Turn what a driver raises into StoreError, or CaseError when another writer was first."""


@cache
def _insert(table: str, names: tuple[str, ...], unless_there: bool) -> str:
    values = ", ".join(f":{name}" for name in names)
    ending = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values}){ending}"


@cache
def change(table: str, names: tuple[str, ...], where: str) -> str:
    """An UPDATE of these columns, to the values of the same names."""
    return f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in names)} WHERE {where}"
