"""All tables as they are now; how they came to be is told by the migrations.

A database is made by the migrations alone, never from here; a test holds the two together. Statements are texts.
"""

from __future__ import annotations

from sqlalchemy import Index, MetaData, text

from engine.store import tables_beside
from engine.store.tables import SCHEMA, cases, deadlines, journal, letters, notices

__all__ = ["SCHEMA", "tables_beside", "whole_schema"]

# Naming PostgreSQL in an index imports its dialect: a fifth of the start of every act, for nothing on SQLite.
_PARTIAL_INDEXES = (
    ("ix_journal_subject", journal, ("organisation", "subject", "seq"), "subject <> ''"),
    ("ix_cases_handler", cases, ("organisation", "handler", "is_closed"), "handler <> ''"),
    ("ix_cases_late", cases, ("organisation", "owner", "late_from", "id"), "late_from IS NOT NULL"),
    ("ix_deadlines_due", deadlines, ("organisation", "due_at", "case_id", "key"), "status = 'open'"),
    (
        "ix_letters_outgoing",
        letters,
        ("organisation", "ordered_at", "case_id", "key"),
        "status IN ('waiting', 'claimed')",
    ),
    ("ix_letters_stuck", letters, ("organisation", "ordered_at"), "status IN ('failed', 'held')"),
    ("ix_notices_open", notices, ("organisation", "to_body", "at"), "done_at IS NULL"),
)


def whole_schema() -> MetaData:
    """All tables with all their indexes, to be held against the migrations. Statements do not need the latter."""
    for name, table, columns, condition in _PARTIAL_INDEXES:
        if name not in {index.name for index in table.indexes}:
            where = text(condition)
            Index(name, *(table.c[column] for column in columns), sqlite_where=where, postgresql_where=where)
    return SCHEMA
