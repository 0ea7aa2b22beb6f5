"""Organisation first in every key, so that two organisations in one database are apart; on a server a second fence.

Until here the number of a case was the key of everything, so one organisation saw, closed and swept the cases of
another. The fence of a server shows each connection the rows of its own organisation only.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHILDREN = ("journal", "deadlines", "letters", "notices")
_FENCED = (
    "meta",
    "case_numbers",
    "cases",
    "chains",
    "journal",
    "deadlines",
    "letters",
    "notices",
    "alarms",
    "subjects",
)
_INDEXES = (
    ("ix_cases_parent", "cases", ["organisation", "parent"], ""),
    ("ix_journal_case", "journal", ["organisation", "case_id", "seq"], ""),
    ("ix_deadlines_due", "deadlines", ["organisation", "due_at", "case_id", "key"], "status = 'open'"),
    (
        "ix_letters_outgoing",
        "letters",
        ["organisation", "ordered_at", "case_id", "key"],
        "status IN ('waiting', 'claimed')",
    ),
    ("ix_notices_case", "notices", ["organisation", "case_id"], ""),
)


def upgrade() -> None:
    """Every row gets the organisation of its case; what the database knew of itself belongs to who it was made for."""
    for name, table, _, _ in _INDEXES:
        op.drop_index(name, table)
    if op.get_bind().dialect.name == "sqlite":
        _remake_tables()
    else:
        _change_tables()
        _fence()
    for name, table, columns, condition in _INDEXES:
        where = sa.text(condition) if condition else None
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _all(sql: str, **asked: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in op.get_bind().execute(sa.text(sql), asked)]


# -- SQLite changes no key of a table: each is made anew, filled and put in the place of the old one.


def _remake_tables() -> None:
    tables = ("meta", "cases", *_CHILDREN)
    written = {name: _all("SELECT sql FROM sqlite_master WHERE name = :name", name=name)[0][0] for name in tables}
    besides = [row for name in tables for row in _besides(name)]
    for kind, name, _ in besides:
        op.execute(f"DROP {kind} {name}")
    for name in tables:
        op.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    for name in tables:
        op.execute(_keyed(name, written[name]))
        _fill(name)
    for name in (*_CHILDREN, "cases", "meta"):  # the cases after all that refers to them
        op.execute(f"DROP TABLE old_{name}")
    for _, _, sql in besides:
        op.execute(sa.text(sql.replace(":", "\\:")))


def _besides(table: str) -> list[tuple[str, ...]]:
    """The triggers and indexes of a table, which go with it: kind, name and how they are made."""
    return _all(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = :name AND type <> 'table' AND sql IS NOT NULL",
        name=table,
    )


def _keyed(name: str, sql: str) -> str:
    """The statement that makes a table, with the organisation first in its keys."""
    if name == "meta":
        sql = sql.replace("(", "(\n\torganisation VARCHAR(80) NOT NULL, ", 1)
        return re.sub(r'PRIMARY KEY \("?key"?\)', 'PRIMARY KEY (organisation, "key")', sql)
    if name == "deadlines":
        sql = sql.replace("(", "(\n\torganisation VARCHAR(80) NOT NULL, ", 1)
    sql = re.sub(r"PRIMARY KEY \(case_id, ", "PRIMARY KEY (organisation, case_id, ", sql)
    sql = re.sub(r"(pk_cases PRIMARY KEY) \(id\)", r"\1 (organisation, id)", sql)
    other = "parent" if name == "cases" else "case_id"
    refers = rf"CONSTRAINT \S+ FOREIGN KEY\({other}\) REFERENCES \"?cases\"? \(id\)"
    key = f"CONSTRAINT fk_{name}_organisation FOREIGN KEY(organisation, {other}) REFERENCES cases (organisation, id)"
    return re.sub(refers, key, sql)


def _fill(name: str) -> None:
    columns = [row[1] for row in op.get_bind().execute(sa.text(f"PRAGMA table_info(old_{name})"))]
    listed = ", ".join(f'"{column}"' for column in columns)
    if name == "meta":
        made_for = "coalesce((SELECT value FROM old_meta WHERE \"key\" = 'organisation'), '')"
        op.execute(
            f"INSERT INTO meta (organisation, {listed}) SELECT {made_for}, {listed} FROM old_meta "
            "WHERE \"key\" <> 'organisation'"
        )
        return
    if name not in ("deadlines", "letters"):
        op.execute(f"INSERT INTO {name} ({listed}) SELECT {listed} FROM old_{name}")
        return
    # Of a letter the column said whose template it is, which may be of the layer below.
    others = ", ".join(f'o."{column}"' for column in columns if column != "organisation")
    names = ", ".join(f'"{column}"' for column in columns if column != "organisation")
    op.execute(
        f"INSERT INTO {name} (organisation, {names}) "
        f"SELECT c.organisation, {others} FROM old_{name} o JOIN old_cases c ON c.id = o.case_id"
    )


# -- PostgreSQL


def _change_tables() -> None:
    op.add_column("meta", sa.Column("organisation", sa.String(80), nullable=False, server_default=""))
    op.execute("UPDATE meta SET organisation = coalesce((SELECT value FROM meta WHERE key = 'organisation'), '')")
    op.execute("DELETE FROM meta WHERE key = 'organisation'")
    op.add_column("deadlines", sa.Column("organisation", sa.String(80), nullable=False, server_default=""))
    for name in ("deadlines", "letters"):
        op.execute(f"UPDATE {name} SET organisation = c.organisation FROM cases c WHERE c.id = {name}.case_id")
    for name in ("meta", "deadlines"):
        op.alter_column(name, "organisation", server_default=None)
    seen = sa.inspect(op.get_bind())
    for name in ("cases", *_CHILDREN):
        for key in seen.get_foreign_keys(name):
            op.drop_constraint(str(key["name"]), name)
    keys = {
        "meta": ["organisation", "key"],
        "cases": ["organisation", "id"],
        "deadlines": ["organisation", "case_id", "key"],
        "letters": ["organisation", "case_id", "key"],
    }
    for name, columns in keys.items():
        op.drop_constraint(str(seen.get_pk_constraint(name)["name"]), name)
        op.create_primary_key(f"pk_{name}", name, columns)
    for name in ("cases", *_CHILDREN):
        other = "parent" if name == "cases" else "case_id"
        op.create_foreign_key(f"fk_{name}_organisation", name, "cases", ["organisation", other], ["organisation", "id"])


def _fence() -> None:
    for name in _FENCED:
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")  # also for who owns the table
        # Nothing is shown to who does not say for whom it asks; a star is for changing the tables.
        op.execute(
            f"CREATE POLICY of_organisation ON {name} "
            "USING (current_setting('trede.organisation', true) IN ('*', organisation))"
        )
