"""The tables. Statements are made from these; how the tables came to be is told by the migrations.

A database is made by the migrations alone, never from here; a test holds the two together. JSON is kept as text
in every database: the hash chain needs the same bytes back.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from engine.store.columns import Moment

SCHEMA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

meta = Table(
    "meta",
    SCHEMA,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

case_numbers = Table(
    "case_numbers",
    SCHEMA,
    Column("organisation", String(80), nullable=False),
    Column("prefix", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    PrimaryKeyConstraint("organisation", "prefix", "year"),
)

cases = Table(
    "cases",
    SCHEMA,
    Column("id", String(80), primary_key=True),
    Column("organisation", String(80), nullable=False),
    Column("workflow", String(80), nullable=False),
    Column("workflow_version", Date, nullable=False),
    Column("rules_version", Date, nullable=False),
    Column("state", String(80), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", String(200), nullable=False),
    Column("parent", String(80), ForeignKey("cases.id"), nullable=True),
    Column("opened_at", Moment, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("next_due_at", Moment, nullable=True),
    Column("snapshot", Text, nullable=False),
    Column("late_from", Moment, nullable=True),
    Column("running_terms", Text, nullable=True),
    Index("ix_cases_subject", "organisation", "subject"),
    Index("ix_cases_parent", "parent"),
    Index("ix_cases_inbox", "organisation", "is_closed", "owner", "next_due_at", "id", "late_from"),
)

chains = Table(
    "chains",
    SCHEMA,
    Column("organisation", String(80), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

journal = Table(
    "journal",
    SCHEMA,
    Column("organisation", String(80), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("case_id", String(80), ForeignKey("cases.id"), nullable=False),
    Column("case_version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_role", String(80), nullable=False),
    Column("actor_name", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("details", Text, nullable=False),
    Column("content_digest", String(128), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("organisation", "seq"),
    Index("ix_journal_case", "case_id", "seq"),
)

deadlines = Table(
    "deadlines",
    SCHEMA,
    Column("case_id", String(80), ForeignKey("cases.id"), nullable=False),
    Column("key", String(300), nullable=False),
    Column("clock", String(200), nullable=False),
    Column("term", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("last_day", Date, nullable=True),
    Column("status", String(10), nullable=False),
    Column("fired_at", Moment, nullable=True),
    PrimaryKeyConstraint("case_id", "key"),
    CheckConstraint("status IN ('open', 'fired', 'cancelled')", name="status"),
)

template_texts = Table(
    "template_texts",
    SCHEMA,
    Column("digest", String(128), primary_key=True),
    Column("text", Text, nullable=False),
)

letters = Table(
    "letters",
    SCHEMA,
    Column("case_id", String(80), ForeignKey("cases.id"), nullable=False),
    Column("key", String(300), nullable=False),
    Column("organisation", String(80), nullable=False),
    Column("letter", String(80), nullable=False),
    Column("template_version", Date, nullable=False),
    Column("template_digest", String(128), nullable=False),
    Column("title", Text, nullable=False),
    Column("addressee", String(80), nullable=False),
    Column("addressee_name", Text, nullable=False),
    Column("addressee_address", Text, nullable=False),
    Column("level", String(10), nullable=False),
    Column("clause", String(20), nullable=False),
    Column("signature", String(80), nullable=False),
    Column("on_behalf_of", String(80), nullable=False),
    Column("fields", Text, nullable=False),
    Column("late_fields", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("ordered_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=True),
    Column("claimed_at", Moment, nullable=True),
    Column("claimed_until", Moment, nullable=True),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("frozen_fields", Text, nullable=True),
    Column("frozen_on", Date, nullable=True),
    Column("frozen_hash", String(64), nullable=True),
    Column("sent_on", Date, nullable=True),
    Column("sent_at", Moment, nullable=True),
    Column("html_path", Text, nullable=False),
    Column("pdf_path", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "key"),
    CheckConstraint("status IN ('waiting', 'claimed', 'sent', 'failed')", name="status"),
)

notices = Table(
    "notices",
    SCHEMA,
    Column("id", Integer, primary_key=True),
    Column("organisation", String(80), nullable=False),
    Column("case_id", String(80), nullable=False),
    Column("to_body", String(80), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("term", String(80), nullable=False),
    Column("ask", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment, nullable=True),
    Column("done_by", String(80), nullable=False),
    Column("parameters", Text, nullable=False, server_default="{}"),
    ForeignKeyConstraint(["case_id"], ["cases.id"]),
    Index("ix_notices_case", "case_id"),
)

alarms = Table(
    "alarms",
    SCHEMA,
    Column("id", Integer, primary_key=True),
    Column("organisation", String(80), nullable=False),
    Column("rule_set", String(80), nullable=False),
    Column("case_id", String(80), nullable=False),
    Column("rule", String(120), nullable=False),
    Column("facts", Text, nullable=False),
    Column("truth", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=True),
)

# Naming PostgreSQL in an index imports its dialect: a fifth of the start of every act, for nothing on SQLite.
_PARTIAL_INDEXES = (
    ("ix_cases_late", cases, ("organisation", "owner", "late_from", "id"), "late_from IS NOT NULL"),
    ("ix_deadlines_due", deadlines, ("due_at", "case_id", "key"), "status = 'open'"),
    ("ix_letters_outgoing", letters, ("ordered_at", "case_id", "key"), "status IN ('waiting', 'claimed')"),
    ("ix_notices_open", notices, ("organisation", "to_body", "at"), "done_at IS NULL"),
)


def whole_schema() -> MetaData:
    """All tables with all their indexes, to be held against the migrations. Statements do not need the latter."""
    for name, table, columns, condition in _PARTIAL_INDEXES:
        if name not in {index.name for index in table.indexes}:
            where = text(condition)
            Index(name, *(table.c[column] for column in columns), sqlite_where=where, postgresql_where=where)
    return SCHEMA
