"""The column type of a moment, so that no naive moment reaches a database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import TIMESTAMP, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.core.moment import to_utc
from engine.store.snapshot import as_moment, moment_text


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
