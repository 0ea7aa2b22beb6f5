"""What columns take: moments with a zone, and nothing that only one of the two databases would keep.

A statement is made and written out once for each dialect, with what becomes of each of its values on the way to its
column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    Dialect,
    Integer,
    String,
    Table,
    bindparam,
    column,
    false,
    insert,
    table,
    update,
)
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.core.moment import to_utc
from engine.core.quick_class import dataclass
from engine.store.complaints import unkeepable
from engine.store.dialects import insert_into, writing_dialect
from engine.store.quick import Given
from engine.store.snapshot import as_moment, moment_text

Change = tuple[Given, Given]
"""What columns become, and what the row must hold now: its key, and whatever else may not have changed."""
THE = "the_"
"""Before the name of a value that only says which row is meant."""
_LARGEST = 2**31
"""A whole number of PostgreSQL is below this; one of SQLite may be 64 bits."""


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; a naive one is refused with UsageError.

    PostgreSQL: `timestamp with time zone`. SQLite: text of 32 characters (`2026-08-01T07:00:00.000000+00:00`),
    which a person can read and whose order as text is the order in time.
    """

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        """The type that this database has for it."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """To the database."""
        if value is None:
            return None
        return to_utc(value) if dialect.name == "postgresql" else moment_text(value)

    def process_result_value(self, value: str | datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else as_moment(value)


def _guard_of(name: str, kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """What lets a value for this column through, or raises UsageError; None for kinds that need no guard.

    SQLite keeps whatever it is given, whatever the column says; PostgreSQL refuses. A workplace that began in a file
    could then not move to a server, so both refuse alike, and here.
    """
    if isinstance(kind, String):
        return _guard_of_text(name, kind.length)
    return _guard_of_number(name) if isinstance(kind, Integer) else None


def _fits_plain(kind: TypeEngine[Any]) -> int:
    """Up to which length a text without signs outside ASCII passes the guard of such a column; 0: not text."""
    return (kind.length or _LARGEST) if isinstance(kind, String) else 0


def _guard_of_text(name: str, longest: int | None) -> Callable[[Any], Any]:
    def guard(value: str | None) -> str | None:
        if value is None:
            return None
        if longest is not None and len(value) > longest:
            raise unkeepable(name, f"De tekst telt {len(value)} tekens; hier passen er {longest}.")
        if "\0" in value or not (value.isascii() or _is_whole(value)):
            raise unkeepable(name, "Er staat een teken in dat geen tekst is.")
        return value

    return guard


def _is_whole(value: str) -> bool:
    try:
        value.encode()  # half a sign, which is what a byte becomes that is no text, cannot be
    except UnicodeEncodeError:
        return False
    return True


def _guard_of_number(name: str) -> Callable[[Any], Any]:
    def guard(value: int | None) -> int | None:
        if value is not None and not -_LARGEST <= value < _LARGEST:
            raise unkeepable(name, f"Het getal is groter dan {_LARGEST - 1}.")
        return value

    return guard


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A statement as one dialect wants it, and what becomes of the values that are given to it."""

    sql: str
    standing: Mapping[str, Any]
    names: tuple[str, ...]
    guards: tuple[tuple[int, Callable[[Any], Any], int], ...]

    def bound(self, given: Given) -> list[Any]:
        """The values by place, as the types of their columns make them."""
        if self.standing:
            given = {**self.standing, **given}
        found = [given[name] for name in self.names]
        for place, process, until in self.guards:
            value = found[place]
            # A short plain text fits as it is: of a hundred values of an act nearly all are passed here.
            if not (until and type(value) is str and len(value) <= until and value.isascii() and "\0" not in value):
                found[place] = process(value)
        return found


def write_out(made: ClauseElement, dialect: Dialect) -> WrittenText:
    """A statement of Core as this dialect wants it."""
    compiled: Any = made.compile(dialect=dialect)
    fits = ((place, _made_fit(_column_of(name), compiled.binds[name].type, dialect))
            for place, name in enumerate(compiled.positiontup))  # fmt: skip
    return WrittenText(
        sql=str(compiled),
        standing={name: one.value for name, one in compiled.binds.items() if one.value is not None},
        names=tuple(compiled.positiontup),
        guards=tuple((place, process, until) for place, (process, until) in fits if process is not None),
    )


def _column_of(name: str) -> str:
    """Of several rows in one statement each value has the number of its row behind its name."""
    column, _, place = name.rpartition("_")
    return column if place.isdigit() else name


def _made_fit(name: str, kind: Any, dialect: Dialect) -> tuple[Callable[[Any], Any] | None, int]:
    """What makes a value fit its column, and up to which length a plain text fits as it is."""
    process: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    # What only says which row is meant is not kept: too long is then simply not there.
    if process or name.startswith(THE):
        return process, 0
    return _guard_of(name, kind), _fits_plain(kind)


class Statement:
    """A statement of Core, or what makes one for a dialect; written out once for each."""

    def __init__(self, made: ClauseElement | Callable[[str], ClauseElement]) -> None:
        self._made = made
        self._texts: dict[str, WrittenText] = {}

    def written_for(self, dialect: Dialect) -> WrittenText:
        """Its text for a dialect."""
        known = self._texts.get(dialect.name)
        if known is None:
            made = self._made if isinstance(self._made, ClauseElement) else self._made(dialect.name)
            known = self._texts[dialect.name] = write_out(made, writing_dialect(dialect.name))
        return known


_VERSION = table("alembic_version", column("version_num"))
TAKES_THE_RIGHT = Statement(update(_VERSION).where(false()).values(version_num=_VERSION.c.version_num))
"""Writes nothing, but takes the right to. SQLite refuses it to who has read what another has changed since."""


@cache
def adding(to: Table, names: tuple[str, ...], together: int = 0, *, unless_there: bool) -> Statement:
    """What adds a row with these columns, or so many rows `together`; `unless_there`: one that is not there yet."""
    values: Any = {name: bindparam(name) for name in names}
    if together:
        # Of several rows Core does not see by itself which column a value is for.
        kinds = {name: to.c[name].type if name in to.c else None for name in names}
        values = [
            {name: bindparam(f"{name}_{place}", type_=kind) for name, kind in kinds.items()}
            for place in range(together)
        ]
    # Inline: nobody asks for the number of a new row.
    if unless_there:
        return Statement(lambda dialect: insert_into(dialect, to).inline().values(values).on_conflict_do_nothing())
    return Statement(insert(to).inline().values(values))


def changing(of: Table, changes: Sequence[Change]) -> tuple[Any, ...]:
    """What changes rows, all in the same columns, and the values of each."""
    becomes, this = changes[0]
    empty = frozenset(name for name, now in this.items() if now is None)
    statement = _change(of, tuple(becomes), tuple(this), empty)
    return (
        statement,
        *({**becomes, **{f"{THE}{name}": now for name, now in this.items()}} for becomes, this in changes),
    )


@cache
def _change(of: Table, names: tuple[str, ...], this: tuple[str, ...], empty: frozenset[str]) -> Statement:
    where = (of.c[name].is_(None) if name in empty else of.c[name] == bindparam(f"{THE}{name}") for name in this)
    return Statement(update(of).where(*where).values({name: bindparam(name) for name in names}))
