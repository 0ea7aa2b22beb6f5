"""What columns take: moments with a zone, and nothing that only one of the two databases would keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import TIMESTAMP, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.core.moment import to_utc
from engine.store.complaints import unkeepable
from engine.store.snapshot import as_moment, moment_text

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


def guard_of(name: str, kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """What lets a value for this column through, or raises UsageError; None for kinds that need no guard.

    SQLite keeps whatever it is given, whatever the column says; PostgreSQL refuses. A workplace that began in a file
    could then not move to a server, so both refuse alike, and here.
    """
    if isinstance(kind, String):
        return _guard_of_text(name, kind.length)
    return _guard_of_number(name) if isinstance(kind, Integer) else None


def _guard_of_text(name: str, longest: int | None) -> Callable[[Any], Any]:
    def guard(value: str | None) -> str | None:
        if value is None:
            return None
        if longest is not None and len(value) > longest:
            raise unkeepable(name, f"De tekst telt {len(value)} tekens; hier passen er {longest}.")
        # Half a sign is what a byte becomes that is no text; most texts are plain, and that is asked in no time.
        if "\0" in value or not (value.isascii() or value.isprintable() or _is_whole(value)):
            raise unkeepable(name, "Er staat een teken in dat geen tekst is.")
        return value

    return guard


def _is_whole(value: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in value)


def _guard_of_number(name: str) -> Callable[[Any], Any]:
    def guard(value: int | None) -> int | None:
        if value is not None and not -_LARGEST <= value < _LARGEST:
            raise unkeepable(name, f"Het getal is groter dan {_LARGEST - 1}.")
        return value

    return guard
