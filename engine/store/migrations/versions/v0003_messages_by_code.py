"""A message holds its code and what it speaks of; its words are made when it is read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column; the messages that are there keep the text they were given, and are shown by it."""
    op.add_column("notices", sa.Column("parameters", sa.Text(), nullable=False, server_default="{}"))
