"""Work by the calendar: through which day it was looked at, what became of each time it came up, who was drawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = ("planned_works", "planned_occasions", "draws")


def upgrade() -> None:
    """The tables, empty: what came up before nobody planned."""
    op.create_table(
        "planned_works",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("work", sa.String(200), nullable=False),
        sa.Column("through", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "work"),
    )
    op.create_table(
        "planned_occasions",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("work", sa.String(200), nullable=False),
        sa.Column("number", sa.String(200), nullable=False),
        sa.Column("slot", sa.String(40), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("fate", sa.String(20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("case_id", sa.String(80), nullable=True),
        sa.PrimaryKeyConstraint("organisation", "work", "slot", "number"),
        sa.ForeignKeyConstraint(["organisation", "case_id"], ["cases.organisation", "cases.id"]),
    )
    op.create_table(
        "draws",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("work", sa.String(200), nullable=False),
        sa.Column("slot", sa.String(40), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("sampling", sa.Text(), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.Column("unknown", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "work", "slot"),
    )
    if op.get_bind().dialect.name != "sqlite":
        # The second fence, as for every table with rows of an organisation.
        for table in _TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY of_organisation ON {table} "
                "USING (current_setting('trede.organisation', true) IN ('*', organisation))"
            )
