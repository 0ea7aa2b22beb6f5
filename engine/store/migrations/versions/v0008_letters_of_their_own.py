"""A letter has an identity that no other has, may be held or withdrawn, and lies where it lies in the outbox.

Until here the outbox knew a letter by its case and a count, which are given out again after a backup is put back; and
the places were absolute, so that a workplace could not be moved.
"""

from __future__ import annotations

import re
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STATUSES = "status IN ('waiting', 'claimed', 'sent', 'failed', 'held', 'withdrawn')"
_IDENTITY = sa.Column("identity", sa.String(32), nullable=False, server_default=sa.text("''"))


def upgrade() -> None:
    """Letters that are there keep the name that the outbox knows them by."""
    if op.get_bind().dialect.name == "sqlite":
        _remake()
    else:
        op.add_column("letters", _IDENTITY)
        op.drop_constraint("ck_letters_status", "letters")
        op.create_check_constraint("ck_letters_status", "letters", _STATUSES)
    _name_them()


def _remake() -> None:
    """SQLite changes no condition of a table: it is made anew, filled and put in the place of the old one."""
    bind = op.get_bind()
    made = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'letters'")).scalar_one()
    besides = bind.execute(
        sa.text("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'letters' AND type <> 'table'")
    ).all()
    for kind, name, sql in besides:
        if sql is not None:
            op.execute(f"DROP {kind} {name}")
    op.execute("ALTER TABLE letters RENAME TO old_letters")
    made = re.sub(r"status IN \([^)]*\)", _STATUSES, made)
    op.execute(sa.text(made.replace(":", "\\:")))
    op.execute("INSERT INTO letters SELECT * FROM old_letters")
    op.execute("DROP TABLE old_letters")
    op.add_column("letters", _IDENTITY)
    for _, _, sql in besides:
        if sql is not None:
            op.execute(sa.text(sql.replace(":", "\\:")))


def _name_them() -> None:
    bind = op.get_bind()
    rows = bind.execute(sa.text("SELECT organisation, case_id, key, html_path, pdf_path FROM letters")).all()
    changed = sa.text(
        "UPDATE letters SET identity = :identity, html_path = :html, pdf_path = :pdf "
        "WHERE organisation = :organisation AND case_id = :case_id AND key = :key"
    )
    named = [
        {
            "organisation": row.organisation,
            "case_id": row.case_id,
            "key": row.key,
            "identity": sha256(row.key.encode()).hexdigest()[:8],
            "html": _seen_from_outbox(row.html_path),
            "pdf": _seen_from_outbox(row.pdf_path),
        }
        for row in rows
    ]
    if named:
        bind.execute(changed, named)


def _seen_from_outbox(path: str) -> str:
    """The folder of the day and the name of the file, whichever way the slashes of the system went."""
    return "/".join(re.split(r"[/\\]", path)[-2:])
