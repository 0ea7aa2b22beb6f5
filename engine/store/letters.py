"""Letters as rows: waiting -> claimed -> sent or failed.

A claim lasts as long as its lease. When a worker dies, the letter can be claimed again after that; what the first
attempt froze is kept, so a second hand-over has the same content. The number of the attempt guards the claim: a
worker that was too slow finds its claim taken over, and marks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.core.deciding.step import OutgoingLetter
from engine.core.language.facts import Value
from engine.store.codec import row_of
from engine.store.complaints import doubled_key
from engine.store.dialects import insert_or_ignore
from engine.store.records import ClaimedLetter, FrozenLetter
from engine.store.schema import letters, template_texts
from engine.store.snapshot import to_json, values_to_json

LEASE = timedelta(minutes=10)
"""How long a worker may take over the letters it claimed."""

# Statuses are written out: only then does the database use the index on outgoing letters.
OUTGOING = """
    SELECT l.* FROM letters l
    WHERE l.status IN ('waiting', 'claimed')
      AND (l.claimed_until IS NULL OR l.claimed_until <= :now)
      AND (l.not_before IS NULL OR l.not_before <= :now)
    ORDER BY l.ordered_at, l.case_id, l.key LIMIT :limit
"""
_IS_THIS = and_(letters.c.case_id == bindparam("the_case"), letters.c.key == bindparam("the_key"))
_ORDER = insert(letters)
_IS_CLAIM = and_(_IS_THIS, letters.c.status == "claimed", letters.c.attempts == bindparam("the_attempt"))


def order_letters(connection: Connection, case_id: str, at: datetime, ordered: Sequence[OutgoingLetter]) -> None:
    """Write the letters of a step, to be sent once each."""
    try:
        connection.execute(_ORDER, [_row(case_id, at, letter) for letter in ordered])
    except IntegrityError as error:
        raise doubled_key(case_id, [letter.key for letter in ordered]) from error


def claim(connection: Connection, found: Sequence[Mapping[str, Any]], now: datetime, lease: timedelta) -> None:
    """Take the letters in these rows until the lease is over."""
    taken = update(letters).where(_IS_THIS)
    values = {"status": "claimed", "claimed_at": now, "claimed_until": now + lease}
    for_each = [
        {"the_case": row["case_id"], "the_key": row["key"], "the_attempt": row["attempts"] + 1} for row in found
    ]
    connection.execute(taken.values(**values, attempts=bindparam("the_attempt")), for_each)


def freeze(connection: Connection, claimed: ClaimedLetter, frozen: FrozenLetter) -> bool:
    """Fix what the letter says, before it is handed over. False when the claim was lost."""
    return _change(
        connection,
        claimed,
        frozen_fields=values_to_json(frozen.fields),
        frozen_on=frozen.sent_on,
        frozen_hash=frozen.hash,
    )


def mark_sent(
    connection: Connection, claimed: ClaimedLetter, sent_on: date, sent_at: datetime, html: str, pdf: str
) -> bool:
    """The letter was handed over. False when the claim was lost."""
    return _change(
        connection,
        claimed,
        status="sent",
        claimed_until=None,
        error="",
        sent_on=sent_on,
        sent_at=sent_at,
        html_path=html,
        pdf_path=pdf,
    )


def mark_waiting(connection: Connection, claimed: ClaimedLetter, error: str, not_before: datetime) -> bool:
    """It did not work out; another attempt may be made from `not_before`. False when the claim was lost."""
    return _change(connection, claimed, status="waiting", claimed_until=None, error=error, not_before=not_before)


def mark_failed(connection: Connection, claimed: ClaimedLetter, error: str) -> bool:
    """It will not work out by itself; a person must look at it. False when the claim was lost."""
    return _change(connection, claimed, status="failed", claimed_until=None, error=error)


def put_back(connection: Connection, case_id: str, key: str) -> bool:
    """A person wants another attempt at a failed letter. False when it had not failed."""
    again = update(letters).where(_IS_THIS, letters.c.status == "failed")
    values = again.values(status="waiting", error="", not_before=None)
    return connection.execute(values, {"the_case": case_id, "the_key": key}).rowcount == 1


def keep_template(connection: Connection, digest: str, text: Mapping[str, object]) -> None:
    """Keep the text of a template under its digest, once."""
    row = {"digest": digest, "text": to_json(text)}
    known = select(template_texts.c.digest).where(template_texts.c.digest == digest)
    if connection.execute(known).first() is None:
        connection.execute(insert_or_ignore(connection, template_texts), row)


def _change(connection: Connection, claimed: ClaimedLetter, **values: Value | None) -> bool:
    this = {"the_case": claimed.case_id, "the_key": claimed.letter.key, "the_attempt": claimed.attempt}
    return connection.execute(update(letters).where(_IS_CLAIM).values(**values), this).rowcount == 1


def _row(case_id: str, at: datetime, letter: OutgoingLetter) -> dict[str, Any]:
    new = {"status": "waiting", "ordered_at": at, "attempts": 0, "error": "", "html_path": "", "pdf_path": ""}
    return row_of(letter) | new | {"case_id": case_id}
