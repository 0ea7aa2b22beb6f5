"""By when somebody must act in a case, which sorts the inbox; from when and until when a message is in sight."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until its next step or sweep a case must be acted in by the moment somebody is late: never after that."""
    op.add_column("cases", sa.Column("act_by", Moment(), nullable=True))
    for name in ("waits_until", "lies_until"):
        op.add_column("notices", sa.Column(name, Moment(), nullable=True))
    op.execute("UPDATE cases SET act_by = late_from")
    # Nobody ever had to settle what was told about a case that is over: it would lie there for good.
    op.execute(
        "UPDATE notices SET lies_until = at WHERE kind <> 'task' AND EXISTS (SELECT 1 FROM cases"
        " WHERE cases.organisation = notices.organisation AND cases.id = notices.case_id AND cases.is_closed)"
    )
    op.drop_index("ix_cases_inbox", "cases")
    op.create_index("ix_cases_inbox", "cases", ["organisation", "is_closed", "owner", "act_by", "id", "late_from"])
    # A letter that did not leave lies in an inbox too.
    where = sa.text("status IN ('failed', 'held')")
    op.create_index(
        "ix_letters_stuck", "letters", ["organisation", "ordered_at"], sqlite_where=where, postgresql_where=where
    )
