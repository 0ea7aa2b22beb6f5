"""The register of whom the cases are about, and lines of the journal that belong to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The register, empty: which facts belong in it is said by the content, so `trede upgrade` fills it afterwards.

    A line of the journal may now be about a subject alone; the lines that are there keep their hash.
    """
    op.create_table(
        "subjects",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sought", sa.Text(), nullable=False),
        sa.Column("birth_day", sa.Date(), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "kind", "number"),
    )
    guards = _guards_of_the_journal()
    with op.batch_alter_table("journal") as journal:
        journal.alter_column("case_id", existing_type=sa.String(80), nullable=True)
    op.add_column("journal", sa.Column("subject", sa.String(240), nullable=False, server_default=sa.text("''")))
    for guard in guards:
        op.execute(guard)
    where = sa.text("subject <> ''")
    columns = ["organisation", "subject", "seq"]
    op.create_index("ix_journal_subject", "journal", columns, sqlite_where=where, postgresql_where=where)


def _guards_of_the_journal() -> list[str]:
    """The triggers that keep the journal append-only. SQLite makes the table anew, and drops them with the old one."""
    if op.get_bind().dialect.name != "sqlite":
        return []
    asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
    return [row[0] for row in op.get_bind().execute(sa.text(asked))]
