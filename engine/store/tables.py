"""The tables of cases, of what belongs to one, and of whom they are about: what acts write. All are in `schema.py`.

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


def columns(kind: Any, *names: str, nullable: bool = False) -> list[Column[Any]]:
    """Columns of one kind."""
    return [Column(name, kind, nullable=nullable) for name in names]


ID = String(80)


def of_case() -> ForeignKeyConstraint:
    """The case that the columns `organisation` and `case_id` name is there."""
    return ForeignKeyConstraint(["organisation", "case_id"], ["cases.organisation", "cases.id"])


# Organisation stands first in every key: what is of one is not there for another.
meta = Table(
    "meta",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(40), "key"),
    *columns(Text, "value"),
    PrimaryKeyConstraint("organisation", "key"),
)

case_numbers = Table(
    "case_numbers",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(40), "prefix"),
    *columns(Integer, "year", "last_number"),
    PrimaryKeyConstraint("organisation", "prefix", "year"),
)

cases = Table(
    "cases",
    SCHEMA,
    *columns(ID, "id", "organisation", "workflow", "state", "owner"),
    *columns(Date, "workflow_version", "rules_version"),
    *columns(Integer, "version"),
    *columns(String(200), "subject"),
    *columns(ID, "parent", nullable=True),
    *columns(Moment, "opened_at", "entered_at"),
    *columns(Boolean, "is_closed"),
    *columns(Moment, "next_due_at", "late_from", "act_by", nullable=True),
    *columns(Text, "snapshot"),
    *columns(Text, "running_terms", nullable=True),
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

chains = Table(
    "chains",
    SCHEMA,
    Column("organisation", ID, primary_key=True),
    *columns(Integer, "seq"),
    *columns(String(64), "hash"),
)

journal = Table(
    "journal",
    SCHEMA,
    *columns(ID, "organisation", "actor_role"),
    *columns(Integer, "seq", "case_version"),
    *columns(ID, "case_id", nullable=True),
    *columns(Moment, "at"),
    *columns(String(200), "actor_name"),
    *columns(String(40), "kind"),
    *columns(Text, "details"),
    *columns(String(128), "content_digest"),
    *columns(String(64), "previous_hash", "hash"),
    Column("subject", String(240), nullable=False, server_default=text("''")),
    Column("actor_person", String(20), nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("organisation", "seq"),
    of_case(),
    Index("ix_journal_case", "organisation", "case_id", "seq"),
)

deadlines = Table(
    "deadlines",
    SCHEMA,
    *columns(ID, "organisation", "case_id"),
    *columns(String(300), "key"),
    *columns(String(200), "clock"),
    *columns(ID, "term"),
    *columns(String(20), "kind"),
    *columns(Integer, "number"),
    *columns(Moment, "due_at"),
    *columns(Date, "last_day", nullable=True),
    *columns(String(10), "status"),
    *columns(Moment, "fired_at", nullable=True),
    PrimaryKeyConstraint("organisation", "case_id", "key"),
    of_case(),
    CheckConstraint("status IN ('open', 'fired', 'cancelled')", name="status"),
)

letters = Table(
    "letters",
    SCHEMA,
    *columns(ID, "case_id"),
    *columns(String(300), "key"),
    *columns(ID, "organisation", "letter", "addressee", "signature", "on_behalf_of"),
    *columns(Date, "template_version"),
    *columns(String(128), "template_digest"),
    *columns(String(10), "level", "status"),
    *columns(String(20), "clause"),
    *columns(Text, "title", "addressee_name", "addressee_address", "fields", "late_fields"),
    *columns(Text, "error", "html_path", "pdf_path"),
    *columns(Moment, "ordered_at"),
    *columns(Moment, "not_before", "claimed_at", "claimed_until", "sent_at", nullable=True),
    *columns(Integer, "attempts"),
    *columns(Text, "frozen_fields", nullable=True),
    *columns(Date, "frozen_on", "sent_on", nullable=True),
    *columns(String(64), "frozen_hash", nullable=True),
    Column("identity", String(32), nullable=False, server_default=text("''")),
    PrimaryKeyConstraint("organisation", "case_id", "key"),
    of_case(),
    CheckConstraint("status IN ('waiting', 'claimed', 'sent', 'failed', 'held', 'withdrawn')", name="status"),
)

template_texts = Table(
    "template_texts", SCHEMA, Column("digest", String(128), primary_key=True), *columns(Text, "text")
)

notices = Table(
    "notices",
    SCHEMA,
    Column("id", Integer, primary_key=True),
    *columns(ID, "organisation", "case_id", "to_body", "kind", "term", "done_by"),
    *columns(Text, "text", "ask"),
    Column("parameters", Text, nullable=False, server_default="{}"),
    *columns(Moment, "at"),
    *columns(Moment, "done_at", "waits_until", "lies_until", nullable=True),
    of_case(),
    Index("ix_notices_case", "organisation", "case_id"),
)

# Organisation first: the number of a subject means nothing outside it.
subjects = Table(
    "subjects",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(40), "kind"),
    *columns(String(200), "number"),
    *columns(Integer, "version"),
    *columns(Text, "sought"),
    *columns(Date, "birth_day", nullable=True),
    *columns(Text, "snapshot"),
    *columns(Moment, "changed_at"),
    PrimaryKeyConstraint("organisation", "kind", "number"),
)

# What belongs to one subject of an organisation for good; the key is what keeps two writers from giving it twice.
subject_numbers = Table(
    "subject_numbers",
    SCHEMA,
    *columns(ID, "organisation"),
    *columns(String(40), "kind"),
    *columns(String(200), "number"),
    *columns(String(200), "subject"),
    PrimaryKeyConstraint("organisation", "kind", "number"),
)

alarms = Table(
    "alarms",
    SCHEMA,
    Column("id", Integer, primary_key=True),
    *columns(ID, "organisation", "rule_set", "case_id"),
    *columns(String(120), "rule"),
    *columns(Text, "facts", "truth", "other"),
    *columns(Moment, "at"),
    *columns(Moment, "seen_at", nullable=True),
)
