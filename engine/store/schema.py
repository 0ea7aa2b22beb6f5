"""The tables as they are now; how they came to be is told by the migrations.

A database is made by the migrations alone, never from here; a test holds the two together. Statements are texts.
JSON is kept as text in every database: the hash chain needs the same bytes back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
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


def _columns(kind: Any, *names: str, nullable: bool = False) -> list[Column[Any]]:
    return [Column(name, kind, nullable=nullable) for name in names]


_ID = String(80)


def _of_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["organisation", "case_id"], ["cases.organisation", "cases.id"])


# Organisation stands first in every key: what is of one is not there for another.
meta = Table(
    "meta",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(40), "key"),
    *_columns(Text, "value"),
    PrimaryKeyConstraint("organisation", "key"),
)

case_numbers = Table(
    "case_numbers",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(40), "prefix"),
    *_columns(Integer, "year", "last_number"),
    PrimaryKeyConstraint("organisation", "prefix", "year"),
)

cases = Table(
    "cases",
    SCHEMA,
    *_columns(_ID, "id", "organisation", "workflow", "state", "owner"),
    *_columns(Date, "workflow_version", "rules_version"),
    *_columns(Integer, "version"),
    *_columns(String(200), "subject"),
    *_columns(_ID, "parent", nullable=True),
    *_columns(Moment, "opened_at", "entered_at"),
    *_columns(Boolean, "is_closed"),
    *_columns(Moment, "next_due_at", "late_from", "act_by", nullable=True),
    *_columns(Text, "snapshot"),
    *_columns(Text, "running_terms", nullable=True),
    Column("handler", String(20), nullable=False, server_default=text("''")),
    Column("workflow_digest", String(64), nullable=False, server_default=text("''")),
    Column("rules_digest", String(64), nullable=False, server_default=text("''")),
    Column("law_version", Date, nullable=True),
    Column("lower_rules", Text, nullable=True),
    PrimaryKeyConstraint("organisation", "id"),
    ForeignKeyConstraint(["organisation", "parent"], ["cases.organisation", "cases.id"]),
    Index("ix_cases_subject", "organisation", "subject"),
    Index("ix_cases_parent", "organisation", "parent"),
    Index("ix_cases_inbox", "organisation", "is_closed", "owner", "act_by", "id", "late_from"),
)

# A text stands once, however many publications have it.
published_texts = Table(
    "published_texts",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(64), "digest"),
    *_columns(Text, "path", "text"),
    PrimaryKeyConstraint("organisation", "digest"),
)

publications = Table(
    "publications",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(Integer, "number"),
    *_columns(String(64), "digest"),
    *_columns(Moment, "at"),
    *_columns(_ID, "actor_role"),
    *_columns(String(200), "actor_name"),
    *_columns(String(20), "actor_person"),
    *_columns(Text, "files", "consents"),
    PrimaryKeyConstraint("organisation", "number"),
)

chains = Table(
    "chains",
    SCHEMA,
    Column("organisation", _ID, primary_key=True),
    *_columns(Integer, "seq"),
    *_columns(String(64), "hash"),
)

journal = Table(
    "journal",
    SCHEMA,
    *_columns(_ID, "organisation", "actor_role"),
    *_columns(Integer, "seq", "case_version"),
    *_columns(_ID, "case_id", nullable=True),
    *_columns(Moment, "at"),
    *_columns(String(200), "actor_name"),
    *_columns(String(40), "kind"),
    *_columns(Text, "details"),
    *_columns(String(128), "content_digest"),
    *_columns(String(64), "previous_hash", "hash"),
    Column("subject", String(240), nullable=False, server_default=text("''")),
    Column("actor_person", String(20), nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("organisation", "seq"),
    _of_case(),
    Index("ix_journal_case", "organisation", "case_id", "seq"),
)

# Organisation first: the number of a subject means nothing outside it.
subjects = Table(
    "subjects",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(40), "kind"),
    *_columns(String(200), "number"),
    *_columns(Integer, "version"),
    *_columns(Text, "sought"),
    *_columns(Date, "birth_day", nullable=True),
    *_columns(Text, "snapshot"),
    *_columns(Moment, "changed_at"),
    PrimaryKeyConstraint("organisation", "kind", "number"),
)

persons = Table(
    "persons",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(20), "number", "merged_into"),
    *_columns(Integer, "version"),
    *_columns(Text, "snapshot"),
    *_columns(Moment, "changed_at"),
    PrimaryKeyConstraint("organisation", "number"),
)

# What belongs to one subject of an organisation for good; the key is what keeps two writers from giving it twice.
subject_numbers = Table(
    "subject_numbers",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(40), "kind"),
    *_columns(String(200), "number"),
    *_columns(String(200), "subject"),
    PrimaryKeyConstraint("organisation", "kind", "number"),
)

deadlines = Table(
    "deadlines",
    SCHEMA,
    *_columns(_ID, "organisation", "case_id"),
    *_columns(String(300), "key"),
    *_columns(String(200), "clock"),
    *_columns(_ID, "term"),
    *_columns(String(20), "kind"),
    *_columns(Integer, "number"),
    *_columns(Moment, "due_at"),
    *_columns(Date, "last_day", nullable=True),
    *_columns(String(10), "status"),
    *_columns(Moment, "fired_at", nullable=True),
    PrimaryKeyConstraint("organisation", "case_id", "key"),
    _of_case(),
    CheckConstraint("status IN ('open', 'fired', 'cancelled')", name="status"),
)

# Work by the calendar: through which day it was looked at, what became of each time it came up, who was drawn.
planned_works = Table(
    "planned_works",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(200), "work"),
    *_columns(Date, "through"),
    PrimaryKeyConstraint("organisation", "work"),
)

planned_occasions = Table(
    "planned_occasions",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(200), "work", "number"),
    *_columns(String(40), "slot"),
    *_columns(Date, "planned_for"),
    *_columns(String(20), "fate"),
    *_columns(Moment, "at"),
    *_columns(_ID, "case_id", nullable=True),
    PrimaryKeyConstraint("organisation", "work", "slot", "number"),
    _of_case(),
)

draws = Table(
    "draws",
    SCHEMA,
    *_columns(_ID, "organisation"),
    *_columns(String(200), "work"),
    *_columns(String(40), "slot"),
    *_columns(Date, "planned_for"),
    *_columns(Moment, "at"),
    *_columns(String(64), "seed"),
    *_columns(Text, "sampling", "population", "drawn", "unknown"),
    PrimaryKeyConstraint("organisation", "work", "slot"),
)

template_texts = Table(
    "template_texts", SCHEMA, Column("digest", String(128), primary_key=True), *_columns(Text, "text")
)

letters = Table(
    "letters",
    SCHEMA,
    *_columns(_ID, "case_id"),
    *_columns(String(300), "key"),
    *_columns(_ID, "organisation", "letter", "addressee", "signature", "on_behalf_of"),
    *_columns(Date, "template_version"),
    *_columns(String(128), "template_digest"),
    *_columns(String(10), "level", "status"),
    *_columns(String(20), "clause"),
    *_columns(Text, "title", "addressee_name", "addressee_address", "fields", "late_fields"),
    *_columns(Text, "error", "html_path", "pdf_path"),
    *_columns(Moment, "ordered_at"),
    *_columns(Moment, "not_before", "claimed_at", "claimed_until", "sent_at", nullable=True),
    *_columns(Integer, "attempts"),
    *_columns(Text, "frozen_fields", nullable=True),
    *_columns(Date, "frozen_on", "sent_on", nullable=True),
    *_columns(String(64), "frozen_hash", nullable=True),
    Column("identity", String(32), nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("organisation", "case_id", "key"),
    _of_case(),
    CheckConstraint("status IN ('waiting', 'claimed', 'sent', 'failed', 'held', 'withdrawn')", name="status"),
)

notices = Table(
    "notices",
    SCHEMA,
    Column("id", Integer, primary_key=True),
    *_columns(_ID, "organisation", "case_id", "to_body", "kind", "term", "done_by"),
    *_columns(Text, "text", "ask"),
    Column("parameters", Text, nullable=False, server_default="{}"),
    *_columns(Moment, "at"),
    *_columns(Moment, "done_at", "waits_until", "lies_until", nullable=True),
    _of_case(),
    Index("ix_notices_case", "organisation", "case_id"),
)

alarms = Table(
    "alarms",
    SCHEMA,
    Column("id", Integer, primary_key=True),
    *_columns(_ID, "organisation", "rule_set", "case_id"),
    *_columns(String(120), "rule"),
    *_columns(Text, "facts", "truth", "other"),
    *_columns(Moment, "at"),
    *_columns(Moment, "seen_at", nullable=True),
)

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
