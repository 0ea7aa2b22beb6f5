"""The register of people, who has a case in hand, and which person wrote a line of the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Letters that are now written the same in what is looked for: a name is found however it is typed.
_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}


def upgrade() -> None:
    """The register, empty: who is meant by the names in older cases is found when they are asked about."""
    op.create_table(
        "persons",
        sa.Column("organisation", sa.String(80), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("merged_into", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "number"),
    )
    for table, column in (("cases", "handler"), ("journal", "actor_person")):
        op.add_column(table, sa.Column(column, sa.String(20), nullable=False, server_default=sa.text("''")))
    where = sa.text("handler <> ''")
    columns = ["organisation", "handler", "is_closed"]
    op.create_index("ix_cases_handler", "cases", columns, sqlite_where=where, postgresql_where=where)
    for sign, plain in _LETTERS.items():
        changed = sa.text("UPDATE subjects SET sought = replace(sought, :sign, :plain) WHERE sought LIKE :part")
        op.get_bind().execute(changed, {"sign": sign, "plain": plain, "part": f"%{sign}%"})
    if op.get_bind().dialect.name != "sqlite":
        # The second fence, as for every table with rows of an organisation.
        op.execute("ALTER TABLE persons ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE persons FORCE ROW LEVEL SECURITY")
        op.execute(
            "CREATE POLICY of_organisation ON persons "
            "USING (current_setting('trede.organisation', true) IN ('*', organisation))"
        )
