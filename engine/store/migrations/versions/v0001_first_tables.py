"""The first tables, and the triggers that keep the journal append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE_TRIGGERS = (
    """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    # INSERT OR REPLACE removes a row without firing the delete trigger.
    """CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
       WHEN EXISTS (SELECT 1 FROM journal WHERE organisation = NEW.organisation AND seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
_POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    """CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal
       FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()""",
    """CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()""",
)


def upgrade() -> None:
    """Make everything."""
    _create_cases()
    _create_journal()
    _create_deadlines()
    _create_letters()
    _create_messages()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_TRIGGERS if is_sqlite else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=nullable)


def _partial(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _create_cases() -> None:
    op.create_table("meta", _text("key", 40), _text("value"), sa.PrimaryKeyConstraint("key"))
    op.create_table(
        "case_numbers",
        _text("organisation", 80),
        _text("prefix", 40),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "prefix", "year"),
    )
    op.create_table(
        "cases",
        _text("id", 80),
        _text("organisation", 80),
        _text("workflow", 80),
        sa.Column("workflow_version", sa.Date(), nullable=False),
        sa.Column("rules_version", sa.Date(), nullable=False),
        _text("state", 80),
        _text("owner", 80),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("subject", 200),
        _text("parent", 80, nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("next_due_at", Moment(), nullable=True),
        _text("snapshot"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["parent"], ["cases.id"]),
    )
    op.create_index("ix_cases_subject", "cases", ["organisation", "subject"])
    op.create_index("ix_cases_parent", "cases", ["parent"])
    op.create_index("ix_cases_inbox", "cases", ["organisation", "is_closed", "owner", "next_due_at"])


def _create_journal() -> None:
    op.create_table(
        "chains",
        _text("organisation", 80),
        sa.Column("seq", sa.Integer(), nullable=False),
        _text("hash", 64),
        sa.PrimaryKeyConstraint("organisation"),
    )
    op.create_table(
        "journal",
        _text("organisation", 80),
        sa.Column("seq", sa.Integer(), nullable=False),
        _text("case_id", 80),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _text("actor_role", 80),
        _text("actor_name", 200),
        _text("kind", 40),
        _text("details"),
        _text("content_digest", 128),
        _text("previous_hash", 64),
        _text("hash", 64),
        sa.PrimaryKeyConstraint("organisation", "seq"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
    )
    op.create_index("ix_journal_case", "journal", ["case_id", "seq"])


def _create_deadlines() -> None:
    op.create_table(
        "deadlines",
        _text("case_id", 80),
        _text("key", 300),
        _text("clock", 200),
        _text("term", 80),
        _text("kind", 20),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        _text("status", 10),
        sa.Column("fired_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "key"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.CheckConstraint("status IN ('open', 'fired', 'cancelled')", name="status"),
    )
    _partial("ix_deadlines_due", "deadlines", ["due_at", "case_id", "key"], "status = 'open'")


def _create_letters() -> None:
    op.create_table("template_texts", _text("digest", 128), _text("text"), sa.PrimaryKeyConstraint("digest"))
    op.create_table(
        "letters",
        _text("case_id", 80),
        _text("key", 300),
        _text("organisation", 80),
        _text("letter", 80),
        sa.Column("template_version", sa.Date(), nullable=False),
        _text("template_digest", 128),
        _text("title"),
        _text("addressee", 80),
        _text("addressee_name"),
        _text("addressee_address"),
        _text("level", 10),
        _text("clause", 20),
        _text("signature", 80),
        _text("on_behalf_of", 80),
        _text("fields"),
        _text("late_fields"),
        _text("status", 10),
        sa.Column("ordered_at", Moment(), nullable=False),
        sa.Column("not_before", Moment(), nullable=True),
        sa.Column("claimed_at", Moment(), nullable=True),
        sa.Column("claimed_until", Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("error"),
        _text("frozen_fields", nullable=True),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        _text("frozen_hash", 64, nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        _text("html_path"),
        _text("pdf_path"),
        sa.PrimaryKeyConstraint("case_id", "key"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.CheckConstraint("status IN ('waiting', 'claimed', 'sent', 'failed')", name="status"),
    )
    outgoing = "status IN ('waiting', 'claimed')"
    _partial("ix_letters_outgoing", "letters", ["ordered_at", "case_id", "key"], outgoing)


def _create_messages() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("organisation", 80),
        _text("case_id", 80),
        _text("to_body", 80),
        _text("kind", 80),
        _text("text"),
        _text("term", 80),
        _text("ask"),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        _text("done_by", 80),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
    )
    op.create_index("ix_notices_case", "notices", ["case_id"])
    _partial("ix_notices_open", "notices", ["organisation", "to_body", "at"], "done_at IS NULL")
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("organisation", 80),
        _text("rule_set", 80),
        _text("case_id", 80),
        _text("rule", 120),
        _text("facts"),
        _text("truth"),
        _text("other"),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
