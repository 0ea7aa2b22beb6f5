"""Numbers that belong to one subject of an organisation: the number of a declaration is given once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table, empty: which numbers there are is said by content, and they come with `trede upgrade` itself."""
    op.create_table(
        "subject_numbers",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "kind", "number"),
    )
    if op.get_bind().dialect.name != "sqlite":
        # The second fence, as for every table with rows of an organisation.
        op.execute("ALTER TABLE subject_numbers ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE subject_numbers FORCE ROW LEVEL SECURITY")
        op.execute(
            "CREATE POLICY of_organisation ON subject_numbers "
            "USING (current_setting('trede.organisation', true) IN ('*', organisation))"
        )
