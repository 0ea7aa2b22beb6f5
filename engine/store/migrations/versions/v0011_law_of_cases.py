"""The law that the rules of a case lay on when it was opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty in the cases that are there: they go by the law of the day, as before, until `trede upgrade` pins them."""
    op.add_column("cases", sa.Column("law_version", sa.Date(), nullable=True))
