"""What is published: texts by digest, publications, and the files that each case is pinned to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TABLES = ("published_texts", "publications")


def upgrade() -> None:
    """The tables, empty, and cases without a pin: what the content was is read from the folder by `trede upgrade`."""
    op.create_table(
        "published_texts",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "digest"),
    )
    op.create_table(
        "publications",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor_role", sa.String(80), nullable=False),
        sa.Column("actor_name", sa.String(200), nullable=False),
        sa.Column("actor_person", sa.String(20), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("consents", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "number"),
    )
    for name in ("workflow_digest", "rules_digest"):
        op.add_column("cases", sa.Column(name, sa.String(64), nullable=False, server_default=sa.text("''")))
    if op.get_bind().dialect.name != "sqlite":
        # The second fence, as for every table with rows of an organisation.
        for table in _TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY of_organisation ON {table} "
                "USING (current_setting('trede.organisation', true) IN ('*', organisation))"
            )
