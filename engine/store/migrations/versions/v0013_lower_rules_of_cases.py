"""The layers that the rules of a case lay on when it was opened: what is no law stays as it was then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty in the cases that are there: they go by the versions of the day of their law, until they are pinned."""
    op.add_column("cases", sa.Column("lower_rules", sa.Text(), nullable=True))
