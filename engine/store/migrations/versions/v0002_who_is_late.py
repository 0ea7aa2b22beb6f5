"""What the core says of lateness stands in the row of its case, so that an inbox reads no ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INBOX = ["organisation", "is_closed", "owner", "next_due_at"]


def upgrade() -> None:
    """Two columns, empty for the cases that are there: the law is not known here.

    With another mark than any content has, the next sweep (and `trede upgrade` itself) works them out.
    """
    op.add_column("cases", sa.Column("late_from", Moment(), nullable=True))
    op.add_column("cases", sa.Column("running_terms", sa.Text(), nullable=True))
    op.drop_index("ix_cases_inbox", "cases")
    op.create_index("ix_cases_inbox", "cases", [*_INBOX, "id", "late_from"])
    where = sa.text("late_from IS NOT NULL")
    columns = ["organisation", "owner", "late_from", "id"]
    op.create_index("ix_cases_late", "cases", columns, sqlite_where=where, postgresql_where=where)
    if op.get_bind().execute(sa.text("SELECT 1 FROM cases LIMIT 1")).first():
        op.execute("DELETE FROM meta WHERE key = 'projected_with'")
        op.execute("INSERT INTO meta (key, value) VALUES ('projected_with', '0002')")
